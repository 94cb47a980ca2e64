internal import UnicodeText

/// Whether speakers have their names.
public struct NameErrors: Hashable, Sendable {
  /// Names of the reference that the hypothesis has, as the reference spells them.
  public private(set) var found: [String] = []
  /// Names of the reference that the hypothesis lacks.
  public private(set) var missed: [String] = []
  /// Names of the hypothesis that the reference lacks.
  public private(set) var wrong: [String] = []
  /// Words of the reference that somebody with a name says.
  public private(set) var namedWords = 0
  /// Those of them that the hypothesis has, rightly or wrongly heard, under that name.
  public private(set) var attributedWords = 0

  /// The share of named words under the right name, `0...1`; 1 without any.
  public var attributedShare: Double {
    namedWords == 0 ? 1 : Double(attributedWords) / Double(namedWords)
  }

  /// Compares names; spellings that differ in titles, accents, case or order are the same.
  ///
  /// - Parameters:
  ///   - reference: Who said what; the words parted by blanks.
  ///   - hypothesis: Who is said to have said what; the words parted by blanks.
  public init(_ reference: [Utterance], _ hypothesis: [Utterance]) {
    let known = Self.names(reference)
    let given = Self.names(hypothesis)
    for (name, spelling) in known {
      if given.contains(where: { $0.name == name }) {
        found.append(spelling)
      } else {
        missed.append(spelling)
      }
    }
    wrong = given.filter { entry in !known.contains { $0.name == entry.name } }.map(\.spelling)
    let one = AttributedWords(reference)
    let other = AttributedWords(hypothesis)
    let alignment = WordAlignment(reference: one.words, hypothesis: other.words)
    var (row, column) = (0, 0)
    for step in alignment.steps {
      let isPair = step == .hit || step == .substitution
      if step != .insertion, let name = one.names[row] {
        namedWords += 1
        if isPair, other.names[column] == name { attributedWords += 1 }
      }
      row += step == .insertion ? 0 : 1
      column += step == .deletion ? 0 : 1
    }
  }

  private static func names(_ utterances: [Utterance]) -> [(name: PersonName, spelling: String)] {
    var seen: Set<PersonName> = []
    return utterances.inTime.bySpeaker.compactMap { group in
      guard let name = PersonName(group.speaker), seen.insert(name).inserted else { return nil }
      return (name, group.speaker)
    }
  }

  /// Words in the order of time, each with its speaker's name.
  private struct AttributedWords {
    var words: [Substring] = []
    var names: [PersonName?] = []

    init(_ utterances: [Utterance]) {
      var known: [String: PersonName?] = [:]
      for utterance in utterances.inTime {
        let name = known[utterance.speaker] ?? PersonName(utterance.speaker)
        known[utterance.speaker] = .some(name)
        let spoken = utterance.text.betweenBlanks()
        words += spoken
        names += spoken.map { _ in name }
      }
    }
  }
}
