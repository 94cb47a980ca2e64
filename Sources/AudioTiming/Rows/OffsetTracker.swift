/// Finds how far the stated times of rows lie from the speech they belong to, by the rhythm of speech and
/// pauses alone: no word is recognised, so it works in any language.
///
/// Of all sequences of offsets, one for each row, the best is found (Viterbi's algorithm): rows should lie on
/// speech as long as their words take, begin where speech begins, and have a pause before them where one is
/// stated; offsets should change little from row to row, and seldom jump.
struct OffsetTracker {
  /// Offsets are told apart by this many seconds.
  static let step = 0.1
  /// What a change of a second from one row to the next costs.
  private static let changeCost: Float = 0.6
  /// What a jump costs, however far.
  private static let jumpCost: Float = 6
  /// What being a second off costs the first row.
  private static let offsetCost: Float = 0.02
  /// Rows whose best offsets are kept open; better ones are found within a few dozen.
  private static let openRows = 512

  private let activity: [Float]
  private let sums: [Float]
  private let onsets: [Float]
  private let rows: [SpokenRow]
  /// The furthest offset on either side, in steps.
  private let reach: Int

  init(_ activity: SpeechActivity, _ rows: [SpokenRow], reachSeconds: Double) {
    self.rows = rows
    reach = Int(reachSeconds / Self.step)
    let size = SpeechActivity.rate / Int(1 / Self.step)
    self.activity = stride(from: 0, to: activity.frames.count, by: size).map { start in
      let end = min(start + size, activity.frames.count)
      return activity.frames[start..<end].reduce(0) { $0 + Float($1) } / 255 / Float(end - start)
    }
    var sum: Float = 0
    sums =
      [0]
      + self.activity.map {
        sum += $0
        return sum
      }
    onsets = Self.onsets(sums)
  }

  /// How much a beginning of speech stands out within half a second, as far as whole seconds can tell.
  private static func onsets(_ sums: [Float]) -> [Float] {
    let count = sums.count - 1
    let side = 4
    let rises = (0..<count).map { place in
      let after = sums[min(count, place + side)] - sums[place]
      let before = sums[place] - sums[max(0, place - side)]
      return (after - before) / Float(side)
    }
    return (0..<count).map { place in
      rises[max(0, place - 5)...min(count - 1, place + 5)].max() ?? 0
    }
  }

  /// What was found.
  struct Track {
    /// When each row begins, in seconds.
    var starts: [Double]
    /// How well rows lie on speech; more is better.
    var score: Float
  }

  /// The best track when times are stretched by `slope` first: 0.1 for times that are too short by a tenth.
  func track(slope: Double) -> Track {
    guard !activity.isEmpty, !rows.isEmpty else { return Track(starts: [], score: 0) }
    let count = 2 * reach + 1
    var scores = (0..<count).map { -Self.offsetCost * Float(abs($0 - reach)) * Float(Self.step) }
    var origins: [[Int16]] = []
    var offsets: [Int] = []
    var next = scores
    for row in rows.indices {
      if row > 0 {
        origins.append(move(scores, furthestBack: gap(before: row, slope), into: &next))
      } else {
        origins.append([])
      }
      swap(&scores, &next)
      if row == 0 { scores = next }
      add(row, slope, to: &scores)
      if origins.count == Self.openRows { settle(Self.openRows / 2, &origins, scores, &offsets) }
    }
    let score = scores.max() ?? 0
    settle(origins.count, &origins, scores, &offsets)
    let starts = zip(rows, offsets).map { row, offset in
      Double(row.startMS) / 1000 * (1 + slope) + Double(offset - reach) * Self.step
    }
    return Track(starts: starts, score: score)
  }

  /// The score of the times as stated.
  var statedScore: Float {
    var scores: [Float] = [0]
    let stated = Self(self, reach: 0)
    for row in rows.indices { stated.add(row, 0, to: &scores) }
    return scores[0]
  }

  private init(_ other: Self, reach: Int) {
    (activity, sums, onsets, rows) = (other.activity, other.sums, other.onsets, other.rows)
    self.reach = reach
  }

  /// Decides the oldest rows.
  private func settle(
    _ count: Int,
    _ origins: inout [[Int16]],
    _ scores: [Float],
    _ offsets: inout [Int]
  ) {
    guard var place = scores.indices.max(by: { scores[$0] < scores[$1] }) else { return }
    var path = [place]
    for origin in origins.dropFirst().reversed() {
      place = Int(origin[place]) + reach
      path.append(place)
    }
    offsets += path.reversed().prefix(count)
    origins.removeFirst(count)
  }

  /// The steps that offsets may fall by, so that a row does not begin a second before the one before it.
  private func gap(before row: Int, _ slope: Double) -> Int {
    let gap = Double(rows[row].startMS - rows[row - 1].startMS) / 1000 * (1 + slope)
    return Int((gap + 1) / Self.step)
  }

  /// For each offset the best one before it: near, at a cost by distance, or, at the cost of a jump, any that is not
  /// too much later.
  private func move(
    _ scores: [Float],
    furthestBack gap: Int,
    into next: inout [Float]
  ) -> [Int16] {
    let cost = Self.changeCost * Float(Self.step)
    var origins = [Int16](repeating: 0, count: scores.count)
    var best = 0
    var open = 0
    var (value, origin) = (scores[0], 0)
    for place in scores.indices {
      value -= cost
      if scores[place] >= value { (value, origin) = (scores[place], place) }
      while open < min(scores.count, place + gap + 1) {
        if scores[open] > scores[best] { best = open }
        open += 1
      }
      let jump = scores[best] - Self.jumpCost
      next[place] = max(value, jump)
      origins[place] = Int16((value >= jump ? origin : best) - reach)
    }
    (value, origin) = (scores[scores.count - 1], scores.count - 1)
    for place in scores.indices.reversed() {
      value -= cost
      if scores[place] >= value { (value, origin) = (scores[place], place) }
      if value > next[place] {
        next[place] = value
        origins[place] = Int16(origin - reach)
      }
    }
    return origins
  }

  /// Adds how well a row lies at each offset.
  private func add(_ row: Int, _ slope: Double, to scores: inout [Float]) {
    let count = activity.count
    let start = Double(rows[row].startMS) / 1000 * (1 + slope)
    let first = Int((start / Self.step).rounded()) - reach
    let length = Int(0.9 * rows[row].seconds / Self.step)
    let pause = pause(before: row, slope)
    for place in scores.indices {
      let time = first + place
      guard time >= 0, time < count else {
        scores[place] -= 2
        continue
      }
      let end = min(count, time + length)
      let spoken = 2 * (sums[end] - sums[time]) - Float(end - time)
      var score = 0.5 * max(-4, min(4, spoken * Float(Self.step))) + onsets[time]
      if pause > 0 {
        let begin = max(0, time - pause)
        let heard = 2 * (sums[time] - sums[begin]) - Float(time - begin)
        score -= 0.25 * heard * Float(Self.step)
      }
      scores[place] += score
    }
  }

  /// The steps of the pause that is stated before a row, at most two seconds; 0 for a short one.
  private func pause(before row: Int, _ slope: Double) -> Int {
    guard row > 0 else { return 0 }
    let gap = Double(rows[row].startMS - rows[row - 1].startMS) / 1000 * (1 + slope)
    let pause = gap - rows[row - 1].seconds
    return pause > 0.7 ? Int(min(2, pause) / Self.step) : 0
  }
}
