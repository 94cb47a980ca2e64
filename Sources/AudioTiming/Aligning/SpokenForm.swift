/// What a row sounds like when it is spoken: cepstra each 20 ms.
struct SpokenForm: Sendable {
  /// Frames a second.
  static let rate = 50
  /// How far below the loudest level of a band its softest is taken for; below lies what rooms swallow.
  private static let depth: Float = 40

  /// The cepstra, not yet normalised.
  var cepstra: [Float]

  var frames: Int { cepstra.count / Cepstra.count }
  var seconds: Double { Double(frames) / Double(Self.rate) }

  /// The form of samples at 8 kHz, without the silence around them.
  init(samples: [Float]) {
    var bands = MelBands()
    var columns: [[Float]] = []
    var odd: [Float]?
    bands.add(samples + [Float](repeating: 0, count: 512)) { powers in
      let levels = powers.map { Mathematics.decibels($0 + 1e-9) }
      if let other = odd {
        columns.append(zip(other, levels).map { ($0 + $1) / 2 })
        odd = nil
      } else {
        odd = levels
      }
    }
    let means = columns.map { $0.reduce(0, +) / Float(MelBands.count) }
    let loudest = means.max() ?? 0
    let first = means.firstIndex { $0 > loudest - 35 } ?? 0
    let last = means.lastIndex { $0 > loudest - 35 } ?? -1
    cepstra = []
    guard first <= last else { return }
    let spoken = columns[first...last]
    let floors = (0..<MelBands.count).map { band in
      let levels = spoken.map { $0[band] }.sorted()
      return levels[min(levels.count - 1, levels.count * 95 / 100)] - Self.depth
    }
    for column in spoken { Cepstra.append(zip(column, floors).map { max($0, $1) }, to: &cepstra) }
  }

  /// The form spoken slower or faster.
  ///
  /// - Parameter ratio: How much longer it takes.
  mutating func stretch(_ ratio: Double) {
    let count = max(2, Int(Double(frames) * ratio))
    guard frames > 1, count != frames else { return }
    let scale = Double(frames - 1) / Double(count - 1)
    var stretched: [Float] = []
    stretched.reserveCapacity(count * Cepstra.count)
    for frame in 0..<count {
      let place = Double(frame) * scale
      let low = min(frames - 2, Int(place))
      let part = Float(place - Double(low))
      for order in 0..<Cepstra.count {
        let (a, b) = (
          cepstra[low * Cepstra.count + order], cepstra[(low + 1) * Cepstra.count + order]
        )
        stretched.append(a + (b - a) * part)
      }
    }
    cepstra = stretched
  }
}
