/// Turns samples into the power in 24 bands, a frame each 10 ms.
///
/// The bands lie between 100 and 3800 Hz, spaced as people hear pitch: recordings of telephones have no more,
/// and what tells syllables apart lies there.
struct MelBands {
  /// Samples a second.
  static let rate = 8000
  /// The number of bands.
  static let count = 24
  /// Samples from one frame to the next: 10 ms.
  static let hop = 80

  /// The bins that a band is made of, and their weights.
  private let filters: [(first: Int, weights: [Float])]
  private var spectrum = PowerSpectrum()
  private var bins = [Float](repeating: 0, count: PowerSpectrum.bins)
  private var waiting: [Float] = []

  init() {
    let (low, high) = (Mathematics.mel(100), Mathematics.mel(3800))
    let edges = (0..<Self.count + 2).map {
      Mathematics.hertz(mel: low + (high - low) * Double($0) / Double(Self.count + 1))
    }
    filters = (0..<Self.count).map { band in
      let weights = (0..<PowerSpectrum.bins).map { bin -> Float in
        let frequency = Double(bin * Self.rate) / Double(PowerSpectrum.length)
        let rise = (frequency - edges[band]) / (edges[band + 1] - edges[band])
        let fall = (edges[band + 2] - frequency) / (edges[band + 2] - edges[band + 1])
        return Float(max(0, min(rise, fall)))
      }
      let first = weights.firstIndex { $0 > 0 } ?? 0
      return (first, Array(weights[first...].prefix { $0 > 0 }))
    }
  }

  /// The power that white noise has in each band.
  ///
  /// - Parameter decibels: Its level; 0 dB is a square wave at full scale.
  func noise(decibels: Float) -> [Float] {
    let bin = Mathematics.power(decibels) * spectrum.windowPower
    return filters.map { bin * $0.weights.reduce(0, +) }
  }

  /// Takes samples in, -1 to 1, and hands out each frame they complete: the powers of the bands.
  mutating func add(_ samples: [Float], _ body: ([Float]) -> Void) {
    waiting += samples
    var powers = [Float](repeating: 0, count: Self.count)
    var start = 0
    while start + PowerSpectrum.length <= waiting.count {
      spectrum.transform(waiting, from: start, into: &bins)
      for (band, filter) in filters.enumerated() {
        var sum: Float = 0
        for (index, weight) in filter.weights.enumerated() {
          sum += weight * bins[filter.first + index]
        }
        powers[band] = sum
      }
      body(powers)
      start += Self.hop
    }
    waiting.removeFirst(start)
  }
}
