internal import PlainText
internal import UnicodeText

/// Compares the spellings of names word by word.
package enum NameSpelling {
  /// Names longer than this are compared by their beginning.
  private static let maximumLength = 200

  /// The words of a name as they are compared, without punctuation: equal for spellings of one name
  /// that differ in case, accents and encoding.
  package static func folded(_ name: String) -> [String] {
    words(SearchFolding.folded(String(name.prefix(maximumLength))))
  }

  /// The words of a name as they are written, in lower case, without punctuation.
  static func written(_ name: String) -> [String] {
    words(name.prefix(maximumLength).lowercased())
  }

  private static func words(_ name: String) -> [String] {
    name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether two different words are likely the same name: they differ in accents only, or have equal
  /// initials, and one letter changed, added or lost, two in words of eight letters or more.
  ///
  /// Three letters are enough where one was added or lost (`Jon`, `John`), four where it was changed
  /// (`Eric`, `Erik`). A plural or genitive is no other spelling.
  package static func isVariant(_ one: String, _ other: String) -> Bool {
    guard one != other else { return false }
    let folded = [one, other].map(SearchFolding.folded)
    if folded[0] == folded[1] { return true }
    let (one, other) = (Array(folded[0]), Array(folded[1]))
    let (shorter, longer) = one.count <= other.count ? (one, other) : (other, one)
    guard shorter.count >= (shorter.count == longer.count ? 4 : 3), shorter.first == longer.first,
      longer.count - shorter.count <= 2, longer != shorter + ["s"]
    else { return false }
    let distance = EditDistance.between(shorter, longer, countsSwaps: true)
    return distance <= (longer.count >= 8 ? 2 : 1)
  }
}
