/// Something that goes wrong on purpose.
public struct Fault: Hashable, Sendable {
  /// What goes wrong; the names are those of scenario files.
  public enum Kind: String, CaseIterable, Sendable {
    /// 429 with RetryInfo, for a quota per minute.
    case quota
    /// 429 without any detail.
    case quotaBare = "quota-bare"
    /// 429 for a quota per day: RetryInfo names seconds all the same.
    case quotaPerDay = "quota-per-day"
    /// 500 INTERNAL.
    case internalError = "internal"
    /// 503 UNAVAILABLE.
    case unavailable
    /// A 502 page of HTML, as a proxy sends it.
    case htmlError = "html-error"
    /// No answer until the client leaves.
    case hang
    /// The body arrives a few bytes at a time.
    case slowDrip = "slow-drip"
    /// The connection breaks in the middle of the body.
    case resetBody = "reset-body"
    /// The connection breaks in the middle of an uploaded chunk.
    case resetUpload = "reset-upload"
    /// A stream that ends early, in due form but without a finish reason.
    case truncatedStream = "truncated-stream"
    /// A stream that turns into an error object.
    case streamError = "stream-error"
    /// The answer is cut inside a row, with MAX_TOKENS.
    case maxTokens = "max-tokens"
    /// The answer repeats a row until it is cut.
    case loop
    /// The prompt is blocked.
    case blockedPrompt = "blocked-prompt"
    /// The answer stops with RECITATION.
    case recitation
    /// A 200 without candidates and without a reason.
    case emptyCandidates = "empty-candidates"
    /// A body that is not JSON.
    case malformedJSON = "malformed-json"
    /// Members of the body appear twice.
    case duplicateKeys = "duplicate-keys"
    /// Enumerations hold values that no document lists.
    case unknownEnums = "unknown-enums"
    /// A status of a proxy that no document of the service lists: 520, 522, 524 or 529.
    case unknownStatus = "unknown-status"
    /// The connection is reset after the headers, before a word of the answer.
    case resetHeaders = "reset-headers"
    /// An answer with status 200 that is nothing but an overload.
    case overloadInside = "overload-inside"
    /// An overload in the same bytes as the rows before it.
    case rowsThenError = "rows-then-error"
    /// The request is served at another tier than was asked for.
    case otherTier = "other-tier"
    /// Another model answers.
    case otherModel = "other-model"
    /// The answers of a batch do not name what they answer.
    case missingKeys = "missing-keys"
    /// A batch fails as a whole, a file is not prepared: answers with an `error` of their own.
    case failedOperation = "failed-operation"
  }

  /// What goes wrong.
  public var kind: Kind
  /// The row at which an answer is cut or begins to repeat, from 1.
  public var row: Int
  /// Seconds a client is asked to wait, or a slow body takes.
  public var seconds: Double

  /// A fault of its parts.
  public init(_ kind: Kind, row: Int = 4, seconds: Double = 1) {
    self.kind = kind
    self.row = row
    self.seconds = seconds
  }
}
