/// What becomes of one symbol, or of a pair, on the way from reference to hypothesis.
public enum EditStep: UInt8, Hashable, Sendable {
  /// The same symbol in both.
  case hit
  /// Another symbol in the hypothesis.
  case substitution
  /// A symbol of the reference that the hypothesis lacks.
  case deletion
  /// A symbol of the hypothesis that the reference lacks.
  case insertion
}

/// Which of several shortest ways is taken: tools differ, and with them how many of the errors count
/// as substitutions.
enum EditPreference {
  /// A deletion before an insertion before a pair, seen from the end; texts of more than a mebibyte
  /// of matrix are halved first (Hirschberg 1975). What jiwer reports.
  case halving
  /// A pair only where nothing else is as short, then an insertion, seen from the end. What the
  /// Kaldi family reports, meeteval among them.
  case latestPair
}

/// The shortest way from a reference to a hypothesis, both as symbols from 0 on.
enum EditAlignment {
  /// The least number of edits.
  static func distance(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    symbolCount: Int
  )
    -> Int
  {
    let affix = CommonAffix(reference, hypothesis)
    let (reference, hypothesis) = (affix.inner(reference), affix.inner(hypothesis))
    guard !reference.isEmpty, !hypothesis.isEmpty else {
      return max(reference.count, hypothesis.count)
    }
    return bounded(reference, hypothesis, symbolCount)
  }

  /// The least number of edits, found by raising a limit until it holds.
  private static func bounded(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    _ symbolCount: Int
  ) -> Int {
    let longest = max(reference.count, hypothesis.count)
    var limit = max(64, 2 * abs(reference.count - hypothesis.count))
    while true {
      limit = min(limit, longest)
      var rows = EditRows(
        pattern: reference,
        text: hypothesis,
        symbolCount: symbolCount,
        limit: limit
      )
      rows.advance(to: hypothesis.count)
      let found = rows.distance
      if found <= limit || limit == longest { return found }
      // What was found is too high at most. Of texts that have little in common it is near the
      // truth: no further limit is tried on the way there.
      limit = found > longest / 2 ? found : min(found, limit * 4)
    }
  }

  /// The steps of a shortest way, in order.
  static func steps(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    symbolCount: Int,
    preference: EditPreference
  ) -> [EditStep] {
    var steps: [EditStep] = []
    steps.reserveCapacity(max(reference.count, hypothesis.count))
    switch preference {
    case .halving:
      let limit = max(reference.count, hypothesis.count)
      appendHalved(reference, hypothesis, symbolCount, limit: limit, isExact: false, to: &steps)
    case .latestPair:
      appendWhole(reference, hypothesis, symbolCount, preference, distance: nil, to: &steps)
    }
    return steps
  }

  /// - Parameter limit: No more edits than this; the least number when `isExact`.
  private static func appendHalved(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    _ symbolCount: Int,
    limit: Int,
    isExact: Bool,
    to steps: inout [EditStep]
  ) {
    let affix = CommonAffix(reference, hypothesis)
    let (inner, other) = (affix.inner(reference), affix.inner(hypothesis))
    steps.append(contentsOf: repeatElement(.hit, count: affix.prefix))
    let bound = min(limit, max(inner.count, other.count))
    // Two bits a cell of the band; below a mebibyte the matrix is kept whole.
    let size = 2 * min(inner.count, 2 * bound + 1) * other.count / 8
    if size < 1 << 20 || inner.count < 65 || other.count < 10 {
      let known = isExact ? limit : nil
      appendWhole(inner, other, symbolCount, .halving, distance: known, to: &steps)
    } else {
      let distance = isExact ? limit : bounded(inner, other, symbolCount)
      let half = other.startIndex + other.count / 2
      let (cut, left) = split(inner, other, symbolCount, at: half, distance)
      appendHalved(
        inner[..<cut],
        other[..<half],
        symbolCount,
        limit: left,
        isExact: true,
        to: &steps
      )
      appendHalved(
        inner[cut...],
        other[half...],
        symbolCount,
        limit: distance - left,
        isExact: true,
        to: &steps
      )
    }
    steps.append(contentsOf: repeatElement(.hit, count: affix.suffix))
  }

  /// The first place of the reference that a shortest way passes at a place of the hypothesis, and
  /// the edits before it.
  private static func split(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    _ symbolCount: Int,
    at half: Int,
    _ distance: Int
  ) -> (cut: Int, left: Int) {
    var forward = EditRows(
      pattern: reference,
      text: hypothesis,
      symbolCount: symbolCount,
      limit: distance
    )
    forward.advance(to: half - hypothesis.startIndex)
    let left = forward.values()
    let reversedReference = Array(reference.reversed())
    let reversedHypothesis = Array(hypothesis.reversed())
    var backward = EditRows(
      pattern: reversedReference[...],
      text: reversedHypothesis[...],
      symbolCount: symbolCount,
      limit: distance
    )
    backward.advance(to: hypothesis.endIndex - half)
    let right = backward.values()
    for (index, value) in left.values.enumerated() {
      let place = left.first + index
      let mirrored = reference.count - place - right.first
      guard right.values.indices.contains(mirrored) else { continue }
      if value + right.values[mirrored] == distance { return (reference.startIndex + place, value) }
    }
    preconditionFailure("no shortest way passes the middle")
  }

  /// Rows whose bits are kept at once: 64 MiB of 24 bytes a block.
  private static let recordLimit = (64 << 20) / 24

  private static func appendWhole(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    _ symbolCount: Int,
    _ preference: EditPreference,
    distance known: Int?,
    to steps: inout [EditStep]
  ) {
    guard !reference.isEmpty, !hypothesis.isEmpty else {
      steps.append(contentsOf: repeatElement(.deletion, count: reference.count))
      steps.append(contentsOf: repeatElement(.insertion, count: hypothesis.count))
      return
    }
    let limit = known ?? bounded(reference, hypothesis, symbolCount)
    var rows = EditRows(
      pattern: reference,
      text: hypothesis,
      symbolCount: symbolCount,
      limit: limit
    )
    let width = min(reference.count, limit + 1) / 64 + 2
    let height = max(1, recordLimit / width)
    var checkpoints = [rows.checkpoint()]
    while rows.row + height < hypothesis.count {
      rows.advance(to: rows.row + height)
      checkpoints.append(rows.checkpoint())
    }
    var backtrace = Backtrace(reference, hypothesis, preference)
    while let checkpoint = checkpoints.popLast() {
      rows.restore(checkpoint)
      var record: EditRows.Record? = .init()
      rows.advance(to: min(checkpoint.row + height, hypothesis.count), record: &record)
      if let record { backtrace.follow(record, downTo: checkpoint.row) }
    }
    steps.append(contentsOf: backtrace.finished())
  }
}

/// What two sequences share at their ends.
private struct CommonAffix {
  let prefix: Int
  let suffix: Int

  init(_ one: ArraySlice<Int32>, _ other: ArraySlice<Int32>) {
    let shortest = min(one.count, other.count)
    prefix = zip(one, other).prefix { $0 == $1 }.count
    suffix =
      zip(one.reversed(), other.reversed()).prefix(shortest - prefix).prefix { $0 == $1 }
      .count
  }

  func inner(_ sequence: ArraySlice<Int32>) -> ArraySlice<Int32> {
    sequence.dropFirst(prefix).dropLast(suffix)
  }
}

/// Follows a shortest way back from the last cell.
private struct Backtrace {
  private let reference: ArraySlice<Int32>
  private let hypothesis: ArraySlice<Int32>
  private let preference: EditPreference
  private var column: Int
  private var row: Int
  private var reversed: [EditStep] = []

  init(
    _ reference: ArraySlice<Int32>,
    _ hypothesis: ArraySlice<Int32>,
    _ preference: EditPreference
  ) {
    self.reference = reference
    self.hypothesis = hypothesis
    self.preference = preference
    column = reference.count
    row = hypothesis.count
  }

  /// Goes back to a row.
  mutating func follow(_ record: EditRows.Record, downTo end: Int) {
    while row > end, column > 0 {
      let cell = record.cell(row, column - 1)
      switch preference {
      case .halving where cell.up: delete()
      case .halving where record.falls(row - 1, column - 1): insert()
      case .halving: pair()
      case .latestPair where cell.grown: insert()
      case .latestPair where cell.up: delete()
      case .latestPair: pair()
      }
    }
    while row > end { insert() }
  }

  private mutating func delete() {
    column -= 1
    reversed.append(.deletion)
  }

  private mutating func insert() {
    row -= 1
    reversed.append(.insertion)
  }

  private mutating func pair() {
    column -= 1
    row -= 1
    let isHit =
      reference[reference.startIndex + column] == hypothesis[hypothesis.startIndex + row]
    reversed.append(isHit ? .hit : .substitution)
  }

  /// The steps in order, what is left of the reference first.
  mutating func finished() -> [EditStep] {
    while column > 0 { delete() }
    return reversed.reversed()
  }
}
