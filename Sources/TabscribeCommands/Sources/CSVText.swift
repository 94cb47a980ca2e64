/// Reads comma-separated values as RFC 4180 has them; lines may end with LF or CR LF, or all of them
/// with CR.
enum CSVText {
  /// A record with the line on which it begins, from 1.
  struct Record: Hashable {
    let line: Int
    let fields: [String]
  }

  /// What is wrong with the text.
  struct Problem: Error, Hashable {
    let line: Int
    let message: String
  }

  /// The records; empty lines are left out.
  static func records(_ text: String) throws(Problem) -> [Record] {
    var reader = Reader(scalars: Array(LineEndings.unified(text).unicodeScalars))
    return try reader.records()
  }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    var position = 0
    var line = 1

    init(scalars: [Unicode.Scalar]) {
      self.scalars = scalars
    }

    mutating func records() throws(Problem) -> [Record] {
      var records: [Record] = []
      while position < scalars.count {
        let start = line
        var fields: [String] = []
        repeat { fields.append(try field()) } while skip(",")
        _ = skip("\r")
        if skip("\n") { line += 1 }
        if fields != [""] { records.append(Record(line: start, fields: fields)) }
      }
      return records
    }

    private mutating func field() throws(Problem) -> String {
      guard skip("\"") else { return plain() }
      let start = line
      var text = String.UnicodeScalarView()
      while position < scalars.count {
        if skip("\"") {
          guard skip("\"") else { return try closed(String(text)) }
          text.append("\"")
          continue
        }
        if scalars[position] == "\n" { line += 1 }
        text.append(scalars[position])
        position += 1
      }
      throw Problem(line: start, message: "a quoted field is not closed")
    }

    private func closed(_ text: String) throws(Problem) -> String {
      guard position == scalars.count || [",", "\r", "\n"].contains(scalars[position]) else {
        throw Problem(line: line, message: "text follows a closing quote")
      }
      return text
    }

    private mutating func plain() -> String {
      var text = String.UnicodeScalarView()
      while position < scalars.count, !isAtEndOfField {
        text.append(scalars[position])
        position += 1
      }
      return String(text)
    }

    private var isAtEndOfField: Bool {
      switch scalars[position] {
      case ",", "\n": true
      // A lone carriage return belongs to the text.
      case "\r": position + 1 == scalars.count || scalars[position + 1] == "\n"
      default: false
      }
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
      guard position < scalars.count, scalars[position] == scalar else { return false }
      position += 1
      return true
    }
  }
}
