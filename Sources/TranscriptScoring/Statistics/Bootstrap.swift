/// Intervals by the percentile bootstrap over clips, and over the repeats of each.
///
/// The numbers drawn are the same in every run, so that a report does not change by being read again.
public struct Bootstrap: Sendable {
  /// An interval of a value.
  public struct Interval: Hashable, Sendable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double
  }

  /// Samples drawn: at 2,000 the ends of a 95 % interval vary by about a twentieth of its width
  /// (Efron and Tibshirani 1993 ask for 1,000 at least).
  private static let draws = 2000

  /// The share of the middle, `0...1`.
  public let confidence: Double

  /// A bootstrap; of 95 % unless told.
  public init(confidence: Double = 0.95) { self.confidence = confidence }

  /// The two-sided interval of a sample's value; `nil` for a single measurement, of which nothing can
  /// be said.
  public func interval(of sample: ClusteredSample) -> Interval? {
    guard sample.count > 1 else { return nil }
    var generator = SplitMixGenerator(seed: 1)
    return twoSided(
      values { sample.resampled(Self.chosen(sample.names.count, &generator), using: &generator) }
    )
  }

  /// The two-sided interval of the difference of two samples over the clips that both have, the same
  /// clips drawn for both; `nil` when they share a single measurement or none.
  public func interval(from first: ClusteredSample, to second: ClusteredSample) -> Interval? {
    differences(from: first, to: second).flatMap(twoSided)
  }

  /// The value that the difference stays below with the given confidence, one-sided.
  public func upperBound(from first: ClusteredSample, to second: ClusteredSample) -> Double? {
    differences(from: first, to: second).map { Self.quantile($0, confidence) }
  }

  /// The value that the difference stays above with the given confidence, one-sided.
  public func lowerBound(from first: ClusteredSample, to second: ClusteredSample) -> Double? {
    differences(from: first, to: second).map { Self.quantile($0, 1 - confidence) }
  }

  private func differences(from first: ClusteredSample, to second: ClusteredSample) -> [Double]? {
    let (one, other) = (first.restricted(to: second), second.restricted(to: first))
    guard one.count > 1 || other.count > 1 else { return nil }
    var generator = SplitMixGenerator(seed: 1)
    let values = values {
      let chosen = Self.chosen(one.names.count, &generator)
      guard let before = one.resampled(chosen, using: &generator),
        let after = other.resampled(chosen, using: &generator)
      else { return nil }
      return after - before
    }
    return values.isEmpty ? nil : values
  }

  private func values(_ draw: () -> Double?) -> [Double] {
    (0..<Self.draws).compactMap { _ in draw() }.sorted()
  }

  private func twoSided(_ values: [Double]) -> Interval? {
    guard !values.isEmpty else { return nil }
    let tail = (1 - confidence) / 2
    return Interval(low: Self.quantile(values, tail), high: Self.quantile(values, 1 - tail))
  }

  /// As many clips as there are, drawn with replacement.
  private static func chosen(_ count: Int, _ generator: inout SplitMixGenerator) -> [Int] {
    (0..<count).map { _ in Int.random(in: 0..<count, using: &generator) }
  }

  /// The quantile between the nearest ranks (type 7 of Hyndman and Fan, as in R and NumPy).
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}

/// A random number generator that repeats itself for a seed (SplitMix64, Steele, Lea and Flood 2014).
struct SplitMixGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
