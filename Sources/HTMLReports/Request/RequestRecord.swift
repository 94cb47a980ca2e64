public import OrderedJSON
public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

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

  /// One generation call.
  public struct Call: Hashable, Sendable {
    /// What it was made for: `clip`, `continuation`, `gap`, `speakers`.
    public var kind: String
    /// The stretch it is about; `nil` for all of the source.
    public var clip: TimeRange?
    /// How it ended: `answered, STOP`.
    public var outcome: String
    /// How often it was sent, repeats after faults included.
    public var attempts: Int
    /// When it was sent, RFC 3339.
    public var startedAt: String
    /// How long it took in milliseconds, when it has ended.
    public var durationMS: Int?
    /// The tokens billed, when the service told.
    public var usage: Usage?
    /// The price of these tokens in US dollars, when known.
    public var cost: Decimal?

    /// A call.
    public init(
      kind: String,
      clip: TimeRange? = nil,
      outcome: String,
      attempts: Int = 1,
      startedAt: String = "",
      durationMS: Int? = nil,
      usage: Usage? = nil,
      cost: Decimal? = nil
    ) {
      self.kind = kind
      self.clip = clip
      self.outcome = outcome
      self.attempts = attempts
      self.startedAt = startedAt
      self.durationMS = durationMS
      self.usage = usage
      self.cost = cost
    }
  }

  /// The text of the prompt as it was sent, without the media.
  public var prompt: String
  /// The settings as they were sent.
  public var parameters: JSONObject
  /// The response schema as it was sent; `nil` when none was.
  public var schema: JSONValue?
  /// The calls, in the order in which they were sent.
  public var calls: [Call]
  /// The reply as it came, undecoded, or its beginning; `nil` when it was not kept.
  public var reply: String?
  /// The bytes of the whole reply, when ``reply`` is only its beginning.
  public var replySize: Int?
  /// The tries, in order; the last one brought the reply.
  public var attempts: [Attempt]

  /// A record of a request.
  public init(
    prompt: String,
    parameters: JSONObject = [:],
    schema: JSONValue? = nil,
    calls: [Call] = [],
    reply: String? = nil,
    replySize: Int? = nil,
    attempts: [Attempt] = []
  ) {
    self.prompt = prompt
    self.parameters = parameters
    self.schema = schema
    self.calls = calls
    self.reply = reply
    self.replySize = replySize
    self.attempts = attempts
  }
}
