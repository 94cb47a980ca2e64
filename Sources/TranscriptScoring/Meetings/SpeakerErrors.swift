internal import UnicodeText

/// Word errors of a conversation, once speakers are paired.
public struct SpeakerErrors: Hashable, Sendable {
  /// A pair of speakers; one is `nil` where the other has nobody.
  public struct Pair: Hashable, Sendable {
    /// The speaker of the reference.
    public let reference: String?
    /// The speaker of the hypothesis.
    public let hypothesis: String?
    /// The errors between them.
    public let counts: ErrorCounts
  }

  /// The pairs: those of the reference's speakers in their order, then who is left over.
  public let pairs: [Pair]

  /// The errors of all pairs.
  public var counts: ErrorCounts { pairs.reduce(ErrorCounts()) { $0 + $1.counts } }
  /// Speakers of the reference without a counterpart.
  public var missedSpeakers: Int { pairs.count { $0.hypothesis == nil } }
  /// Speakers of the hypothesis without a counterpart.
  public var surplusSpeakers: Int { pairs.count { $0.reference == nil } }

  /// The concatenated minimum-permutation word error rate (cpWER, Watanabe 2020), as meeteval counts.
  ///
  /// What each speaker said is put together in the order of time; speakers are paired so that the
  /// errors are fewest.
  public static func concatenated(_ reference: [Utterance], _ hypothesis: [Utterance]) -> Self {
    var table = SymbolTable<ExactText>()
    let one = reference.inTime.bySpeaker.map { SpeakerWords($0, &table) }
    let other = hypothesis.inTime.bySpeaker.map { SpeakerWords($0, &table) }
    return paired(one, other) { one, other in
      EditAlignment.distance(one.words[...], other.words[...], symbolCount: table.count)
    } counts: { one, other in
      ErrorCounts(
        EditAlignment.steps(
          one.words[...],
          other.words[...],
          symbolCount: table.count,
          preference: .latestPair
        )
      )
    }
  }

  /// The same under the condition that words are no further apart in time than a collar (tcpWER,
  /// von Neumann 2023), as meeteval counts.
  ///
  /// Within an utterance each word of the reference takes time by its length in characters; each
  /// word of the hypothesis is a point in the middle of such a stretch.
  ///
  /// - Parameters:
  ///   - reference: Every utterance has a start and an end.
  ///   - hypothesis: Every utterance has a start and an end.
  ///   - collar: Seconds before and after a word of the hypothesis.
  /// - Throws: `ScoringError` when a time is missing or ends lie before starts, or when more words
  ///   share a stretch of time than memory holds.
  public static func timeConstrained(
    _ reference: [Utterance],
    _ hypothesis: [Utterance],
    collar: Double
  ) throws(ScoringError) -> Self {
    var table = SymbolTable<ExactText>()
    var one: [TimedWords] = []
    for group in reference.inTime.bySpeaker {
      one.append(try TimedWords(group, &table, arePoints: false, collar: 0))
    }
    var other: [TimedWords] = []
    for group in hypothesis.inTime.bySpeaker {
      other.append(try TimedWords(group, &table, arePoints: true, collar: collar))
    }
    let cells = one.flatMap { one in other.map { TimedMatrix.cellCount(one, $0) } }.max() ?? 0
    guard cells <= TimedMatrix.limit else {
      throw ScoringError(
        description:
          "\(cells) pairs of words lie within each other's collar: tcpWER needs times of "
          + "utterances, not of the whole"
      )
    }
    return paired(one, other) { one, other in
      TimedMatrix(one, other, keepsRows: false).distance
    } counts: { one, other in
      TimedMatrix(one, other, keepsRows: true).counts
    }
  }

  private static func paired<Words: EmptyWords>(
    _ reference: [Words],
    _ hypothesis: [Words],
    distance: (Words, Words) -> Int,
    counts: (Words, Words) -> ErrorCounts
  ) -> Self {
    let size = max(reference.count, hypothesis.count)
    let one = reference + Array(repeating: .none, count: size - reference.count)
    let other = hypothesis + Array(repeating: .none, count: size - hypothesis.count)
    let costs = one.map { one in other.map { Double(distance(one, $0)) } }
    let columns = Assignment.least(costs)
    return SpeakerErrors(
      pairs: columns.enumerated().map { row, column in
        let column = column ?? row
        return Pair(
          reference: row < reference.count ? one[row].speaker : nil,
          hypothesis: column < hypothesis.count ? other[column].speaker : nil,
          counts: counts(one[row], other[column])
        )
      }
    )
  }
}

/// The words of a speaker, of which there may be none.
protocol EmptyWords {
  static var none: Self { get }
  var speaker: String { get }
}

/// What one speaker said, as symbols.
struct SpeakerWords: EmptyWords {
  let speaker: String
  let words: [Int32]

  static let none = SpeakerWords(speaker: "", words: [])

  private init(speaker: String, words: [Int32]) {
    self.speaker = speaker
    self.words = words
  }

  init(
    _ group: (speaker: String, utterances: [Utterance]),
    _ table: inout SymbolTable<ExactText>
  ) {
    speaker = group.speaker
    words = table.numbers(
      of: group.utterances.flatMap { $0.text.betweenBlanks() }.map(ExactText.init)
    )
  }
}
