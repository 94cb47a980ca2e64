internal import OrderedJSON
internal import PlainText

/// What a tool answers, as the protocol wants it: the same JSON as text and as structure, never longer
/// than an assistant can read.
struct BoundedResult {
  /// The most characters of a single text; a row that is longer is no speech.
  private static let longestText = 2000
  /// The most bytes of the JSON; some 60,000 tokens.
  private static let longestResult = 256 << 10

  let json: JSONObject

  init(_ outcome: Result<JSONObject, ToolFailure>) {
    switch outcome {
    case .success(let object):
      let bounded = Self.bounded(.object(object))
      let text = bounded.rendered()
      let size = text.utf8.count
      json =
        size <= Self.longestResult
        ? ["content": Self.content(text), "structuredContent": bounded, "isError": false]
        : Self.failure(
          "The answer has \(NumberText.bytes(size)), and \(NumberText.bytes(Self.longestResult)) is "
            + "the most. Ask for less at once."
        )
    case .failure(let failure): json = Self.failure(failure.message)
    }
  }

  private static func failure(_ message: String) -> JSONObject {
    ["content": content(cut(message)), "isError": true]
  }

  private static func content(_ text: String) -> JSONValue {
    [["type": "text", "text": .string(text)]]
  }

  private static func bounded(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(cut(text))
    case .array(let elements): .array(elements.map(bounded))
    case .object(let object):
      .object(JSONObject(uniqueMembers: object.members.map { ($0.key, bounded($0.value)) }))
    default: value
    }
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > longestText, text.count > longestText else { return text }
    let rest = text.count - longestText
    return "\(text.prefix(longestText))… [\(NumberText.counted(rest, "character")) more]"
  }
}
