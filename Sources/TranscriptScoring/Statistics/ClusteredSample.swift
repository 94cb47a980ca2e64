/// What one measurement adds to a ratio: errors to words, dollars to clips.
public struct Measurement: Hashable, Sendable {
  /// The numerator.
  public var amount: Double
  /// The denominator, `0...`.
  public var weight: Double

  /// A measurement; of weight 1 unless told, so that the ratio is a mean.
  public init(_ amount: Double, weight: Double = 1) {
    self.amount = amount
    self.weight = weight
  }

  /// The sums of both.
  static func + (one: Measurement, other: Measurement) -> Measurement {
    Measurement(one.amount + other.amount, weight: one.weight + other.weight)
  }
}

/// Measurements by clip, each clip with its repeats.
///
/// The value of a clip is the ratio of its repeats' sums; that of the sample the ratio of the means of
/// the clips' numerators and denominators, so that a clip that was asked more often counts no more.
public struct ClusteredSample: Hashable, Sendable {
  /// The clips' names, sorted.
  public let names: [String]
  /// The repeats of each clip, in the order of the names; none is without one.
  public let repeats: [[Measurement]]

  /// A sample of clips by name; those without a repeat are left out.
  public init(_ clips: [String: [Measurement]]) {
    let filled = clips.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
    names = filled.map(\.key)
    repeats = filled.map(\.value)
  }

  /// How many measurements there are.
  public var count: Int { repeats.reduce(0) { $0 + $1.count } }

  /// The ratio; `nil` without any weight.
  public var value: Double? {
    Self.ratio(means.reduce(Measurement(0, weight: 0), +))
  }

  /// The clips that both have.
  public func restricted(to other: ClusteredSample) -> ClusteredSample {
    let known = Set(other.names)
    return ClusteredSample(
      Dictionary(uniqueKeysWithValues: zip(names, repeats).filter { known.contains($0.0) })
    )
  }

  /// The mean of each clip's repeats.
  var means: [Measurement] {
    repeats.map { repeats in
      let sum = repeats.reduce(Measurement(0, weight: 0), +)
      let count = Double(repeats.count)
      return Measurement(sum.amount / count, weight: sum.weight / count)
    }
  }

  /// The value of a random sample: of the chosen clips, repeats drawn with replacement.
  func resampled(_ chosen: [Int], using generator: inout some RandomNumberGenerator) -> Double? {
    var sum = Measurement(0, weight: 0)
    for clip in chosen {
      let repeats = repeats[clip]
      let share = 1 / Double(repeats.count)
      for _ in repeats {
        let one = repeats[Int.random(in: 0..<repeats.count, using: &generator)]
        sum.amount += one.amount * share
        sum.weight += one.weight * share
      }
    }
    return Self.ratio(sum)
  }

  private static func ratio(_ sum: Measurement) -> Double? {
    sum.weight > 0 ? sum.amount / sum.weight : nil
  }
}
