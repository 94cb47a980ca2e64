public import OrderedJSON

/// One answer, or a piece of one in a stream.
public struct Candidate: Hashable, Sendable {
  /// The answer's position; the first is 0.
  public var index: Int
  /// The message; `nil` when the model wrote nothing.
  public var content: Content?
  /// Why the model stopped; `nil` while it has not.
  public var finishReason: FinishReason?
  /// The reason in words.
  public var finishMessage: String?
  /// Takes up the answer where the service has interrupted it, as base64.
  public var continuationToken: String?
  /// Published material the answer repeats, as the wire describes it.
  public var citationMetadata: JSONValue?
  /// What a search tool found and which words rest on it, as the wire describes it.
  public var groundingMetadata: JSONValue?
  /// Which addresses a tool read, as the wire describes it.
  public var urlContextMetadata: JSONValue?

  /// One answer.
  public init(
    index: Int = 0,
    content: Content?,
    finishReason: FinishReason? = nil,
    finishMessage: String? = nil,
    continuationToken: String? = nil
  ) {
    self.index = index
    self.content = content
    self.finishReason = finishReason
    self.finishMessage = finishMessage
    self.continuationToken = continuationToken
  }

  init(_ wire: WireObject) {
    self.init(
      index: wire.int("index") ?? 0,
      content: wire.object("content").map(Content.init),
      finishReason: wire.string("finishReason").flatMap(Self.reason),
      finishMessage: wire.string("finishMessage"),
      continuationToken: wire.string("continuationToken")
    )
    citationMetadata = wire["citationMetadata"]
    groundingMetadata = wire["groundingMetadata"]
    urlContextMetadata = wire["urlContextMetadata"]
  }

  /// The unspecified value stands for none.
  private static func reason(_ text: String) -> FinishReason? {
    text.isEmpty || text == "FINISH_REASON_UNSPECIFIED" ? nil : FinishReason(rawValue: text)
  }

  /// The answer's text without thinking, its parts joined.
  public var text: String { texts { !$0.thought } }

  /// The summary of the thinking, its parts joined; empty when none came.
  public var thoughtText: String { texts { $0.thought } }

  private func texts(where isWanted: (Part) -> Bool) -> String {
    let parts = content?.parts ?? []
    if parts.count == 1, isWanted(parts[0]) { return parts[0].text ?? "" }
    return parts.lazy.filter(isWanted).compactMap(\.text).joined()
  }
}
