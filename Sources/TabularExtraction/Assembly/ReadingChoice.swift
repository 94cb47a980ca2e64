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
    /// How the last ambiguous row was read.
    var lastIsUnusual: Bool
    var cost: Int
    /// Whether the path took the other reading of the row before.
    var comesFromOther = false
  }

  /// The steps of one row: its usual reading, and the other one if it has one.
  private struct Steps {
    var usual: Step
    var other: Step?

    var cheapestIsOther: Bool { other.map { $0.cost < usual.cost } ?? false }
  }

  /// The rows whose other reading is meant, in order.
  func rowsReadOtherwise() -> [Int] {
    let rows = times.indices.filter { times[$0] != TimeColumn.none }
    guard let first = rows.first else { return [] }
    // For each row, where the cheapest paths to its usual and its other reading come from.
    var origins: [(usual: Bool, other: Bool)] = [(false, false)]
    origins.reserveCapacity(rows.count)
    var steps = beginning(first)
    var previous = first
    for row in rows.dropFirst() {
      steps = self.steps(row, after: steps, bytes: texts?[previous] ?? 0)
      origins.append((steps.usual.comesFromOther, steps.other?.comesFromOther ?? false))
      previous = row
    }
    return trace(rows, origins, fromOther: steps.cheapestIsOther)
  }

  private func trace(
    _ rows: [Int],
    _ origins: [(usual: Bool, other: Bool)],
    fromOther: Bool
  ) -> [Int] {
    var chosen: [Int] = []
    var isOther = fromOther
    for position in rows.indices.reversed() {
      if isOther { chosen.append(rows[position]) }
      isOther = isOther ? origins[position].other : origins[position].usual
    }
    return chosen.reversed()
  }

  private func beginning(_ row: Int) -> Steps {
    let (time, alternative) = (times[row], alternatives[row])
    // Round times are expected to be read the unusual way, all others the usual way.
    guard alternative != TimeColumn.none else {
      return Steps(usual: Step(time: time, lastIsUnusual: isRound, cost: costOfPlace(time)))
    }
    let (usual, other) = isRound ? (Cost.unusualReading, 0) : (0, Cost.unusualReading)
    return Steps(
      usual: Step(time: time, lastIsUnusual: false, cost: usual + costOfPlace(time)),
      other: Step(time: alternative, lastIsUnusual: true, cost: other + costOfPlace(alternative))
    )
  }

  private func steps(_ row: Int, after steps: Steps, bytes: Int) -> Steps {
    let (time, alternative) = (times[row], alternatives[row])
    guard alternative != TimeColumn.none else {
      return Steps(usual: best(time, isUnusual: nil, after: steps, bytes))
    }
    return Steps(
      usual: best(time, isUnusual: false, after: steps, bytes),
      other: best(alternative, isUnusual: true, after: steps, bytes)
    )
  }

  /// The cheapest way to a reading; `isUnusual` is `nil` for a row that has one reading only.
  private func best(_ time: Int, isUnusual: Bool?, after steps: Steps, _ bytes: Int) -> Step {
    let usual = passage(time, isUnusual, from: steps.usual, bytes)
    guard let other = steps.other else { return usual }
    var alternative = passage(time, isUnusual, from: other, bytes)
    guard alternative.cost < usual.cost else { return usual }
    alternative.comesFromOther = true
    return alternative
  }

  private func passage(_ time: Int, _ isUnusual: Bool?, from step: Step, _ bytes: Int) -> Step {
    let changes = isUnusual.map { $0 != step.lastIsUnusual } ?? false
    let cost =
      step.cost + costOfPlace(time) + (changes ? Cost.changedReading : 0)
      + costOfPassage(time - step.time, bytes: bytes)
    return Step(time: time, lastIsUnusual: isUnusual ?? step.lastIsUnusual, cost: cost)
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
