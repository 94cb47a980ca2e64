/// What some runs showed of one rate: the latest of them, in the order they came.
struct LearnedSamples: Hashable, Sendable {
  /// The runs that are remembered; older ones tell of prompts and models that have changed since.
  static let most = 64

  /// The rates, oldest first.
  private(set) var recent: [Double] = []
  private var sorted: [Double] = []

  /// Rates from runs, oldest first; those that are no rates are left out.
  init(_ rates: some Sequence<Double> = []) {
    recent = Array(rates.filter { $0.isFinite && $0 >= 0 }.suffix(Self.most))
    sorted = recent.sorted()
  }

  /// The number of runs.
  var count: Int { recent.count }

  mutating func add(_ rate: Double) { self = LearnedSamples(recent + [rate]) }

  /// The rate in the middle, which a few odd runs do not move.
  var median: Double { sorted.isEmpty ? 0 : sorted[sorted.count / 2] }

  /// What to expect of a quantity so many times as large: the middle, and the range without the
  /// tenth of the runs at either end, at least a fifth of the middle either way.
  ///
  /// However alike the runs so far, the next one is about another video.
  func range(times factor: Double) -> TokenRange {
    guard !sorted.isEmpty else { return .zero }
    let cut = sorted.count / 10
    return TokenRange(
      low: Self.tokens(min(sorted[cut], median * 0.8) * factor),
      expected: Self.tokens(median * factor),
      high: Self.tokens(max(sorted[sorted.count - 1 - cut], median * 1.2) * factor)
    )
  }

  /// Rates from a file may be anything; a count of tokens has an end.
  static func tokens(_ number: Double) -> Int { Int(min(number.rounded(), 1e12)) }
}
