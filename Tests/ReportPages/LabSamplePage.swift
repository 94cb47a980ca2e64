import Foundation
import HTMLReports
import ReportSamples
import TranscriptModel

/// A lab's page over the sample: two variants, two clips, a moment of each kind.
enum LabSamplePage {
  private typealias Reading = HTMLLab.Reading

  /// Writes the page, and one with a hostile text wherever a text can be.
  static func write(to folder: URL) throws {
    guard let document = SampleDocuments.sampleVideo else { return }
    let page = lab(of: document, mediaPath: "sample.webm") { $0 }
    try Data(page.rendered()).write(to: folder.appending(path: "lab.html"))
    let text = HostileTexts.all[0]
    let hostile = lab(of: HostileTexts.document(with: text), mediaPath: text) { _ in text }
    try Data(hostile.rendered()).write(to: folder.appending(path: "hostile/lab.html"))
  }

  private static func lab(
    of document: TranscriptDocument,
    mediaPath: String,
    text: (String) -> String
  ) -> HTMLLab {
    let tick = HTMLLab.Axis.Tick.init
    return HTMLLab(
      title: text("Two wordings"),
      summary: text("Round 1 · 2 variants x 2 clips x 2 repeats"),
      verdict: [text("No variant differs from now in WER beyond the noise.")],
      columns: [
        .init(title: "WER", meaning: text("Wrong words to words said.")),
        .init(title: "USD", meaning: "Money a clip."),
      ],
      variants: [
        .init(
          name: text("now"),
          details: text("transcribe"),
          quality: .init(value: 0.02, low: 0.01, high: 0.04),
          cost: 0.0006,
          cells: ["2.0 %", "0.00060"]
        ),
        .init(
          name: text("terse"),
          details: text("rows turn"),
          quality: .init(value: 0.03, low: 0.01, high: 0.06),
          cost: 0.0005,
          cells: ["3.0 %", "0.00050"]
        ),
      ],
      costs: .init(
        title: "US dollars a clip",
        low: 0.0004,
        high: 0.0007,
        ticks: [tick(0.0004, "0.0004"), tick(0.0007, "0.0007")]
      ),
      qualities: .init(
        title: "WER, less is better",
        low: 0,
        high: 0.06,
        ticks: [tick(0, "0 %"), tick(0.06, "6 %")]
      ),
      tables: [
        .init(
          title: text("WER by clip"),
          columns: ["Clip", text("now"), text("terse")],
          rows: [[text("sample 00:00-00:16"), "2.0 %", "3.0 %"]],
          isNumeric: true
        )
      ],
      clips: [0, 1].map { clip(Array(document.transcript.segments), $0, document, mediaPath, text) }
    )
  }

  private static func clip(
    _ segments: [TranscriptSegment],
    _ number: Int,
    _ document: TranscriptDocument,
    _ mediaPath: String,
    _ text: (String) -> String
  ) -> HTMLLab.Clip {
    let rows = segments.dropFirst(number * 2).prefix(2)
    return HTMLLab.Clip(
      title: text("sample, clip \(number + 1)"),
      source: document.source,
      mediaPath: mediaPath,
      axis: "the reference",
      rows: [
        rows.map { _ in .init(error: 0, stability: 1) },
        rows.map { _ in .init(error: 0.5, stability: 0.5) },
      ],
      starts: rows.map(\.start),
      moments: rows.map { segment in
        HTMLLab.Moment(
          start: segment.start,
          speaker: text("Tomas Okoye"),
          text: segment.text,
          readings: [
            reading("now", mark: "best", segment, text),
            reading("terse", mark: "worst", segment, text),
          ]
        )
      }
    )
  }

  private static func reading(
    _ variant: String,
    mark: String,
    _ segment: TranscriptSegment,
    _ text: (String) -> String
  ) -> HTMLLab.Reading {
    let isWorst = mark == "worst"
    return HTMLLab.Reading(
      variant: text(variant),
      mark: mark,
      occasion: isWorst ? text("repeat 2") : "",
      start: segment.start,
      speaker: text("Somebody else"),
      isOtherSpeaker: isWorst,
      isMoved: isWorst,
      words: [.init(segment.text, .same)]
        + (isWorst ? [.init(text(" once"), .removed), .init(text(" twice"), .added)] : [])
    )
  }
}
