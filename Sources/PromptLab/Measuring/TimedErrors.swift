package import TranscriptScoring

/// Word errors of whole transcripts, and of each minute of the reference.
package struct TimedErrors {
  package private(set) var counts = ErrorCounts()
  package private(set) var minutes: [(minute: Int, counts: ErrorCounts)] = []
  package let alignment: WordAlignment

  package init(_ reference: [Utterance], _ hypothesis: [Utterance]) {
    let reference = Self.inTime(reference)
    let words = reference.map { $0.text.split(separator: " ") }
    let moments = zip(reference, words).flatMap { utterance, words in
      words.map { _ in utterance.start }
    }
    alignment = WordAlignment(
      reference: words.flatMap(\.self),
      hypothesis: Self.inTime(hypothesis).flatMap { $0.text.split(separator: " ") }
    )
    counts = alignment.counts
    guard let first = moments.first, first != nil else { return }
    var byMinute: [Int: ErrorCounts] = [:]
    var row = 0
    for step in alignment.steps {
      // What is inserted belongs to the minute of the word before it.
      let moment = moments[min(max(0, step == .insertion ? row - 1 : row), moments.count - 1)] ?? 0
      byMinute[Int(min(max(0, moment), 1e9)) / 60, default: .init()] =
        (byMinute[Int(min(max(0, moment), 1e9)) / 60] ?? .init()) + ErrorCounts([step])
      row += step == .insertion ? 0 : 1
    }
    minutes = byMinute.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// In the order of starts, where all have one.
  package static func inTime(_ utterances: [Utterance]) -> [Utterance] {
    guard utterances.allSatisfy({ $0.start != nil }) else { return utterances }
    return utterances.enumerated()
      .sorted { ($0.element.start ?? 0, $0.offset) < ($1.element.start ?? 0, $1.offset) }
      .map(\.element)
  }
}
