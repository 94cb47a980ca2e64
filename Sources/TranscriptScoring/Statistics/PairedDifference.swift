/// How one sample differs from another over the clips that both have, and whether that is more than
/// chance.
public struct PairedDifference: Hashable, Sendable {
  /// Clips from which a two-sided sign-flip test can reach 5 %: with fewer, even when all of them
  /// agree, its p is at least 2 / 2^n.
  public static let leastClips = 6

  /// The second value less the first; `nil` when one of them has none.
  public let difference: Double?
  /// Its 95 % interval; `nil` for a single measurement on each side.
  public let interval: Bootstrap.Interval?
  /// The chance of a difference as large when it makes no difference which is which, by flipping the
  /// signs of the clips' differences; `nil` without a clip.
  public let p: Double?
  /// The clips that both have.
  public let clipCount: Int

  /// The difference from one sample to another.
  public init(from first: ClusteredSample, to second: ClusteredSample) {
    let (one, other) = (first.restricted(to: second), second.restricted(to: first))
    clipCount = one.names.count
    difference = one.value.flatMap { before in other.value.map { $0 - before } }
    interval = Bootstrap().interval(from: one, to: other)
    let contributions = Self.contributions(one, other)
    p = contributions.isEmpty ? nil : Self.signFlip(contributions)
  }

  /// Whether the difference stands out of the noise: its interval leaves out 0, and the test of clips
  /// agrees at 5 %.
  ///
  /// Equal repeats of few clips never make it so.
  public var isBeyondNoise: Bool {
    guard let interval, let p else { return false }
    return (interval.low > 0 || interval.high < 0) && p <= 0.05
  }

  /// What each clip adds to the difference: with a common weight, so that their sum is the difference.
  private static func contributions(_ one: ClusteredSample, _ other: ClusteredSample) -> [Double] {
    let (before, after) = (one.means, other.means)
    let weights = (before.reduce(0) { $0 + $1.weight }, after.reduce(0) { $0 + $1.weight })
    guard weights.0 > 0, weights.1 > 0 else { return [] }
    return zip(before, after).map { $1.amount / weights.1 - $0.amount / weights.0 }
  }

  /// The share of sign patterns whose sum is at least as far from 0: all of them up to 12 clips, then
  /// 10,000 drawn ones.
  static func signFlip(_ values: [Double]) -> Double {
    let observed = abs(values.reduce(0, +))
    // Sums in another order differ in their last digits.
    let least = observed - 1e-12 * max(1, values.reduce(0) { $0 + abs($1) })
    guard values.count > 12 else {
      let patterns = 1 << values.count
      let extreme = (0..<patterns).count { pattern in
        abs(sum(values) { pattern >> $0 & 1 == 1 }) >= least
      }
      return Double(extreme) / Double(patterns)
    }
    var generator = SplitMixGenerator(seed: 1)
    let draws = 10_000
    let extreme = (0..<draws).count { _ in
      abs(sum(values) { _ in Bool.random(using: &generator) }) >= least
    }
    // The observed pattern is one of those that can be drawn.
    return Double(extreme + 1) / Double(draws + 1)
  }

  private static func sum(_ values: [Double], isFlipped: (Int) -> Bool) -> Double {
    var sum = 0.0
    for (index, value) in values.enumerated() { sum += isFlipped(index) ? -value : value }
    return sum
  }
}

/// Chances of several tests at once.
public enum MultipleTests {
  /// The chances corrected for their number by Holm's step-down (Holm 1979), in their order; those
  /// that are missing stay missing and do not count.
  public static func holm(_ chances: [Double?]) -> [Double?] {
    let known = chances.enumerated().compactMap { index, p in p.map { (index: index, p: $0) } }
      .sorted { ($0.p, $0.index) < ($1.p, $1.index) }
    var corrected = chances
    var least = 0.0
    for (rank, entry) in known.enumerated() {
      least = max(least, min(1, entry.p * Double(known.count - rank)))
      corrected[entry.index] = least
    }
    return corrected
  }
}
