internal import HostSystem

/// The emulator's time: real time, real time made faster, or no waiting at all.
///
/// Without waiting, the clock moves only by the time that requests would have taken, so that tests can
/// measure what a run would have lasted, and get the same result each time.
package final class EmulatedClock: Sendable {
  /// How many emulated seconds pass in a real one; `nil` never waits.
  package let speed: Double?
  private let realStart = ContinuousClock.now
  private let wallStart: Double
  /// Seconds by which the clock is ahead of its own pace.
  private let lead = Lock(0.0)

  /// A clock that starts at a moment, in seconds since 1970.
  package init(speed: Double?, startingAt start: Double) {
    self.speed = speed
    wallStart = start
  }

  /// The emulated moment, in seconds since 1970.
  package var now: Double { paced + lead.withLock { $0 } }

  /// Seconds that have passed on this clock.
  package var elapsed: Double { now - wallStart }

  /// Moves the clock ahead, as if that many seconds had passed.
  package func advance(bySeconds seconds: Double) { lead.withLock { $0 += seconds } }

  /// The moment without any lead; a clock that never waits stands still but for it.
  private var paced: Double {
    guard let speed else { return wallStart }
    let passed = ContinuousClock.now - realStart
    let seconds = Double(passed.components.seconds) + Double(passed.components.attoseconds) * 1e-18
    return wallStart + seconds * speed
  }

  /// Moves the clock to a moment unless it is there already.
  func reach(_ moment: Double) {
    let paced = paced
    lead.withLock { $0 = max($0, moment - paced) }
  }
}

/// The course of one request on the emulator's clock.
struct Timeline: Sendable {
  let clock: EmulatedClock
  private(set) var position: Double

  /// A course that begins now.
  init(on clock: EmulatedClock) {
    self.clock = clock
    position = clock.now
  }

  /// Lets seconds pass: waits for them, or moves the clock.
  mutating func pass(seconds: Double) async {
    position += seconds
    guard let speed = clock.speed else { return clock.reach(position) }
    let left = position - clock.now
    if left > 0 { try? await Task.sleep(for: .seconds(left / speed)) }
  }
}
