/// Why the model stopped.
public struct FinishReason: WireName {
  /// The value as the wire spells it.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The answer is complete.
  public static let stop = Self(rawValue: "STOP")
  /// The limit of output tokens was reached; the last row is probably cut.
  public static let maxTokens = Self(rawValue: "MAX_TOKENS")
  /// The service pauses a long answer; a token takes it up again.
  public static let continuation = Self(rawValue: "CONTINUATION")
  /// The answer was judged harmful.
  public static let safety = Self(rawValue: "SAFETY")
  /// The answer repeats published material; likely for verbatim transcripts.
  public static let recitation = Self(rawValue: "RECITATION")
  /// The answer is in a language that is not supported.
  public static let language = Self(rawValue: "LANGUAGE")
  /// The answer holds a forbidden term.
  public static let blocklist = Self(rawValue: "BLOCKLIST")
  /// The answer holds forbidden content.
  public static let prohibitedContent = Self(rawValue: "PROHIBITED_CONTENT")
  /// The answer may hold sensitive personal data.
  public static let sensitivePersonalData = Self(rawValue: "SPII")
  /// What the model wrote could not be read by the service.
  public static let malformedResponse = Self(rawValue: "MALFORMED_RESPONSE")
  /// The reason is not said.
  public static let other = Self(rawValue: "OTHER")

  private static let filters: Set<FinishReason> = [
    .safety, .recitation, .language, .blocklist, .prohibitedContent, .sensitivePersonalData,
    FinishReason(rawValue: "MODEL_ARMOR"), FinishReason(rawValue: "IMAGE_SAFETY"),
  ]

  /// Whether a filter held the answer back.
  public var isFiltered: Bool { Self.filters.contains(self) }
}
