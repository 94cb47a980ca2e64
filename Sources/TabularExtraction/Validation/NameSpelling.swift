internal import PlainText

/// Compares the spellings of names word by word.
package enum NameSpelling {
  /// Names longer than this are compared by their beginning.
  private static let maximumLength = 200

  /// The words of a name in lower case, without punctuation.
  package static func folded(_ name: String) -> [String] {
    name.prefix(maximumLength).lowercased()
      .split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Whether two different words are likely the same name: equal initials, and one letter changed,
  /// added or lost, two in words of eight letters or more.
  ///
  /// Three letters are enough where one was added or lost (`Jon`, `John`), four where it was changed
  /// (`Eric`, `Erik`). A plural or genitive is no other spelling.
  package static func isVariant(_ one: String, _ other: String) -> Bool {
    let (one, other) = (Array(one), Array(other))
    let (shorter, longer) = one.count <= other.count ? (one, other) : (other, one)
    guard shorter.count >= (shorter.count == longer.count ? 4 : 3), shorter.first == longer.first,
      longer.count - shorter.count <= 2, shorter != longer, longer != shorter + ["s"]
    else { return false }
    let distance = EditDistance.between(shorter, longer, countsSwaps: true)
    return distance <= (longer.count >= 8 ? 2 : 1)
  }
}
