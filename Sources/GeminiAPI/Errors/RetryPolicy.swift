/// When a request that failed is sent again, and how long to wait before.
///
/// A pure function of the failure: no clock and no random source of its own.
public struct RetryPolicy: Hashable, Sendable {
  /// The most times a request is sent.
  public var maximumAttempts: Int
  /// The first wait; each further one is twice as long.
  public var firstDelay: Duration
  /// The longest wait of our own choosing.
  public var longestDelay: Duration
  /// The longest wait the service may ask for; beyond it waiting is left to the user.
  public var longestRequestedDelay: Duration

  /// How long after the first attempt another one is begun of our own choosing: a service that only
  /// keeps silent is not asked for ever.
  public var longestEffort: Duration

  /// A policy.
  ///
  /// The defaults are those of Google's own client (five attempts, 1 s doubled up to 60 s) and of
  /// its command line (no waits longer than five minutes); read 2026-11.
  public init(
    maximumAttempts: Int = 5,
    firstDelay: Duration = .seconds(1),
    longestDelay: Duration = .seconds(60),
    longestRequestedDelay: Duration = .seconds(300),
    longestEffort: Duration = .seconds(900)
  ) {
    self.maximumAttempts = maximumAttempts
    self.firstDelay = firstDelay
    self.longestDelay = longestDelay
    self.longestRequestedDelay = longestRequestedDelay
    self.longestEffort = longestEffort
  }

  /// What to do after a failure.
  public enum Decision: Hashable, Sendable {
    /// Send it again after a wait.
    case retry(after: Duration)
    /// Leave it.
    case stop
  }

  /// Decides what to do after a failure.
  ///
  /// - Parameters:
  ///   - error: The failure.
  ///   - attempt: How many times the request has been sent, from 1.
  ///   - spent: How long ago it was sent for the first time.
  ///   - remaining: The time left for the operation; a wait that does not fit in is not begun.
  ///   - random: A number from 0 up to 1 that spreads the waits of many clients.
  public func decide(
    _ error: GeminiError,
    attempt: Int,
    spent: Duration = .zero,
    remaining: Duration?,
    random: Double
  )
    -> Decision
  {
    guard attempt < maximumAttempts, isTransient(error) else { return .stop }
    if error.retryDelay == nil, spent >= longestEffort { return .stop }
    let wait = delay(after: error, attempt: attempt, random: random)
    if let remaining, wait >= remaining { return .stop }
    return .retry(after: wait)
  }

  /// Whether the same request may succeed later, without the user doing anything.
  public func isTransient(_ error: GeminiError) -> Bool {
    // No wait that the service asks for is longer than a person would sit by.
    if let delay = error.retryDelay, delay > longestRequestedDelay { return false }
    return switch error.code {
    case .connection, .unavailable: true
    // The service's word for a caller that hung up: we did not, or we would not be here.
    case .cancelledByService: true
    case .quotaExceeded: !isExhausted(error)
    default: false
    }
  }

  private func isExhausted(_ error: GeminiError) -> Bool {
    if error.isDailyQuota || error.cause == .billing { return true }
    if Self.namesLimitOfZero(error.message) { return true }
    return error.retryDelay == nil && error.message.contains("exhausted your capacity")
  }

  /// `limit: 0` means the plan does not include the model at all; `limit: 0.5` does not.
  private static func namesLimitOfZero(_ message: String) -> Bool {
    message.ranges(of: "limit: 0").contains { range in
      let next = message[range.upperBound...].prefix(2)
      return !(next.first?.isNumber ?? false)
        && !(next.first == "." && next.dropFirst().first?.isNumber ?? false)
    }
  }

  private func delay(after error: GeminiError, attempt: Int, random: Double) -> Duration {
    let spread = Duration.seconds(1) * random
    if let requested = error.retryDelay { return requested + spread }
    if error.quotaIds.contains(where: { $0.contains("PerMinute") }) {
      return .seconds(60) + spread
    }
    var delay = firstDelay
    for _ in 1..<max(1, attempt) where delay < longestDelay { delay *= 2 }
    return min(delay, longestDelay) + spread
  }
}
