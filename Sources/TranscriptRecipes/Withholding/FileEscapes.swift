/// The texts in files of text, markup and JSON, whatever they are written with.
enum FileEscapes {
  /// A text with the escapes of HTML, XML, JSON and addresses undone.
  static func undone(_ text: String) -> String {
    String(decoding: undone(Array(text.utf8)), as: UTF8.self)
  }

  /// The same without what stands between angle brackets, as a reader sees it.
  static func withoutTags(_ text: String) -> String {
    var (bytes, isTag): ([UInt8], Bool) = ([], false)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "<"): isTag = true
      case UInt8(ascii: ">") where isTag: isTag = false
      default: if !isTag { bytes.append(byte) }
      }
    }
    return String(decoding: undone(bytes), as: UTF8.self)
  }

  private static func undone(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "&"):
        let (scalar, length) = entity(bytes[index...])
        result += Array(String(scalar).utf8)
        index += length
      case UInt8(ascii: "\\"):
        let (text, length) = escape(bytes[index...])
        result += text
        index += length
      case UInt8(ascii: "%"):
        let digits = String(decoding: bytes[(index + 1)...].prefix(2), as: UTF8.self)
        if digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
          result.append(value)
          index += 3
        } else {
          result.append(byte)
          index += 1
        }
      default:
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "shy": "\u{AD}",
    "lrm": "\u{200E}", "rlm": "\u{200F}",
  ]

  /// The longest name or number of an entity.
  private static let longestEntity = 10

  private static func entity(_ bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int) {
    let name = bytes.dropFirst().prefix(longestEntity).prefix { $0 != UInt8(ascii: ";") }
    let length = name.count + 2
    guard length <= bytes.count, bytes[bytes.startIndex + length - 1] == UInt8(ascii: ";") else {
      return ("&", 1)
    }
    let text = String(decoding: name, as: UTF8.self)
    if let scalar = names[text] { return (scalar, length) }
    guard text.hasPrefix("#") else { return ("&", 1) }
    let digits = text.dropFirst()
    let value =
      digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return value.flatMap(Unicode.Scalar.init).map { ($0, length) } ?? ("&", 1)
  }

  /// What an escape of JSON stands for; anything else behind a backslash stands for itself.
  private static func escape(_ bytes: ArraySlice<UInt8>) -> ([UInt8], Int) {
    guard let next = bytes.dropFirst().first else { return ([UInt8(ascii: "\\")], 1) }
    switch next {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "N"),
      UInt8(ascii: "h"):
      return ([UInt8(ascii: " ")], 2)
    case UInt8(ascii: "u"):
      let digits = String(decoding: bytes.dropFirst(2).prefix(4), as: UTF8.self)
      guard let unit = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(unit) else {
        return ([next], 2)
      }
      return (Array(String(scalar).utf8), 6)
    default: return ([next], 2)
    }
  }
}
