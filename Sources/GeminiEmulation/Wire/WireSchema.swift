/// The messages and enumerations the service reads.
///
/// Written in a small notation, one line a field, so that a page of it can be held against the
/// published discovery document. `[T]` is a list, `{T}` a map, `A|B` an enumeration; a field marked
/// `@studio` or `@platform` exists on one backend only.
struct WireSchema: Sendable {
  /// The schema of the requests this emulator reads.
  static let requests = WireSchema(notation: requestNotation)

  private var messages: [String: WireMessage] = [:]
  private var enumerations: [String: WireEnumeration] = [:]

  init(notation: String) {
    let lines = notation.split(separator: "\n")
    for line in lines where line.hasPrefix("enum ") { readEnumeration(line) }
    var name = ""
    var fields: [WireField] = []
    for line in lines where !line.hasPrefix("enum ") {
      if line.hasPrefix(" ") {
        fields.append(readField(line))
      } else {
        if !name.isEmpty { messages[name] = WireMessage(name: name, fields: fields) }
        name = String(line)
        fields = []
      }
    }
    messages[name] = WireMessage(name: name, fields: fields)
  }

  /// The message of a name; the notation names only messages it defines.
  func message(_ name: String) -> WireMessage {
    guard let message = messages[name] else { preconditionFailure("no message \(name)") }
    return message
  }

  /// Reads `enum Name A|B|C`, or `enum ~Name …` where the case of letters is ignored.
  private mutating func readEnumeration(_ line: Substring) {
    let words = line.split(separator: " ")
    let ignoresCase = words[1].hasPrefix("~")
    let name = String(words[1].drop { $0 == "~" })
    enumerations[name] = WireEnumeration(
      name: name,
      values: words[2].split(separator: "|").map(String.init),
      ignoresCase: ignoresCase
    )
  }

  /// Reads `name type [@backend]`.
  private func readField(_ line: Substring) -> WireField {
    let words = line.split(separator: " ")
    let backends: [Substring: Backend] = ["@studio": .aiStudio, "@platform": .agentPlatform]
    return WireField(
      name: String(words[0]),
      type: type(words[1]),
      only: words.count > 2 ? backends[words[2]] : nil
    )
  }

  private func type(_ text: Substring) -> WireType {
    if text.hasPrefix("[") { return .list(type(text.dropFirst().dropLast())) }
    if text.hasPrefix("{") { return .map(type(text.dropFirst().dropLast())) }
    switch text {
    case "string": return .string
    case "bytes": return .bytes
    case "bool": return .bool
    case "int32": return .int32
    case "int64": return .int64
    case "double": return .double
    case "duration": return .duration
    case "timestamp": return .timestamp
    case "any": return .any
    case "struct": return .structure
    default:
      let name = String(text)
      return enumerations[name].map { .enumeration($0) } ?? .message(name)
    }
  }
}
