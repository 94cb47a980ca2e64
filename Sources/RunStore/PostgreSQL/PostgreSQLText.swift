/// How statements and values are written for a server.
enum PostgreSQLText {
  /// A statement with `$1` for `?` or `?1`; a `?` in quotation marks stays.
  static func numbered(_ text: StaticString) -> String {
    var result: [UInt8] = []
    var last = 0
    var isQuoted = false
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "'") { isQuoted.toggle() }
      guard byte == UInt8(ascii: "?"), !isQuoted else {
        result.append(byte)
        continue
      }
      var number = 0
      while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
        number = number * 10 + Int(digit)
        position += 1
      }
      if number == 0 { number = last + 1 }
      last = max(last, number)
      result += Array("$\(number)".utf8)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A text without NUL, which servers do not take; the sign for it stands in its place.
  static func storable(_ text: String) -> String {
    guard text.utf8.contains(0) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { scalars.append(scalar == "\0" ? "\u{2400}" : scalar) }
    return String(scalars)
  }

  /// Adds a row as `COPY` reads it.
  static func append(_ row: [SQLValue], to line: inout [UInt8]) {
    for (index, value) in row.enumerated() {
      if index > 0 { line.append(UInt8(ascii: "\t")) }
      switch value.storage {
      case .integer(nil), .text(nil): line += Array("\\N".utf8)
      case .integer(let number?): line.append(contentsOf: String(number).utf8)
      case .flag(let flag): line.append(UInt8(ascii: flag ? "t" : "f"))
      case .text(let text?): appendEscaped(storable(text), to: &line)
      case .blob(let bytes):
        line += Array("\\\\x".utf8)
        for byte in bytes {
          line.append(digit(byte >> 4))
          line.append(digit(byte & 15))
        }
      }
    }
    line.append(UInt8(ascii: "\n"))
  }

  private static func appendEscaped(_ text: String, to line: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): line += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): line += Array("\\n".utf8)
      case UInt8(ascii: "\r"): line += Array("\\r".utf8)
      case UInt8(ascii: "\t"): line += Array("\\t".utf8)
      default: line.append(byte)
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
  }
}

/// The values of a statement as libpq takes them.
struct PostgreSQLParameters {
  /// The numbers of the types `int8`, `bool`, `text` and `bytea` (`pg_type.dat`), which never change.
  private enum Kind {
    static let integer: UInt32 = 20
    static let flag: UInt32 = 16
    static let text: UInt32 = 25
    static let bytes: UInt32 = 17
  }

  private var buffer: [UInt8] = []

  /// A server takes values of less than 2³⁰ bytes.
  var size: Int { buffer.count }

  private var places: [Int?] = []
  private(set) var types: [UInt32] = []
  private(set) var lengths: [Int32] = []
  private(set) var formats: [Int32] = []

  init(_ values: [SQLValue]) {
    for value in values {
      switch value.storage {
      case .integer(let number): add(number.map { Array(String($0).utf8) }, Kind.integer)
      case .flag(let flag): add(Array((flag ? "t" : "f").utf8), Kind.flag)
      case .text(let text):
        add(text.map { Array(PostgreSQLText.storable($0).utf8) }, Kind.text)
      case .blob(let bytes): add(bytes, Kind.bytes)
      }
    }
  }

  private mutating func add(_ bytes: [UInt8]?, _ type: UInt32) {
    types.append(type)
    formats.append(type == Kind.bytes ? 1 : 0)
    lengths.append(Int32(clamping: bytes?.count ?? 0))
    places.append(bytes == nil ? nil : buffer.count)
    // Texts end with NUL.
    if let bytes { buffer += bytes + [0] }
  }

  /// Hands the values over as pointers, which are valid in the body only.
  func withPointers<Result>(_ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
    buffer.withUnsafeBytes { buffer in
      body(
        places.map { place in
          place.flatMap { buffer.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
        }
      )
    }
  }
}
