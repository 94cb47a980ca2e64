/// Values with a sign between them as RFC 4180 has them; lines end with LF or CR LF, and a lone CR belongs
/// to a value.
package enum DelimitedText {
  /// A record with the line on which it begins, from 1.
  package struct Record: Hashable {
    /// The line on which it begins, from 1.
    package let line: Int
    /// The cells.
    package let fields: [String]
  }

  /// What is wrong with the text.
  package struct Problem: Error, Hashable {
    /// The line of the fault, from 1.
    package let line: Int
    /// What is wrong, without the place.
    package let message: String
  }

  /// The records; empty lines are left out.
  ///
  /// - Parameters:
  ///   - text: UTF-8.
  ///   - delimiter: What stands between two cells, an ASCII sign.
  package static func records(
    _ text: [UInt8],
    delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(Problem) -> [Record] {
    var records: [Record] = []
    try forEach(text, delimiter: delimiter) { record in
      records.append(record)
      return true
    }
    return records
  }

  /// Hands the records over one by one, as long as the body wants more.
  static func forEach(
    _ text: [UInt8],
    delimiter: UInt8,
    _ body: (Record) -> Bool
  ) throws(Problem) {
    var reader = Reader(bytes: text[...], delimiter: delimiter)
    while let record = try reader.record() {
      guard record.fields == [""] || body(record) else { return }
    }
  }

  private struct Reader {
    let bytes: ArraySlice<UInt8>
    let delimiter: UInt8
    var position = 0
    var line = 1

    init(bytes: ArraySlice<UInt8>, delimiter: UInt8) {
      self.bytes = bytes
      self.delimiter = delimiter
    }

    mutating func record() throws(Problem) -> Record? {
      guard position < bytes.count else { return nil }
      let start = line
      var fields: [String] = []
      repeat { fields.append(try field()) } while skip(delimiter)
      endLine()
      return Record(line: start, fields: fields)
    }

    private mutating func endLine() {
      _ = skip(0x0D)
      if skip(0x0A) { line += 1 }
    }

    private mutating func field() throws(Problem) -> String {
      guard skip(0x22) else { return plain() }
      let start = line
      var text: [UInt8] = []
      while position < bytes.count {
        if skip(0x22) {
          guard skip(0x22) else { return try closed(text) }
          text.append(0x22)
          continue
        }
        if bytes[position] == 0x0A { line += 1 }
        text.append(bytes[position])
        position += 1
      }
      throw Problem(line: start, message: "a quoted field is not closed")
    }

    private func closed(_ text: [UInt8]) throws(Problem) -> String {
      guard position == bytes.count || isAtEndOfField else {
        throw Problem(line: line, message: "text follows a closing quote")
      }
      return String(decoding: text, as: UTF8.self)
    }

    private mutating func plain() -> String {
      let start = position
      while position < bytes.count, !isAtEndOfField { position += 1 }
      return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private var isAtEndOfField: Bool {
      switch bytes[position] {
      case delimiter, 0x0A: return true
      case 0x0D: return position + 1 == bytes.count || bytes[position + 1] == 0x0A
      default: return false
      }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
      guard position < bytes.count, bytes[position] == byte else { return false }
      position += 1
      return true
    }
  }
}
