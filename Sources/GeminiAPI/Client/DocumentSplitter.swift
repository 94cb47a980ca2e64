/// Finds the JSON objects in bytes that arrive in pieces, whatever stands between them: lines, the
/// brackets and commas of an array, or nothing.
///
/// Looks at quotes and braces alone, so it finds the objects of a text that is cut anywhere.
struct DocumentSplitter {
  /// Bytes that are part of no object are kept up to this many, to say what they were.
  private static let keptRest = 4096

  /// What stands outside of objects and is neither white space nor the punctuation of an array.
  private(set) var rest: [UInt8] = []
  private var object: [UInt8] = []
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Whether an object has begun and not ended.
  var isWithinObject: Bool { depth > 0 }
  /// The bytes of the object that has begun.
  var size: Int { object.count }

  /// An object that was found.
  struct Found {
    /// From brace to brace.
    let bytes: [UInt8]
    /// Whether something else stood before it: ``rest`` as it was then, whatever has come since.
    let isBehindRest: Bool
  }

  /// Takes the next bytes and returns the objects they complete.
  mutating func feed(_ bytes: some Sequence<UInt8>) -> [Found] {
    var found: [Found] = []
    for byte in bytes {
      if depth == 0 {
        begin(byte)
      } else if take(byte) {
        found.append(Found(bytes: object, isBehindRest: !rest.isEmpty))
        object = []
      }
    }
    return found
  }

  private mutating func begin(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"):
      object = [byte]
      depth = 1
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","): break
    case ...0x20 where rest.last ?? 0x20 <= 0x20: break
    default: if rest.count < Self.keptRest { rest.append(byte) }
    }
  }

  /// Takes a byte of an object; whether it is the last one.
  private mutating func take(_ byte: UInt8) -> Bool {
    object.append(byte)
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return false
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "}"): depth -= 1
    default: break
    }
    return depth == 0
  }
}
