internal import TranscriptModel
package import TranscriptScoring
internal import UnicodeText

/// Rows that take their times from the words of another program, or of a speech model.
package enum WordMatch {
  /// A word that was heard.
  package struct Word: Hashable, Sendable {
    /// The word, as it was written.
    package let text: String
    /// When it begins, in milliseconds of the source.
    package let startMS: Int
    /// When it ends, in milliseconds, not before it begins.
    package let endMS: Int

    /// A word that was heard.
    package init(text: String, startMS: Int, endMS: Int) {
      (self.text, self.startMS, self.endMS) = (text, startMS, endMS)
    }
  }

  /// The share of a row's words that must be found; below, chance finds as many.
  private static let leastShare = 0.34
  /// What is no pause between words, in milliseconds: sounds that stop the breath last as long.
  private static let leastPause = 100

  /// When each row is spoken, by the words that both sides have in the same order.
  ///
  /// - Parameters:
  ///   - rows: The rows, in the order of their times.
  ///   - words: The words of the other program, in the order of theirs.
  package static func times(of rows: [SpokenRow], from words: [Word]) -> [RowAlignment.Row] {
    let parts = rows.map { $0.text.split(whereSeparator: \.isWhitespace).map(plain) }
    let alignment = WordAlignment(
      reference: parts.flatMap(\.self),
      hypothesis: words.map { plain(Substring($0.text)) }
    )
    let matches = matches(alignment.steps)
    var first = 0
    let found = zip(rows, parts).map { row, own -> RowAlignment.Row? in
      defer { first += own.count }
      let found = own.indices.compactMap { word in
        matches[first + word].map { (word: word, time: words[$0]) }
      }
      let share = Double(found.count) / Double(max(1, own.count))
      guard share >= leastShare, let start = found.first, let end = found.last else {
        return nil
      }
      let pace = pace(from: start, to: end)
      let startMS = max(0, start.time.startMS - pace * start.word)
      let endMS = max(startMS, end.time.endMS + pace * (own.count - 1 - end.word))
      let known = Dictionary(uniqueKeysWithValues: found.map { ($0.word, $0.time) })
      var reached = startMS
      let starts = own.indices.map { word in
        reached = max(reached, word == 0 ? startMS : known[word]?.startMS ?? reached)
        return min(reached, endMS)
      }
      let ends = Array(starts.dropFirst()) + [endMS]
      let words = own.indices.map { word in
        let end = known[word].map { min($0.endMS, ends[word]) } ?? ends[word]
        return WordTime(
          startMS: starts[word],
          endMS: ends[word] - end < leastPause ? ends[word] : max(starts[word], end)
        )
      }
      return .init(startMS: startMS, endMS: endMS, confidence: share, words: words)
    }
    return RowAlignment.ordered(moved(rows, found))
  }

  /// Rows that were not found go where the one before them went, or else the first that was found.
  private static func moved(
    _ rows: [SpokenRow],
    _ found: [RowAlignment.Row?]
  ) -> [RowAlignment.Row] {
    let shifts = zip(rows, found).map { row, time in time.map { $0.startMS - row.startMS } }
    var shift = shifts.lazy.compactMap(\.self).first ?? 0
    return rows.indices.map { index in
      if let time = found[index] {
        shift = shifts[index] ?? shift
        return time
      }
      let start = max(0, rows[index].startMS + shift)
      let length = rows[index].endMS.map { $0 - rows[index].startMS } ?? 0
      return .init(startMS: start, endMS: start + max(0, length), confidence: 0, words: [])
    }
  }

  /// The milliseconds that a word takes, at most half a second.
  private static func pace(
    from start: (word: Int, time: Word),
    to end: (word: Int, time: Word)
  ) -> Int {
    let words = end.word - start.word + 1
    return max(0, min(500, (end.time.endMS - start.time.startMS) / max(1, words)))
  }

  /// Of each word of the reference, the word it is the same as.
  package static func matches(_ steps: [EditStep]) -> [Int?] {
    var matches: [Int?] = []
    var other = 0
    for step in steps {
      switch step {
      case .hit:
        matches.append(other)
        other += 1
      case .substitution:
        matches.append(nil)
        other += 1
      case .deletion: matches.append(nil)
      case .insertion: other += 1
      }
    }
    return matches
  }

  /// A word without case and signs.
  package static func plain(_ word: Substring) -> Substring {
    Substring(SearchFolding.folded(String(word)).filter { $0.isLetter || $0.isNumber })
  }
}
