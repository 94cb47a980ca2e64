/// Lays rows, one after the other, onto a recording, so that what they sound like fits best: dynamic time
/// warping in a band around where each row is expected, with something else before, between and after them.
///
/// The states are the frames of all rows in order, each row between two states for what is no row. With each
/// frame of the recording (40 ms) a row goes on by one to four of its own (20 ms), so that it is spoken at
/// twice to half the pace; it stays only where nobody speaks. A row may be passed over, at a price. What came
/// more than a minute ago is settled, so that memory does not grow with the recording.
struct RowWarp {
  /// What the fit of a row was.
  struct Fit {
    /// The frames of 40 ms from its first to its last; `nil` when it was passed over.
    var frames: ClosedRange<Int>?
    /// The mean distance of its frames from the sound: about 0.55 for the right words, 1 for any.
    var distance: Float = 0
    /// The frame of the row, of 20 ms, that each of these is.
    var path: [Int] = []
  }

  /// How the costs weigh; of the values tried on recorded phrases under noise, these put rows best.
  private enum Cost {
    /// Speech that is in no row, a frame.
    static let foreign: Float = 1.1
    /// Silence between rows, a frame.
    static let silence: Float = 0.25
    /// A row over silence, a frame, beside its distance.
    static let quiet: Float = 0.6
    /// A row that begins a second from where it is expected, beyond half a second.
    static let displacement: Float = 5
    /// A row that is passed over, and what each of its frames adds.
    static let skip: Float = 6
    static let skippedFrame: Float = 0.025
    /// Going on by one, two, three or four frames; the usual is two.
    static let steps: [Float] = [0, 0.12, 0, 0.06, 0.15]
    /// Not going on, and that while somebody speaks.
    static let stay: Float = 0.3
    static let stayInSpeech: Float = 1.5
    /// The most that a frame can differ: one crack must not undo a row.
    static let most: Float = 2.5
  }

  /// How far from where it is expected a row may begin or end, in seconds.
  private static let band = 6.0
  /// Frames after which what lies a minute back is settled.
  private static let settled = 3000
  private static let kept = 1500
  /// What a state that cannot be has cost.
  private static let never: Float = 1e9
  private static let skipped: UInt8 = 9

  private let features: [Float]
  /// The row of a state; -1 between rows.
  private let rowOf: [Int32]
  /// The states between rows: before each row, and after the last.
  private let gaps: [Int]
  private let expected: [Double]
  private let begins: [Double]
  private let ends: [Double]

  /// - Parameters:
  ///   - forms: What rows sound like, normalised.
  ///   - expected: When each begins, in seconds; need not be in order.
  init(_ forms: [SpokenForm], expected: [Double]) {
    var features = [Float](repeating: 0, count: Cepstra.count)
    var rowOf: [Int32] = [-1]
    var gaps = [0]
    for (row, form) in forms.enumerated() {
      features += form.cepstra
      rowOf += .init(repeating: Int32(row), count: form.frames)
      gaps.append(rowOf.count)
      rowOf.append(-1)
      features += .init(repeating: 0, count: Cepstra.count)
    }
    (self.features, self.rowOf, self.gaps, self.expected) = (features, rowOf, gaps, expected)
    var begins = expected.map { $0 - Self.band }
    var ends = zip(expected, forms).map { $0 + 1.3 * $1.seconds + Self.band }
    // In the order of rows, so that those under way are a range.
    for row in begins.indices.dropLast().reversed() {
      begins[row] = min(begins[row], begins[row + 1])
    }
    for row in ends.indices.dropFirst() { ends[row] = max(ends[row], ends[row - 1]) }
    (self.begins, self.ends) = (begins, ends)
  }

  /// A frame that may still be traced back.
  private struct Column {
    let first: Int
    let steps: [UInt8]
  }

  /// Lays the rows.
  func fits(_ cepstra: [Float], speech: [Float]) -> [Fit] {
    var fits = [Fit](repeating: Fit(), count: expected.count)
    guard !expected.isEmpty else { return fits }
    var costs = [Float](repeating: Self.never, count: rowOf.count)
    costs[0] = 0
    var columns: [Column] = []
    var settled = 0
    var active = 0..<1
    for frame in speech.indices {
      let time = Double(frame) * 0.04
      var low = active.lowerBound
      while low < expected.count, ends[low] < time { low += 1 }
      var high = max(low, active.upperBound - 1)
      while high < expected.count, begins[high] <= time { high += 1 }
      let rows = low..<high
      columns.append(
        advance(rows, from: active, frame, time, speech[frame], cepstra, &costs)
      )
      active = rows.lowerBound..<rows.upperBound + 1
      if columns.count == Self.settled {
        trace(&columns, settled, costs, active, upTo: Self.settled - Self.kept, cepstra, &fits)
        settled += Self.settled - Self.kept
      }
    }
    trace(&columns, settled, costs, active, upTo: columns.count, cepstra, &fits)
    for row in fits.indices { fits[row].finish() }
    return fits
  }

  /// Goes on by a frame of the recording.
  private func advance(
    _ rows: Range<Int>,
    from before: Range<Int>,
    _ frame: Int,
    _ time: Double,
    _ speech: Float,
    _ cepstra: [Float],
    _ costs: inout [Float]
  ) -> Column {
    let first = gaps[rows.lowerBound]
    let last = gaps[rows.upperBound]
    // What has dropped out of the band goes on as what is between rows, if nothing else does.
    let earlier = gaps[before.lowerBound]
    if earlier < first {
      var least = costs[first]
      for state in earlier..<first {
        least = min(least, costs[state] + 20)
        costs[state] = Self.never
      }
      costs[first] = least
    }
    let count = last - first + 1
    var steps = [UInt8](repeating: 0, count: count)
    let stay = Cost.stay + Cost.stayInSpeech * speech
    let quiet = (1 - speech) * Cost.quiet
    let between = Cost.silence * (1 - speech) + Cost.foreign * speech
    features.withUnsafeBufferPointer { features in
      cepstra.withUnsafeBufferPointer { cepstra in
        costs.withUnsafeMutableBufferPointer { costs in
          let sound = frame * Cepstra.count
          // From the end, so that what a state comes from is not yet overwritten.
          for state in stride(from: last, through: first, by: -1) {
            let isGap = rowOf[state] < 0
            var best = costs[state] + (isGap ? 0 : stay)
            var step: UInt8 = 0
            for advance in 1...4 {
              let origin = state - advance
              guard origin >= first else { break }
              let cost = costs[origin] + Cost.steps[advance]
              if cost < best, advance < 2 || !isGap || advance == 2,
                !skipsGap(origin, state, advance)
              {
                best = cost
                step = UInt8(advance)
              }
            }
            if isGap {
              costs[state] = best + between
            } else {
              if rowOf[state - Int(step)] < 0 {
                let away = abs(time - expected[Int(rowOf[state])]) - 0.5
                best += Cost.displacement * Float(max(0, min(4, away)))
              }
              costs[state] = best + quiet + Self.distance(features, state, cepstra, sound)
            }
            steps[state - first] = step
          }
        }
      }
    }
    for row in rows {
      let length = Float(gaps[row + 1] - gaps[row] - 1)
      let cost = costs[gaps[row]] + Cost.skip + Cost.skippedFrame * length
      if cost < costs[gaps[row + 1]] {
        costs[gaps[row + 1]] = cost
        steps[gaps[row + 1] - first] = Self.skipped
      }
    }
    return Column(first: first, steps: steps)
  }

  /// Whether a step of three or four would leave or enter a gap, or pass over one.
  @inline(__always)
  private func skipsGap(_ origin: Int, _ state: Int, _ advance: Int) -> Bool {
    advance > 1 && (rowOf[origin] != rowOf[state] && (advance > 2 || rowOf[origin] >= 0))
  }

  @inline(__always)
  private static func distance(
    _ features: UnsafeBufferPointer<Float>,
    _ state: Int,
    _ cepstra: UnsafeBufferPointer<Float>,
    _ sound: Int
  ) -> Float {
    let place = state * Cepstra.count
    let loudness = features[place] - cepstra[sound]
    var sum = 0.5 * loudness * loudness
    for order in 1..<Cepstra.count {
      let difference = features[place + order] - cepstra[sound + order]
      sum += difference * difference
    }
    return min(Cost.most, sum * (0.5 / 12.5))
  }

  /// Follows the best path back and settles the oldest frames.
  private func trace(
    _ columns: inout [Column],
    _ offset: Int,
    _ costs: [Float],
    _ active: Range<Int>,
    upTo count: Int,
    _ cepstra: [Float],
    _ fits: inout [Fit]
  ) {
    guard !columns.isEmpty else { return }
    let (low, high) = (gaps[active.lowerBound], gaps[active.upperBound - 1])
    let isEnd = count == columns.count
    var state = (low...high).min { costs[$0] < costs[$1] } ?? low
    if isEnd, costs[high] < Self.never / 2 { state = high }
    for index in columns.indices.reversed() {
      let column = columns[index]
      while state > column.first, column.steps[state - column.first] == Self.skipped {
        state = previousGap(state)
      }
      let row = rowOf[state]
      if row >= 0, index < count {
        let distance = features.withUnsafeBufferPointer { features in
          cepstra.withUnsafeBufferPointer {
            Self.distance(features, state, $0, (offset + index) * Cepstra.count)
          }
        }
        fits[Int(row)].add(frame: offset + index, state - gaps[Int(row)] - 1, distance)
      }
      state -= Int(column.steps[state - column.first])
      // Where a row fell out of the band, the path goes on between rows.
      if index > 0, state < columns[index - 1].first { state = columns[index - 1].first }
    }
    columns.removeFirst(count)
  }

  private func previousGap(_ state: Int) -> Int {
    var (low, high) = (0, gaps.count)
    while low < high {
      let middle = (low + high) / 2
      if gaps[middle] < state { low = middle + 1 } else { high = middle }
    }
    return gaps[max(0, low - 1)]
  }
}

extension RowWarp.Fit {
  /// The same fit, counted from another frame of 40 ms.
  func moved(by offset: Int) -> Self {
    var moved = self
    moved.frames = frames.map { $0.lowerBound + offset...$0.upperBound + offset }
    return moved
  }

  /// Takes in a frame; parts are settled in the order of time, each backwards.
  fileprivate mutating func add(frame: Int, _ own: Int, _ distance: Float) {
    guard let frames else {
      self.frames = frame...frame
      path = [own]
      self.distance = distance
      return
    }
    path.append(own)
    self.frames = min(frame, frames.lowerBound)...max(frame, frames.upperBound)
    self.distance += distance
  }

  fileprivate mutating func finish() {
    guard let frames else { return }
    path.sort()
    distance /= Float(max(1, min(path.count, frames.count)))
  }
}
