/// Finds what somebody probably meant.
public enum Suggestion {
  /// The candidate nearest to the text, if it is near enough to be a slip of the finger.
  ///
  /// Near enough: a third of the longer word's length in edits, at least one, at most three; or
  /// one word begins with the other. Ties go to the earlier candidate.
  public static func nearest(to text: String, among candidates: [String]) -> String? {
    let wanted = Array(text.lowercased().unicodeScalars.prefix(64))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let word = Array(candidate.lowercased().unicodeScalars)
      let distance = distance(wanted, word)
      let allowance = min(3, max(1, max(wanted.count, word.count) / 3))
      if distance <= allowance, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    if let best { return best.candidate }
    guard wanted.count >= 2 else { return nil }
    return candidates.first { $0.lowercased().hasPrefix(text.lowercased()) }
  }

  /// The least number of insertions, deletions, replacements and swaps of neighbours.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        let replacement = previous[j] + (left[i] == right[j] ? 0 : 1)
        var best = min(previous[j + 1] + 1, current[j] + 1, replacement)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          best = min(best, before[j - 1] + 1)
        }
        current.append(best)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
