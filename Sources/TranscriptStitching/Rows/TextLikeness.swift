internal import PlainText

/// How much two texts are the same words.
struct TextLikeness {
  /// The share of the words of the longer text that both have in the same order, 0 to 1.
  let whole: Double
  /// The share of the words of the shorter text that stand together in the longer one, 0 to 1.
  let part: Double
  /// The words of the longer text among which the shorter one stands.
  let place: Range<Int>

  private static let none = TextLikeness(whole: 0, part: 0, place: 0..<0)

  private init(whole: Double, part: Double, place: Range<Int>) {
    self.whole = whole
    self.part = part
    self.place = place
  }

  /// Compares two texts; takes time in proportion to the product of their words.
  init(_ one: WordList, _ other: WordList) {
    let (shorter, longer) = one.count <= other.count ? (one, other) : (other, one)
    guard shorter.count > 0 else {
      self = one.count == other.count ? TextLikeness(whole: 1, part: 1, place: 0..<0) : .none
      return
    }
    if shorter == longer {
      self.init(whole: 1, part: 1, place: 0..<longer.count)
      return
    }
    guard Self.mayBeAlike(shorter.words, longer.words) else {
      self = .none
      return
    }
    let fit = Self.fit(shorter.words, in: longer.words)
    let changes = EditDistance.between(shorter.words, longer.words)
    self.init(
      whole: 1 - Double(changes) / Double(longer.count),
      part: 1 - Double(fit.changes) / Double(shorter.count),
      place: fit.place
    )
  }

  /// Whether half of the shorter text's words are in the longer one at all.
  private static func mayBeAlike(_ shorter: [UInt64], _ longer: [UInt64]) -> Bool {
    var shared = 0
    if longer.count <= 24 {
      for word in shorter where longer.contains(word) { shared += 1 }
    } else {
      let words = Set(longer)
      for word in shorter where words.contains(word) { shared += 1 }
    }
    return shared * 2 >= shorter.count
  }

  /// Where the shorter text fits best into the longer one, and how many words differ there.
  private static func fit(
    _ shorter: [UInt64],
    in longer: [UInt64]
  ) -> (changes: Int, place: Range<Int>) {
    // Each entry: changes so far, and where in the longer text the fit began.
    var row = (0...longer.count).map { (changes: 0, start: $0) }
    for (index, word) in shorter.enumerated() {
      var diagonal = row[0]
      row[0] = (index + 1, 0)
      for column in longer.indices {
        var best = (diagonal.changes + (word == longer[column] ? 0 : 1), diagonal.start)
        diagonal = row[column + 1]
        if diagonal.changes + 1 < best.0 { best = (diagonal.changes + 1, diagonal.start) }
        if row[column].changes + 1 < best.0 { best = (row[column].changes + 1, row[column].start) }
        row[column + 1] = best
      }
    }
    var end = 0
    for column in row.indices where row[column].changes < row[end].changes { end = column }
    return (row[end].changes, min(row[end].start, end)..<end)
  }
}
