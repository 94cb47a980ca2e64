package import HTMLReports
internal import PromptTemplates
package import TranscriptModel
package import TranscriptScoring

/// Two rows beside each other, with their words compared.
package enum PairedRow {
  /// One of them.
  package struct Side {
    package let start: Timecode?
    package let speaker: String
    package let text: String

    /// A row of one side.
    package init(start: Timecode?, speaker: String, text: String) {
      (self.start, self.speaker, self.text) = (start, speaker, text)
    }
  }

  /// What a change is called, a word each.
  package static func word(_ change: TranscriptComparison.Change) -> String {
    switch change {
    case .text, .speaker, .name, .added, .missing: change.rawValue
    case .time: "moved"
    }
  }

  /// The changes of a row in their fixed order.
  package static func words(_ changes: Set<TranscriptComparison.Change>) -> [String] {
    TranscriptComparison.Change.allCases.filter(changes.contains).map(word)
  }

  package static func row(
    changes: Set<TranscriptComparison.Change>,
    left: Side?,
    right: Side?,
    marksWords: Bool
  ) -> HTMLComparison.Row {
    let difference = WordDifference(left?.text ?? "", right?.text ?? "")
    func side(_ side: Side?, without lacking: WordDifference.Change) -> HTMLComparison.Side? {
      guard let side else { return nil }
      let whole = [HTMLComparison.Stretch(side.text, .same)]
      return HTMLComparison.Side(
        start: side.start,
        speaker: side.speaker,
        words: marksWords
          ? difference.stretches.filter { $0.change != lacking }.map(stretch) : whole
      )
    }
    return HTMLComparison.Row(
      changes: words(changes),
      left: side(left, without: .added),
      right: side(right, without: .removed)
    )
  }

  /// The words of one text as they become those of another.
  package static func stretches(_ before: String, _ after: String) -> [HTMLComparison.Stretch] {
    WordDifference(before, after).stretches.map(stretch)
  }

  private static func stretch(_ stretch: WordDifference.Stretch) -> HTMLComparison.Stretch {
    switch stretch.change {
    case .same: .init(stretch.text, .same)
    case .removed: .init(stretch.text, .removed)
    case .added: .init(stretch.text, .added)
    }
  }
}
