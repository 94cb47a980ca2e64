internal import TabularExtraction

/// A name by which voices of different pieces can be told to be one.
struct PersonName: Hashable {
  /// How two names stand to each other.
  enum Agreement {
    /// The same words.
    case same
    /// One is a part of the other, or a word is spelled otherwise: may be one person.
    case compatible
    /// Names of two people.
    case different
  }

  /// The words in lower case, without punctuation.
  let words: [String]
  /// The name as it is written.
  let written: String

  /// Words that say what somebody is and not who.
  private static let general: Set<String> = [
    "a", "an", "the", "and", "of", "in", "on", "off", "voice", "speaker", "unknown",
    "unidentified", "unnamed", "anonymous", "man", "woman", "male", "female", "boy", "girl",
    "host", "cohost", "co", "guest", "narrator", "interviewer", "interviewee", "moderator",
    "presenter", "announcer", "audience", "member", "reporter", "person", "participant", "caller",
    "panelist", "panellist", "crowd", "all", "none", "na", "n",
  ]

  /// A name; `nil` for words that name nobody, such as `Speaker 2`.
  init?(_ written: String) {
    let words = NameSpelling.folded(written)
    guard words.contains(where: { !Self.general.contains($0) && !$0.allSatisfy(\.isNumber) })
    else { return nil }
    self.words = words
    self.written = String(written.prefix(200))
  }

  static func == (left: PersonName, right: PersonName) -> Bool { left.words == right.words }

  func hash(into hasher: inout Hasher) { hasher.combine(words) }

  func agreement(with other: PersonName) -> Agreement {
    if words == other.words { return .same }
    let (one, two) = (Set(words), Set(other.words))
    if one.isSubset(of: two) || two.isSubset(of: one) { return .compatible }
    guard words.count == other.words.count else { return .different }
    let isVariant = zip(words, other.words).allSatisfy {
      $0 == $1 || NameSpelling.isVariant($0, $1)
    }
    return isVariant ? .compatible : .different
  }
}
