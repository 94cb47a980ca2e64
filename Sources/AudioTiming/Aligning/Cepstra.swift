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

/// What stretches of a recording sound like.
struct CepstraSource: Sendable {
  /// Frames of a minute: the voice of who speaks changes more slowly.
  private static let minute = 1500

  /// The recording.
  let sound: SoundProfile
  /// How many frames of 40 ms it has.
  let frames: Int
  private let floor: [Float]

  init(_ sound: SoundProfile) {
    self.sound = sound
    frames = sound.levels.count / MelBands.count
    floor = sound.quiet(frames)
  }

  /// The cepstra of frames of 40 ms, those of each minute by the speech in it and half a minute around.
  func cepstra(_ range: Range<Int>) -> [Float] {
    let minute = Self.minute
    let begin = range.lowerBound / minute * minute
    let known = max(0, begin - minute / 2)..<min(frames, range.upperBound + minute * 3 / 2)
    let raw = raw(known)
    var result = raw
    for start in stride(from: begin, to: range.upperBound, by: minute) {
      let around = max(0, start - minute / 2)..<min(frames, start + minute * 3 / 2)
      let spoken = around.filter { sound.speech($0) > 0.6 }
      let statistics = Cepstra.statistics(
        raw,
        frames: (spoken.count < 50 ? Array(around) : spoken).map { $0 - known.lowerBound }
      )
      let own = start - known.lowerBound..<min(frames, start + minute) - known.lowerBound
      Cepstra.normalise(&result, frames: own, statistics)
    }
    let first = (range.lowerBound - known.lowerBound) * Cepstra.count
    return Array(result[first..<first + range.count * Cepstra.count])
  }

  private func raw(_ range: Range<Int>) -> [Float] {
    var cepstra: [Float] = []
    cepstra.reserveCapacity(range.count * Cepstra.count)
    var column = [Float](repeating: 0, count: MelBands.count)
    for frame in range {
      for band in column.indices {
        let level = Float(sound.levels[frame * MelBands.count + band]) / 2 - 90
        column[band] = max(level, floor[band] + 1.5)
      }
      Cepstra.append(column, to: &cepstra)
    }
    return cepstra
  }
}

extension SoundProfile {
  /// The probability of speech in a frame of 40 ms.
  func speech(_ frame: Int) -> Float {
    let first = frame * Self.frames
    return (first..<first + Self.frames).reduce(0) { $0 + activity.probability($1) } / 4
  }

  /// The median level of each band while nobody speaks.
  fileprivate func quiet(_ frames: Int) -> [Float] {
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
