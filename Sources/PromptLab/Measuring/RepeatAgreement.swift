package import OrderedJSON
internal import TranscriptModel
package import TranscriptScoring
package import TranscriptionRuns

/// How far two transcripts of one source say the same.
package struct RepeatAgreement {
  package let first: String
  package let second: String
  package let rows: Int
  /// Rows with the same words.
  package let sameText: Int
  /// Rows that both have.
  package let shared: Int
  /// Shared rows by the same voice.
  package let sameSpeaker: Int
  package let words: ErrorCounts

  /// All pairs of transcripts of one source.
  package static func all(_ operands: [TranscriptOperand]) -> [RepeatAgreement] {
    operands.indices.flatMap { index in
      operands[(index + 1)...].filter {
        $0.document.source.uri == operands[index].document.source.uri
      }
      .map { RepeatAgreement(operands[index], $0) }
    }
  }

  private init(_ one: TranscriptOperand, _ other: TranscriptOperand) {
    let (first, second) = (one.document.transcript, other.document.transcript)
    // Only text and speakers are looked at: starts may lie anywhere.
    let comparison = TranscriptComparison(first, second, tolerance: .max)
    self.first = one.spelling
    self.second = other.spelling
    rows = comparison.rows.count
    let shared = comparison.rows.filter { $0.first != nil && $0.second != nil }
    self.shared = shared.count
    sameText = shared.count { !$0.changes.contains(.text) }
    sameSpeaker = shared.count { !$0.changes.contains(.speaker) }
    let normaliser = TextNormaliser.words
    words =
      TimedErrors(
        normaliser.normalised(SpokenRecord(first).utterances),
        normaliser.normalised(SpokenRecord(second).utterances)
      ).counts
  }

  /// Of all rows of either, the share that both have with the same words; 1 without rows.
  package var rowShare: Double { rows == 0 ? 1 : Double(sameText) / Double(rows) }
  /// Of the shared rows, the share by the same voice; 1 without any.
  package var speakerShare: Double { shared == 0 ? 1 : Double(sameSpeaker) / Double(shared) }
  /// The share of words that are the same; never below 0.
  package var wordShare: Double { max(0, 1 - words.rate) }

  package var json: JSONValue {
    [
      "first": .string(first), "second": .string(second), "rows": .init(rowShare),
      "words": .init(wordShare), "speakers": .init(speakerShare),
    ]
  }
}
