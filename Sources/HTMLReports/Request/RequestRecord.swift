public import OrderedJSON

/// What was sent for a transcript and what came back, for readers who want to see how it was made.
///
/// Nothing of it is trusted: texts are bounded and escaped, and what looks like a key is blotted out.
public struct RequestRecord: Hashable, Sendable {
  /// One try to get the reply.
  public struct Attempt: Hashable, Sendable {
    /// When it began, RFC 3339.
    public var startedAt: String
    /// How it ended, in a few words: `done`, `429, waited 12 s`.
    public var outcome: String

    /// A try.
    public init(startedAt: String, outcome: String) {
      self.startedAt = startedAt
      self.outcome = outcome
    }
  }

  /// The text of the prompt as it was sent, without the media.
  public var prompt: String
  /// The settings as they were sent.
  public var parameters: JSONObject
  /// The response schema as it was sent; `nil` when none was.
  public var schema: JSONValue?
  /// The reply as it came, undecoded; `nil` when it was not kept.
  public var reply: String?
  /// The tries, in order; the last one brought the reply.
  public var attempts: [Attempt]

  /// A record of a request.
  public init(
    prompt: String,
    parameters: JSONObject = [:],
    schema: JSONValue? = nil,
    reply: String? = nil,
    attempts: [Attempt] = []
  ) {
    self.prompt = prompt
    self.parameters = parameters
    self.schema = schema
    self.reply = reply
    self.attempts = attempts
  }
}
