/// Finds which reading of ambiguous times is meant: the cheapest path through the rows.
///
/// Each row with a time has one or two readings. A path takes one reading of each row and costs
/// what is odd about it: times past the end of the media, times that go back, more words between
/// two times than can be said, and changes from one way of reading to the other. The usual reading
/// wins wherever it is not contradicted.
struct ReadingChoice {
  /// What oddities cost; only their order of size matters.
  private enum Cost {
    static let pastLimit = 200
    static let backwards = 80
    static let changedReading = 60
    static let unusualReading = 60
    static let tooFast = 40
    static let roundPause = 20
    static let pause = 1
  }

  /// No media that models take is longer: 9.5 hours of audio is the most of any published limit,
  /// rounded up generously.
  private static let longest = 24 * 3_600_000

  private let times: [Int]
  private let alternatives: [Int]
  private let limit: Int
  private let texts: [Int]?
  /// Whether all of the times end in `:00`, which whole minutes do not do by chance.
  private let isRound: Bool

  /// - Parameters:
  ///   - limit: The latest moment possible, in milliseconds.
  ///   - texts: The bytes of each row's text, when rows have one.
  init(_ column: TimeColumn, limit: Int?, texts: [Int]?) {
    times = column.times
    alternatives = column.alternatives
    // A second of grace: models round times up.
    self.limit = (limit ?? Self.longest) + 1000
    self.texts = texts
    let ambiguous = times.indices.filter { column.alternatives[$0] != TimeColumn.none }
    isRound =
      ambiguous.count >= 3
      && ambiguous.allSatisfy { column.times[$0] == column.alternatives[$0] * 60 }
  }

  /// One way to read a row, and the cheapest path that ends with it.
  private struct Step {
    var time: Int
    var isUnusual: Bool
    /// How the last ambiguous row was read.
    var lastWasUnusual: Bool
    var cost: Int
  }

  /// The rows whose other reading is meant, in order.
  func rowsReadOtherwise() -> [Int] {
    let rows = times.indices.filter { times[$0] != TimeColumn.none }
    guard let first = rows.first else { return [] }
    // For each row and each of its readings: which reading of the row before the path came from.
    var origins = [UInt8](repeating: 0, count: rows.count * 2)
    var steps = beginnings(first)
    for (position, row) in rows.enumerated().dropFirst() {
      let bytes = bytesSpoken(after: rows[position - 1])
      let next = readings(row).enumerated().map { index, reading in
        let (step, origin) = best(from: steps, to: reading, bytes: bytes)
        origins[position * 2 + index] = origin
        return step
      }
      steps = next
    }
    return trace(rows, origins, from: steps[0].cost <= (steps.last?.cost ?? 0) ? 0 : 1)
  }

  private func trace(_ rows: [Int], _ origins: [UInt8], from last: Int) -> [Int] {
    var chosen: [Int] = []
    var reading = last
    for position in rows.indices.reversed() {
      if reading == 1 { chosen.append(rows[position]) }
      reading = Int(origins[position * 2 + reading])
    }
    return chosen.reversed()
  }

  private func beginnings(_ row: Int) -> [Step] {
    let isAmbiguous = alternatives[row] != TimeColumn.none
    return readings(row).map { reading in
      let unusual = isAmbiguous ? reading.isUnusual : isRound
      let prior = unusual == isRound ? 0 : Cost.unusualReading
      return Step(
        time: reading.time,
        isUnusual: reading.isUnusual,
        lastWasUnusual: unusual,
        cost: (isAmbiguous ? prior : 0) + costOfPlace(reading.time)
      )
    }
  }

  private func readings(_ row: Int) -> [(time: Int, isUnusual: Bool, isAmbiguous: Bool)] {
    guard alternatives[row] != TimeColumn.none else { return [(times[row], false, false)] }
    return [(times[row], false, true), (alternatives[row], true, true)]
  }

  private func bytesSpoken(after row: Int) -> Int { texts?[row] ?? 0 }

  private func best(
    from steps: [Step],
    to reading: (time: Int, isUnusual: Bool, isAmbiguous: Bool),
    bytes: Int
  ) -> (Step, UInt8) {
    var best = (Step(time: 0, isUnusual: false, lastWasUnusual: false, cost: .max), UInt8(0))
    for (origin, step) in steps.enumerated() {
      let changes = reading.isAmbiguous && reading.isUnusual != step.lastWasUnusual
      let cost =
        step.cost + costOfPlace(reading.time) + (changes ? Cost.changedReading : 0)
        + costOfPassage(reading.time - step.time, bytes: bytes)
      if cost < best.0.cost {
        let last = reading.isAmbiguous ? reading.isUnusual : step.lastWasUnusual
        best.0 = Step(
          time: reading.time,
          isUnusual: reading.isUnusual,
          lastWasUnusual: last,
          cost: cost
        )
        best.1 = UInt8(origin)
      }
    }
    return best
  }

  private func costOfPlace(_ time: Int) -> Int { time > limit ? Cost.pastLimit : 0 }

  /// What the time between two rows costs, given the text of the first.
  private func costOfPassage(_ milliseconds: Int, bytes: Int) -> Int {
    if milliseconds < 0 { return Cost.backwards }
    guard texts != nil else { return 0 }
    // Six bytes are about a word; seven words a second cannot be said, with a second of rounding.
    if bytes * 1000 > 42 * (milliseconds + 1000) { return Cost.tooFast }
    guard milliseconds > 60000, bytes * 1000 < 3 * milliseconds else { return 0 }
    return isRound ? Cost.roundPause : Cost.pause
  }
}
