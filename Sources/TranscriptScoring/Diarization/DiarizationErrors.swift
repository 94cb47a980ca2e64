/// Who spoke when: how much of the time a hypothesis has wrong, and how.
///
/// Counted as NIST's `md-eval` and pyannote.metrics do: speakers are paired one to one so that they
/// share most time; overlapping turns count each.
public struct DiarizationErrors: Hashable, Sendable {
  /// Seconds of the reference's turns.
  public private(set) var total = 0.0
  /// Seconds under the right speaker.
  public private(set) var correct = 0.0
  /// Seconds of the reference that the hypothesis lacks.
  public private(set) var missed = 0.0
  /// Seconds of the hypothesis that the reference lacks.
  public private(set) var falseAlarm = 0.0
  /// Seconds under the wrong speaker.
  public private(set) var confusion = 0.0
  /// The speaker of the reference for each speaker of the hypothesis that has one.
  public private(set) var mapping: [String: String] = [:]
  /// The Jaccard error rate (DIHARD II): the mean over the reference's speakers of the share of the
  /// time of either that is not common to both, `0...1`; 1 without speakers.
  public private(set) var jaccardErrorRate = 1.0

  /// The diarization error rate: errors per second of the reference; above 1 when much is invented.
  ///
  /// Without a reference 0 for an empty hypothesis, else 1.
  public var rate: Double {
    let errors = missed + falseAlarm + confusion
    return total == 0 ? (errors == 0 ? 0 : 1) : errors / total
  }

  /// Scores a hypothesis.
  ///
  /// - Parameters:
  ///   - reference: Who spoke when.
  ///   - hypothesis: Who is said to have spoken when.
  ///   - scored: The stretches of time, in seconds, that are looked at; all when `nil`.
  ///   - collar: Seconds around each boundary of the reference that are not looked at, half before,
  ///     half after (pyannote's meaning; NIST's collar is one half).
  ///   - skipsOverlap: Leaves out stretches with several turns of the reference.
  public init(
    _ reference: [Turn],
    _ hypothesis: [Turn],
    scored: [ClosedRange<Double>]? = nil,
    collar: Double = 0,
    skipsOverlap: Bool = false
  ) {
    let times = SpeakerTimes(
      reference,
      hypothesis,
      scored: scored,
      collar: collar,
      skipsOverlap: skipsOverlap
    )
    // Of equally good pairings pyannote.metrics finds one for the error rate, seen from the hypothesis,
    // and one for the Jaccard rate, seen from the reference.
    let shared = times.shared
    let transposed = times.hypothesisSpeakers.indices.map { other in shared.map { $0[other] } }
    let pairs = Dictionary(
      uniqueKeysWithValues: Self.pairs(transposed).map { ($0.value, $0.key) }
    )
    for piece in times.pieces { add(piece, pairs) }
    for (speaker, other) in pairs {
      mapping[times.hypothesisSpeakers[other]] = times.referenceSpeakers[speaker]
    }
    jaccardErrorRate = Self.jaccard(times, Self.pairs(shared))
  }

  /// The columns of those rows that share time with theirs.
  private static func pairs(_ shared: [[Double]]) -> [Int: Int] {
    var pairs: [Int: Int] = [:]
    for (row, column) in Assignment.least(shared.map { $0.map { -$0 } }).enumerated() {
      if let column, shared[row][column] > 0 { pairs[row] = column }
    }
    return pairs
  }

  private mutating func add(_ piece: SpeakerTimes.Piece, _ pairs: [Int: Int]) {
    let spoken = piece.reference.values.reduce(0, +)
    let heard = piece.hypothesis.values.reduce(0, +)
    var right = 0
    for (speaker, turns) in piece.reference {
      guard let other = pairs[speaker], let heard = piece.hypothesis[other] else { continue }
      right += min(turns, heard)
    }
    total += piece.length * Double(spoken)
    correct += piece.length * Double(right)
    missed += piece.length * Double(max(0, spoken - heard))
    falseAlarm += piece.length * Double(max(0, heard - spoken))
    confusion += piece.length * Double(min(spoken, heard) - right)
  }

  private static func jaccard(_ times: SpeakerTimes, _ pairs: [Int: Int]) -> Double {
    var common = [Double](repeating: 0, count: times.referenceSpeakers.count)
    var either = common
    var isHeard = [Bool](repeating: false, count: common.count)
    for piece in times.pieces {
      for speaker in common.indices {
        let speaks = piece.reference[speaker] != nil
        let isPaired = pairs[speaker].map { piece.hypothesis[$0] != nil } ?? false
        if speaks { isHeard[speaker] = true }
        if speaks && isPaired { common[speaker] += piece.length }
        if speaks || isPaired { either[speaker] += piece.length }
      }
    }
    let errors = common.indices.filter { isHeard[$0] }.map { speaker in
      pairs[speaker] == nil ? 1 : (either[speaker] - common[speaker]) / either[speaker]
    }
    return errors.isEmpty ? 1 : errors.reduce(0, +) / Double(errors.count)
  }

  /// How far each speaker of the hypothesis is one person: the share of its time that goes to its
  /// most frequent speaker of the reference, `0...1`; 1 without time.
  public static func purity(_ reference: [Turn], _ hypothesis: [Turn]) -> Double {
    let times = SpeakerTimes(
      reference,
      hypothesis,
      scored: nil,
      collar: 0,
      skipsOverlap: false
    )
    var largest = 0.0
    var total = 0.0
    var shared = [[Double]](
      repeating: .init(repeating: 0, count: times.referenceSpeakers.count),
      count: times.hypothesisSpeakers.count
    )
    for piece in times.pieces {
      for other in piece.hypothesis.keys {
        total += piece.length
        for speaker in piece.reference.keys { shared[other][speaker] += piece.length }
      }
    }
    for row in shared { largest += row.max() ?? 0 }
    return total == 0 ? 1 : largest / total
  }

  /// How far each speaker of the reference was kept as one: purity with the parts exchanged.
  public static func coverage(_ reference: [Turn], _ hypothesis: [Turn]) -> Double {
    purity(hypothesis, reference)
  }
}
