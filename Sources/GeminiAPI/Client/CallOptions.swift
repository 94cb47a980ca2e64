/// How one operation is carried out.
public struct CallOptions: Sendable {
  /// The longest the operation may take, with all its retries and waits.
  public var deadline: Duration?
  /// Gets the bytes of each successful reply before they are read.
  public var onReply: ReplyTap?
  /// Told of each failure after which the request is sent again.
  public var onRetry: (@Sendable (RetryNotice) -> Void)?
  /// Asked before an answer that the service has interrupted is taken up, with what it has cost so
  /// far; when it throws, the answer ends with that.
  public var mayGoOn: (@Sendable (UsageMetadata?) throws -> Void)?

  /// How one operation is carried out.
  public init(
    deadline: Duration? = nil,
    onReply: ReplyTap? = nil,
    onRetry: (@Sendable (RetryNotice) -> Void)? = nil,
    mayGoOn: (@Sendable (UsageMetadata?) throws -> Void)? = nil
  ) {
    self.deadline = deadline
    self.onReply = onReply
    self.onRetry = onRetry
    self.mayGoOn = mayGoOn
  }
}

/// What comes over the wire, before anything is made of it.
public enum ReplyEvent: Hashable, Sendable {
  /// A successful reply begins; what follows belongs to it. An answer in several hops has several.
  case began(status: Int)
  /// The next bytes of its body.
  case bytes([UInt8])
}

/// Gets the bytes of a reply before they are read; when it throws, the operation ends with that.
public typealias ReplyTap = @Sendable (ReplyEvent) async throws -> Void

/// A failure after which the request is sent again.
public struct RetryNotice: Sendable {
  /// The failure.
  public let error: GeminiError
  /// How many times the request has been sent so far.
  public let attempt: Int
  /// How long the client waits before the next time.
  public let delay: Duration

  package init(error: GeminiError, attempt: Int, delay: Duration) {
    (self.error, self.attempt, self.delay) = (error, attempt, delay)
  }
}
