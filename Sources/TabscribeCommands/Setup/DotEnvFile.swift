/// The variables of a `.env` file.
///
/// One `NAME=VALUE` a line, an `export` in front allowed; lines that are empty or begin with `#`
/// are skipped. A value is taken as it is up to ` #`, between single quotes as it is, between
/// double quotes with `\n`, `\t`, `\"`, `\\` and `\$`. Nothing is ever substituted.
struct DotEnvFile: Hashable {
  /// The variables in order; of two with one name the later counts.
  let variables: [String: String]

  /// A line that cannot be read; never holds its text, which may be half a key.
  struct Problem: Error, Hashable {
    let line: Int
    let message: String
  }

  /// Reads the text of a file.
  init(parsing text: String) throws(Problem) {
    var variables: [String: String] = [:]
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      var reader = LineReader(line: index + 1, rest: line)
      if let (name, value) = try reader.assignment() { variables[name] = value }
    }
    self.variables = variables
  }

  private struct LineReader {
    let line: Int
    var rest: Substring

    mutating func assignment() throws(Problem) -> (String, String)? {
      if line == 1, rest.first == "\u{FEFF}" { rest.removeFirst() }
      skipBlanks()
      if rest.isEmpty || rest.first == "#" { return nil }
      if rest.hasPrefix("export ") {
        rest = rest.dropFirst(7)
        skipBlanks()
      }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      rest = rest[name.endIndex...]
      skipBlanks()
      guard let first = name.first, !first.isNumber, rest.popFirst() == "=" else {
        throw problem("expected NAME=VALUE")
      }
      skipBlanks()
      return (String(name), try value())
    }

    private mutating func value() throws(Problem) -> String {
      switch rest.first {
      case "'":
        rest.removeFirst()
        guard let end = rest.firstIndex(of: "'") else { throw problem("a ' is not closed") }
        let value = rest[..<end]
        rest = rest[rest.index(after: end)...]
        try expectEnd()
        return String(value)
      case "\"":
        rest.removeFirst()
        return try doubleQuoted()
      default: return bare()
      }
    }

    private mutating func doubleQuoted() throws(Problem) -> String {
      var value = ""
      while let character = rest.popFirst() {
        switch character {
        case "\"":
          try expectEnd()
          return value
        case "\\":
          let escapes: [Character: Character] = [
            "n": "\n", "t": "\t", "\"": "\"", "\\": "\\", "$": "$",
          ]
          guard let next = rest.popFirst(), let meant = escapes[next] else {
            throw problem("a backslash must be followed by n, t, \", \\ or $")
          }
          value.append(meant)
        default: value.append(character)
        }
      }
      throw problem("a \" is not closed")
    }

    /// The rest of the line without a comment and without blanks at its end.
    private func bare() -> String {
      var value = rest
      var position = value.startIndex
      while position < value.endIndex {
        let isStart = position == value.startIndex || value[value.index(before: position)] == " "
        if value[position] == "#", isStart {
          value = value[..<position]
          break
        }
        position = value.index(after: position)
      }
      while let last = value.last, last == " " || last == "\t" { value.removeLast() }
      return String(value)
    }

    private mutating func expectEnd() throws(Problem) {
      skipBlanks()
      guard rest.isEmpty || rest.first == "#" else {
        throw problem("there is text after the closing quotation mark")
      }
    }

    private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    private func problem(_ message: String) -> Problem { Problem(line: line, message: message) }
  }
}
