import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct SampleAnswerTests {
  /// The rows of the reference that begin inside a clip, as start and text.
  private func expectedRows(_ clip: Range<Int>) throws -> [[String?]] {
    try (Sample.reference()["task1_transcripts"]?.array ?? []).filter {
      clip.contains($0["startMS"]?.int ?? -1)
    }.map { [$0["start"]?.string, $0["text"]?.string] }
  }

  @Test func theSampleIsKnownInlineUploadedAndByItsAddress() async throws {
    try await EmulatorSession.run { session in
      let file = try await session.upload(Sample.video, type: "video/webm")
      let uri = try #require(file["uri"]?.string)
      let inline: JSONValue = [
        "contents": [
          [
            "parts": [
              [
                "inlineData": [
                  "mimeType": "video/webm", "data": JSONValue(base64(Sample.video)),
                ]
              ], ["text": "Transcribe."],
            ]
          ]
        ], "generationConfig": .tableConfig,
      ]
      for body in [inline, .prompt(uri: uri, config: .tableConfig), .prompt(config: .tableConfig)] {
        let answer = await session.call("generateContent", body).json
        let tables = try answer.answerTables()
        let rows = (tables["task1_transcripts"]?.array ?? []).map {
          [$0["start"]?.string, $0["text"]?.string]
        }
        let expected = try expectedRows(0..<Int.max)
        #expect(rows == expected)
        let speakers = try Sample.reference()["task2_speakers"]
        #expect(tables["task2_speakers"] == speakers)
        #expect(answer["candidates"]?[0]?["finishReason"]?.string == "STOP")
      }
    }
  }

  /// A byte more makes it a file that the emulator has to look at.
  @Test func aFileIsTheSameInlineAndUploaded() async throws {
    try await EmulatorSession.run { session in
      let video = Sample.video + [0]
      let uri = try #require(try await session.upload(video, type: "video/webm")["uri"]?.string)
      let inline: JSONValue = [
        "contents": [
          [
            "parts": [
              ["inlineData": ["mimeType": "video/webm", "data": JSONValue(base64(video))]],
              ["text": "Transcribe."],
            ]
          ]
        ], "generationConfig": .tableConfig,
      ]
      var usage: [JSONValue?] = []
      for body in [inline, .prompt(uri: uri, config: .tableConfig)] {
        let answer = await session.call("generateContent", body).json
        usage.append(answer["usageMetadata"]?["promptTokensDetails"])
      }
      #expect(usage[0] != nil && usage[0]?[1] == usage[1]?[1], "\(usage)")
    }
  }

  @Test func aClipHoldsOnlyItsRowsWithTimesOfTheSource() async throws {
    try await EmulatorSession.run { session in
      let part: JSONObject = ["videoMetadata": ["startOffset": "30s", "endOffset": "60.5s"]]
      let body = JSONValue.prompt(part: part, config: .tableConfig)
      let tables = try await session.call("generateContent", body).json.answerTables()
      let rows = tables["task1_transcripts"]?.array ?? []
      let expected = try expectedRows(30_000..<60_500)
      #expect(rows.map { [$0["start"]?.string, $0["text"]?.string] } == expected)
      let voices = rows.compactMap { $0["voice"]?.int }
      #expect(voices.first == 1)
      #expect(
        Set(voices) == Set((tables["task2_speakers"]?.array ?? []).compactMap { $0["voice"]?.int })
      )
    }
  }

  @Test func tabSeparatedBlocksHoldTheSameRowsAsJSON() async throws {
    try await EmulatorSession.run { session in
      let prompt = """
        Answer with two blocks:
        <TASK1_TRANSCRIPTS_TSV>
        start\ttext\tvoice
        </TASK1_TRANSCRIPTS_TSV>
        <TASK2_SPEAKERS_TSV>
        voice\tname\tcompany\tposition\trole
        </TASK2_SPEAKERS_TSV>
        """
      let text = await session.call("generateContent", .prompt(prompt)).json.answerText
      let tables = try await session.call("generateContent", .prompt(config: .tableConfig)).json
        .answerTables()
      var expected = "<TASK1_TRANSCRIPTS_TSV>\nstart\ttext\tvoice\n"
      for row in tables["task1_transcripts"]?.array ?? [] {
        expected += "\(row["start"]?.string ?? "")\t\(row["text"]?.string ?? "")"
        expected += "\t\(row["voice"]?.int ?? 0)\n"
      }
      #expect(
        text.hasPrefix(expected + "</TASK1_TRANSCRIPTS_TSV>\n<TASK2_SPEAKERS_TSV>\nvoice\tname")
      )
      #expect(text.hasSuffix("</TASK2_SPEAKERS_TSV>"))
    }
  }

  @Test func aStreamAddsUpToTheSameAnswerWithRunningCounts() async throws {
    try await EmulatorSession.run { session in
      let body = JSONValue.prompt(config: .tableConfig)
      let whole = await session.call("generateContent", body).json
      let reply = await session.call("streamGenerateContent?alt=sse", body)
      #expect(reply.headers["content-type"] == "text/event-stream")
      let events = try reply.events.map { try JSONValue(parsing: $0) }
      #expect(events.count > 5)
      #expect(events.map(\.answerText).joined() == whole.answerText)
      let totals = events.compactMap { $0["usageMetadata"]?["totalTokenCount"]?.int }
      #expect(totals == totals.sorted())
      // The second request finds the first one's beginning cached, so only the sums are equal.
      #expect(totals.last == whole["usageMetadata"]?["totalTokenCount"]?.int)
      let reasons = events.map { $0["candidates"]?[0]?["finishReason"]?.string }
      #expect(reasons.last == "STOP")
      #expect(reasons.dropLast().allSatisfy { $0 == nil })
      let array = await session.call("streamGenerateContent", body).json
      #expect(array.array?.map(\.answerText).joined() == whole.answerText)
    }
  }

  @Test func columnsAreFoundByNameInAnySchema() async throws {
    let schema: JSONValue = [
      "type": "object",
      "properties": [
        "lines": [
          "type": "array",
          "items": ["$ref": "#/$defs/line"],
        ]
      ],
      "$defs": [
        "line": [
          "type": "object",
          "properties": [
            "timecode": ["type": "number"], "verbatim": ["type": "string"],
            "asid": ["type": "string"],
            "mood": ["type": "string", "enum": ["calm", "tense"]], "sure": ["type": "boolean"],
          ],
        ]
      ],
    ]
    let config: JSONValue = [
      "responseMimeType": "application/json", "responseJsonSchema": schema,
    ]
    try await EmulatorSession.run { session in
      let tables = try await session.call("generateContent", .prompt(config: config)).json
        .answerTables()
      let first = try #require(tables["lines"]?[0])
      let reference = try #require(try Sample.reference()["task1_transcripts"]?[0])
      #expect(first["timecode"]?.double == 1.4)
      #expect(first["verbatim"] == reference["text"])
      #expect(first["asid"]?.string == "1")
      #expect(first["mood"]?.string == "calm")
      #expect(first["sure"]?.bool == false)
    }
  }
}

/// Standard base64.
private func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
