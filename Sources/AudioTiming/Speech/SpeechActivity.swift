public import TranscriptModel

/// Where in a recording somebody speaks, to a hundredth of a second.
public struct SpeechActivity: Sendable {
  /// Frames a second.
  static let rate = 100
  /// How far apart quiet and loud must lie for a threshold between them, in decibels: noise alone varies by less.
  private static let leastThreshold: Float = 5
  /// Where between the mean of the quiet and that of the loud speech begins; half of the way misses its soft
  /// sounds.
  private static let share: Float = 0.33

  /// The probability of speech of each frame, in 255ths.
  let frames: [UInt8]
  /// The milliseconds listened to.
  public let durationMS: Int
  /// The frames that are more likely speech than not, summed up to each.
  private let sums: [Float]

  /// Makes probabilities of measures: the threshold parts loud from quiet best (Otsu's method).
  init(scores: [UInt8], durationMS: Int) {
    let smooth = Self.smoothed(scores, reach: 3)
    let table = Self.probabilities(smooth)
    let frames = smooth.map { table[Int($0)] }
    self.frames = frames
    self.durationMS = durationMS
    var sum: Float = 0
    sums =
      [0]
      + stride(from: 0, to: frames.count, by: Self.step).map { start in
        let end = min(start + Self.step, frames.count)
        sum += frames[start..<end].reduce(0) { $0 + Float($1) } / 255 / Float(Self.rate)
        return sum
      }
  }

  /// Frames between two sums.
  private static let step = 10

  private static func smoothed(_ scores: [UInt8], reach: Int) -> [UInt8] {
    var result = scores
    var (sum, low, high) = (0, 0, 0)
    for index in scores.indices {
      while high < min(scores.count, index + reach + 1) {
        sum += Int(scores[high])
        high += 1
      }
      while low < index - reach {
        sum -= Int(scores[low])
        low += 1
      }
      result[index] = UInt8(sum / (high - low))
    }
    return result
  }

  private static func probabilities(_ scores: [UInt8]) -> [UInt8] {
    var counts = [Int](repeating: 0, count: 256)
    for score in scores { counts[Int(score)] += 1 }
    let total = Double(max(1, scores.count))
    let mean = counts.enumerated().reduce(0) { $0 + Double($1.offset * $1.element) } / total
    var (weight, part, best) = (0.0, 0.0, -1.0)
    var means = (low: mean, high: mean)
    for (value, count) in counts.enumerated() {
      weight += Double(count) / total
      part += Double(value * count) / total
      guard weight > 0, weight < 1 else { continue }
      let variance = (mean * weight - part) * (mean * weight - part) / (weight * (1 - weight))
      if variance > best {
        best = variance
        means = (part / weight, (mean - part) / (1 - weight))
      }
    }
    let (low, high) = (Float(means.low) / 4 - 4, Float(means.high) / 4 - 4)
    let threshold = max(leastThreshold, low + share * (high - low))
    let softness = max(0.5, (high - low) / 10)
    return (0..<256).map { value in
      let level = Float(value) / 4 - 4
      return UInt8(255 / (1 + Mathematics.exponential((threshold - level) / softness)))
    }
  }

  /// The probability that somebody speaks at a moment, 0 to 1.
  func probability(_ frame: Int) -> Float {
    frames.indices.contains(frame) ? Float(frames[frame]) / 255 : 0
  }

  /// The seconds of speech between two moments, in seconds; to a tenth.
  func speech(_ start: Double, _ end: Double) -> Double {
    let last = sums.count - 1
    let scale = Double(Self.rate / Self.step)
    func sum(_ time: Double) -> Float { sums[max(0, min(last, Int((time * scale).rounded())))] }
    return max(0, Double(sum(end) - sum(start)))
  }

  /// The seconds from the first speech between two moments to the last; `nil` where there is none.
  func extent(_ start: Double, _ end: Double) -> (start: Double, end: Double)? {
    let low = max(0, Int(start * Double(Self.rate)))
    let high = min(frames.count, Int(end * Double(Self.rate)))
    guard low < high, let first = frames[low..<high].firstIndex(where: { $0 >= 128 }),
      let last = frames[low..<high].lastIndex(where: { $0 >= 128 })
    else { return nil }
    return (Double(first) / Double(Self.rate), Double(last + 1) / Double(Self.rate))
  }

  /// The stretches of speech, in order.
  ///
  /// One begins where speech is more likely than not, and ends where it has been unlikely (a quarter) for
  /// 0.2 s, which no pause inside a word lasts.
  public var intervals: [SpeechInterval] {
    var found: [SpeechInterval] = []
    var (start, sum, quiet) = (-1, 0, 0)
    func end(_ frame: Int) {
      let range = TimeRange(
        start: Timecode(milliseconds: start * 10),
        end: Timecode(milliseconds: frame * 10)
      )
      if frame - start >= 5 {
        found.append(.init(range: range, confidence: Double(sum) / 255 / Double(frame - start)))
      }
      start = -1
    }
    for (frame, value) in frames.enumerated() {
      if start < 0 {
        guard value >= 128 else { continue }
        (start, sum, quiet) = (frame, 0, 0)
      }
      quiet = value < 64 ? quiet + 1 : 0
      if quiet == 20 { end(frame - 19) } else if quiet == 0 { sum += Int(value) }
    }
    if start >= 0 { end(frames.count - quiet) }
    return found
  }

  /// The stretches without speech that last longer than a second, in order.
  public var silences: [TimeRange] {
    var silences: [TimeRange] = []
    var reached = Timecode.zero
    func note(_ end: Timecode) {
      if end.milliseconds - reached.milliseconds > 1000 {
        silences.append(.init(start: reached, end: end))
      }
    }
    for interval in intervals {
      note(interval.range.start)
      reached = interval.range.end
    }
    note(Timecode(milliseconds: durationMS))
    return silences
  }
}

/// A stretch in which somebody speaks.
public struct SpeechInterval: Hashable, Sendable {
  /// When.
  public let range: TimeRange
  /// How certain that is: the mean probability, 0 to 1.
  public let confidence: Double
}
