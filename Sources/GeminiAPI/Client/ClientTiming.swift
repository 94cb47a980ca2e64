internal import HostSystem

/// Where the client takes time and chance from; tests put their own in.
public struct ClientTiming: Sendable {
  /// The time since some fixed moment.
  public var now: @Sendable () -> Duration
  /// Waits; throws when the task is cancelled.
  public var sleep: @Sendable (Duration) async throws -> Void
  /// A number from 0 up to 1.
  public var random: @Sendable () -> Double
  /// The time of day, in seconds since 1970.
  public var secondsSince1970: @Sendable () -> Int

  /// A source of time and chance.
  public init(
    now: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    random: @escaping @Sendable () -> Double,
    secondsSince1970: (@Sendable () -> Int)? = nil
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
    self.secondsSince1970 = secondsSince1970 ?? { Int(WallClock.seconds) }
  }

  /// The machine's clock and random numbers.
  public static let system: ClientTiming = {
    let start = ContinuousClock.now
    return ClientTiming(
      now: { ContinuousClock.now - start },
      sleep: { try await Task.sleep(for: $0) },
      random: { Double.random(in: 0..<1) }
    )
  }()
}
