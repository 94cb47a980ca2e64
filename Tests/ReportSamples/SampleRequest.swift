public import HTMLReports
internal import OrderedJSON

extension SampleDocuments {
  /// A request as it may stand behind a page, with a text in every field.
  public static func request(quoting text: String) -> RequestRecord {
    RequestRecord(
      prompt: "Transcribe the video “\(text)”.\nWrite one row for each sentence.",
      parameters: ["seed": 42, "note": .string(text)],
      schema: ["type": "object", "description": .string(text)],
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
