internal import Foundation
public import HTMLReports
internal import OrderedJSON
internal import TranscriptModel

extension SampleDocuments {
  /// A request as it may stand behind a page, with a text in every field.
  public static func request(quoting text: String) -> RequestRecord {
    RequestRecord(
      prompt: "Transcribe the video “\(text)”.\nWrite one row for each sentence.",
      parameters: ["seed": 42, "note": .string(text)],
      schema: ["type": "object", "description": .string(text)],
      calls: [
        .init(
          kind: "clip",
          clip: TimeRange(start: .zero, end: Timecode(milliseconds: 600_000)),
          outcome: "answered, MAX_TOKENS",
          attempts: 2,
          startedAt: "2026-03-12T18:04:00Z",
          durationMS: 12_345,
          usage: Usage(promptTokens: 9812, cachedTokens: 4096, outputTokens: 1234),
          cost: Decimal(string: "0.00123")
        ),
        .init(kind: text, outcome: text, startedAt: text),
      ],
      reply: "{\"task1_transcripts\": [[\"\(text)\"]]}",
      attempts: [
        .init(
          startedAt: "2026-03-12T18:04:00Z",
          outcome: "429, waited 12 s; key AIzaSyA-0123456789abcdefghijklmnopqrstuvw"
        ),
        .init(startedAt: "2026-03-12T18:04:12Z", outcome: "done"),
        .init(startedAt: text, outcome: text),
      ]
    )
  }
}
