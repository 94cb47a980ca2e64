public import OrderedJSON

/// One message of a rendered prompt or of its history.
public struct PromptMessage: Hashable, Sendable {
  /// Who speaks: `user`, `model`, `system` or `tool`.
  public var role: String
  /// The parts in order.
  public var content: [PromptPart]
  /// What is known about the message, such as `purpose: history`.
  public var metadata: JSONObject?

  /// A message.
  public init(
    role: String,
    content: [PromptPart],
    metadata: JSONObject? = nil
  ) {
    self.role = role
    self.content = content
    self.metadata = metadata
  }

  /// A message in the shape of the Dotprompt specification; `nil` when it has no such shape.
  public init?(json: JSONValue) {
    guard let role = json["role"]?.string, let content = json["content"]?.array else { return nil }
    self.init(
      role: role,
      content: content.map(PromptPart.init(json:)),
      metadata: json["metadata"]?.object
    )
  }

  /// The message in the shape of the Dotprompt specification.
  public var json: JSONValue {
    var members: JSONObject = ["role": .string(role), "content": .array(content.map(\.json))]
    members["metadata"] = metadata.map { .object($0) }
    return .object(members)
  }

  /// Whether the message comes from a conversation that went before.
  var isHistory: Bool { metadata?["purpose"] == "history" }
}

/// A part of a message.
public enum PromptPart: Hashable, Sendable {
  /// Text to read.
  case text(String)
  /// A picture, a recording or a video, by its address.
  case media(url: String, contentType: String?)
  /// The place of a section whose contents come from elsewhere.
  case section(purpose: String)
  /// A part of a history that is none of these, unchanged.
  case other(JSONValue)

  /// A part in the shape of the Dotprompt specification.
  public init(json: JSONValue) {
    let members = json.object
    if let text = members?["text"]?.string, members?.count == 1 {
      self = .text(text)
    } else if let media = members?["media"]?.object, members?.count == 1,
      let url = media["url"]?.string
    {
      self = .media(url: url, contentType: media["contentType"]?.string)
    } else {
      self = .other(json)
    }
  }

  /// The part in the shape of the Dotprompt specification.
  public var json: JSONValue {
    switch self {
    case .text(let text): return ["text": .string(text)]
    case .media(let url, let contentType):
      var media: JSONObject = ["url": .string(url)]
      media["contentType"] = contentType.map { .string($0) }
      return ["media": .object(media)]
    case .section(let purpose):
      return ["metadata": ["purpose": .string(purpose), "pending": true]]
    case .other(let value): return value
    }
  }
}
