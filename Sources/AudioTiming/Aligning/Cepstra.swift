/// The shape of the spectrum in thirteen numbers, as speech recognition has used them for decades: the cosine
/// transform of the levels of the bands.
enum Cepstra {
  /// The numbers of a frame.
  static let count = 13

  private static let table: [Float] = (0..<count).flatMap { order in
    (0..<MelBands.count).map { band in
      let angle = Double.pi * Double(order) * (Double(band) + 0.5) / Double(MelBands.count)
      return Float(Mathematics.cosine(angle) * (2 / Double(MelBands.count)).squareRoot())
    }
  }

  /// Appends the cepstrum of the levels of one frame.
  static func append(_ levels: [Float], to cepstra: inout [Float]) {
    for order in 0..<count {
      var sum: Float = 0
      for band in levels.indices { sum += table[order * MelBands.count + band] * levels[band] }
      cepstra.append(sum)
    }
  }

  /// The mean and deviation of each number over the frames named.
  static func statistics(_ cepstra: [Float], frames: [Int]) -> (means: [Float], scales: [Float]) {
    var means = [Float](repeating: 0, count: count)
    var squares = means
    for frame in frames {
      for order in 0..<count {
        let value = cepstra[frame * count + order]
        means[order] += value
        squares[order] += value * value
      }
    }
    let total = Float(max(1, frames.count))
    var scales = means
    for order in 0..<count {
      means[order] /= total
      let variance = max(0, squares[order] / total - means[order] * means[order])
      scales[order] = 1 / (variance.squareRoot() + 1e-3)
    }
    return (means, scales)
  }

  /// Brings frames to mean 0 and deviation 1.
  static func normalise(
    _ cepstra: inout [Float],
    frames: Range<Int>,
    _ statistics: (means: [Float], scales: [Float])
  ) {
    for frame in frames {
      for order in 0..<count {
        let place = frame * count + order
        cepstra[place] = (cepstra[place] - statistics.means[order]) * statistics.scales[order]
      }
    }
  }
}

extension SoundProfile {
  /// The cepstra of the recording each 40 ms, each minute by the speech in it and half a minute around.
  func cepstra() -> [Float] {
    let frames = levels.count / MelBands.count
    let floor = quiet(frames)
    var cepstra: [Float] = []
    cepstra.reserveCapacity(frames * Cepstra.count)
    var column = [Float](repeating: 0, count: MelBands.count)
    for frame in 0..<frames {
      for band in column.indices {
        let level = Float(levels[frame * MelBands.count + band]) / 2 - 90
        column[band] = max(level, floor[band] + 1.5)
      }
      Cepstra.append(column, to: &cepstra)
    }
    var result = cepstra
    let minute = 1500
    for start in stride(from: 0, to: frames, by: minute) {
      let around = max(0, start - minute / 2)..<min(frames, start + minute * 3 / 2)
      let spoken = around.filter { speech($0) > 0.6 }
      let statistics = Cepstra.statistics(
        cepstra,
        frames: spoken.count < 50 ? Array(around) : spoken
      )
      Cepstra.normalise(&result, frames: start..<min(frames, start + minute), statistics)
    }
    return result
  }

  /// The probability of speech in a frame of 40 ms.
  func speech(_ frame: Int) -> Float {
    let first = frame * Self.frames
    return (first..<first + Self.frames).reduce(0) { $0 + activity.probability($1) } / 4
  }

  /// The median level of each band while nobody speaks.
  private func quiet(_ frames: Int) -> [Float] {
    var counts = [Int](repeating: 0, count: MelBands.count * 256)
    var total = 0
    for frame in 0..<frames where speech(frame) < 0.3 {
      for band in 0..<MelBands.count {
        counts[band * 256 + Int(levels[frame * MelBands.count + band])] += 1
      }
      total += 1
    }
    return (0..<MelBands.count).map { band in
      var sum = 0
      let value = (0..<256).first { value in
        sum += counts[band * 256 + value]
        return sum * 2 > total
      }
      return Float(value ?? 0) / 2 - 90
    }
  }
}
