internal import UnicodeText

/// What one speaker said, as symbols, each with the time it may have been said at.
struct TimedWords: EmptyWords {
  let speaker: String
  let words: [Int32]
  let starts: [Double]
  let ends: [Double]

  static let none = TimedWords(speaker: "", words: [], starts: [], ends: [])

  private init(speaker: String, words: [Int32], starts: [Double], ends: [Double]) {
    self.speaker = speaker
    self.words = words
    self.starts = starts
    self.ends = ends
  }

  init(
    _ group: (speaker: String, utterances: [Utterance]),
    _ table: inout SymbolTable<ExactText>,
    arePoints: Bool,
    collar: Double
  ) throws(ScoringError) {
    speaker = group.speaker
    var words: [Substring] = []
    var starts: [Double] = []
    var ends: [Double] = []
    for utterance in group.utterances {
      guard let start = utterance.start, let end = utterance.end else {
        throw ScoringError(description: "tcpWER needs a start and an end of every utterance")
      }
      guard end >= start else {
        throw ScoringError(
          description: "an utterance ends at \(end) s, before its start \(start) s"
        )
      }
      let spoken = utterance.text.betweenBlanks()
      let lengths = spoken.map { $0.unicodeScalars.count }
      let unit = (end - start) / Double(max(1, lengths.reduce(0, +)))
      var passed = 0
      for (word, length) in zip(spoken, lengths) {
        // One word fills its utterance, also where the product below would round.
        let first = spoken.count == 1 ? start : start + unit * Double(passed)
        let last = spoken.count == 1 ? end : start + unit * Double(passed + length)
        passed += length
        words.append(word)
        starts.append((arePoints ? (last + first) / 2 : first) - collar)
        ends.append((arePoints ? (last + first) / 2 : last) + collar)
      }
    }
    self.words = table.numbers(of: words.lazy.map(ExactText.init))
    self.starts = starts
    self.ends = ends
  }

  /// Whether each word begins no earlier than the one before, and none before zero.
  var isSorted: Bool {
    var last = 0.0
    for start in starts {
      if start < last { return false }
      last = start
    }
    return true
  }
}
