internal import HTMLReports
internal import PromptLab
internal import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// A transcript beside its reference, as a page.
struct ScorePage {
  let sheet: ScoreSheet
  let source: TranscriptDocument.Source?
  let media: String?

  func rendered() -> [UInt8] {
    let rate = sheet.counts[.wer].map { "WER \(ScoreText.percent($0.rate))" }
    return HTMLComparison(
      title: "\(sheet.hypothesisName) against \(sheet.referenceName)",
      summary: [rate, "words are \(sheet.settings.normaliser.summary)"].compactMap(\.self)
        .joined(separator: " · "),
      leftTitle: "Reference: \(sheet.referenceName)",
      rightTitle: "Transcript: \(sheet.hypothesisName)",
      notes: sheet.notes.map(SettingWords.flags).map {
        $0.prefix(1).uppercased() + $0.dropFirst() + "."
      },
      tables: tables,
      rows: rows,
      source: source,
      mediaPath: media
    )
    .rendered()
  }

  private var tables: [HTMLComparison.Table] {
    var tables = [
      HTMLComparison.Table(
        title: "Scores",
        columns: ["Metric", "Score", "Of what"],
        rows: ScoreListing.metrics(of: sheet),
        isNumeric: false
      )
    ]
    if let pairs = (sheet.speakers[.cpwer] ?? sheet.speakers[.tcpwer])?.pairs {
      tables.append(
        .init(
          title: "Speakers",
          columns: ["Speaker", "Taken for", "Errors", "Rate"],
          rows: pairs.map { pair in
            [
              pair.reference ?? "nobody", pair.hypothesis ?? "nobody", "\(pair.counts.errors)",
              pair.reference == nil ? "" : ScoreText.percent(pair.counts.rate),
            ]
          },
          isNumeric: false
        )
      )
    }
    if sheet.minutes.count > 1 {
      tables.append(
        .init(
          title: "Minutes",
          columns: ["From", "Words", "Errors", "Rate"],
          rows: sheet.minutes.map { entry in
            [
              ScoreText.minute(entry.minute), "\(entry.counts.referenceCount)",
              "\(entry.counts.errors)", ScoreText.percent(entry.counts.rate),
            ]
          },
          isNumeric: true
        )
      )
    }
    return tables
  }

  /// The utterances of the reference beside those of the transcript, by the words they share.
  private var rows: [HTMLComparison.Row] {
    let (one, other) = (sheet.reference.transcript, sheet.hypothesis.transcript)
    let comparison = TranscriptComparison(one, other, tolerance: 2000)
    let words = sheet.settings.normaliser
    return comparison.rows.map { row in
      let left = row.first.map { sheet.reference.utterances[$0] }
      let right = row.second.map { sheet.hypothesis.utterances[$0] }
      // Texts that are the same to the normaliser are the same here.
      let isSame = left.map { words.words(of: $0.text) } == right.map { words.words(of: $0.text) }
      return PairedRow.row(
        changes: row.changes.filter { ($0 != .text || !isSame) && $0 != .name },
        left: left.map { Self.side($0) },
        right: right.map { Self.side($0) },
        marksWords: !isSame
      )
    }
  }

  private static func side(_ utterance: Utterance) -> PairedRow.Side {
    PairedRow.Side(
      start: utterance.start.map(SpokenRecord.timecode),
      speaker: utterance.speaker,
      text: utterance.text
    )
  }
}
