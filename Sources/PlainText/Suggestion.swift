/// Finds what somebody probably meant.
package enum Suggestion {
  /// The candidate nearest to the text, if it is near enough to be a slip of the finger.
  ///
  /// Near enough: a third of the longer word's length in edits, at least one, at most three; or
  /// one word begins with the other. Ties go to the earlier candidate.
  package static func nearest(to text: String, among candidates: [String]) -> String? {
    let wanted = Array(text.lowercased().unicodeScalars.prefix(64))
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let word = Array(candidate.lowercased().unicodeScalars)
      let distance = EditDistance.between(wanted, word, countsSwaps: true)
      let allowance = min(3, max(1, max(wanted.count, word.count) / 3))
      if distance <= allowance, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    if let best { return best.candidate }
    guard wanted.count >= 2 else { return nil }
    return candidates.first { $0.lowercased().hasPrefix(text.lowercased()) }
  }
}
