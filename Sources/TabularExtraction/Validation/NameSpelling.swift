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
    return distance(shorter, longer) <= (longer.count >= 8 ? 2 : 1)
  }

  /// Letters to change, add, remove or swap with the next one to get from one word to another.
  private static func distance(_ one: [Character], _ other: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...other.count)
    for (row, letter) in one.enumerated() {
      var current = [row + 1]
      for (column, target) in other.enumerated() {
        let change = last[column] + (letter == target ? 0 : 1)
        var best = min(change, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, letter == other[column - 1], one[row - 1] == target {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[other.count]
  }
}
