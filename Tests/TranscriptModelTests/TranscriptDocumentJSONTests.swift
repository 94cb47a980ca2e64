import Foundation
import OrderedJSON
import Testing
import TranscriptModel

@Suite struct TranscriptDocumentJSONTests {
  static let columns = [
    Column(name: "start", role: .start), Column(name: "text", role: .text),
    Column(name: "voice", type: .integer, role: .voice),
    Column(name: "mood", role: .emotion), Column(name: "sure", type: .number, role: .confidence),
    Column(name: "loud", type: .boolean),
  ]

  static var transcripts: Table {
    var table = Table(name: "transcripts", columns: columns)
    let start = Timecode(milliseconds: 5500)
    table.append([
      .time(start), .text("“Hi”\n<b>"), .integer(1), .missing, .number("0.50"), .boolean(true),
    ])
    table.append([.invalid("soon"), .text(""), .invalid("one"), .text("calm"), .missing, .missing])
    table.append([
      .time(.init(milliseconds: 3_723_000)), .missing, .missing, .missing, .missing,
      .boolean(false),
    ])
    return table
  }

  static var document: TranscriptDocument {
    let second = TranscriptSegment.Field(column: "mood", role: .emotion, value: .text("calm"))
    let transcript = Transcript(
      segments: [
        TranscriptSegment(
          row: 0,
          start: .init(milliseconds: 5500),
          end: .init(milliseconds: 9000),
          endIsEstimate: true,
          voice: 1,
          text: "“Hi”\n<b>"
        ),
        TranscriptSegment(
          row: 1,
          start: nil,
          end: nil,
          endIsEstimate: true,
          voice: nil,
          text: "",
          extras: [second]
        ),
      ],
      speakers: [
        Speaker(
          voice: 1,
          name: "Ada Lovelace",
          company: "—",
          position: "Analyst",
          role: "Host",
          nameStatus: .shown
        ),
        Speaker(voice: 2, isDescribed: false),
      ]
    )
    var document = TranscriptDocument(
      source: .init(
        uri: "talk.webm",
        kind: "file",
        stem: "talk",
        title: "A talk",
        mimeType: "video/webm",
        durationMS: 60000
      ),
      run: .init(
        id: "r1",
        startedAt: "2026-01-02T03:04:05Z",
        tool: "tabscribe 0.1.0",
        backend: "ai-studio",
        model: "gemini-3.5-flash-lite",
        modelVersion: "v",
        prompt: "transcribe",
        promptDigest: "00",
        schema: "transcripts-speakers",
        encoding: "json",
        clip: TimeRange(start: .zero, end: .init(milliseconds: 60000)),
        parameters: ["fps": 1, "seed": 42],
        finishReason: "STOP"
      ),
      tables: [
        transcripts,
        Table(name: "speakers", columns: [Column(name: "voice", type: .integer, role: .voice)]),
      ],
      transcript: transcript,
      findings: [
        Finding(
          .timeUnreadable,
          "“soon” is not a time",
          rows: [.init(table: "transcripts", index: 1)]
        ),
        Finding("not-known-yet", .note, "From a later version"),
      ],
      usage: Usage(
        promptTokens: 10,
        cachedTokens: 4,
        outputTokens: 3,
        thoughtsTokens: 2,
        toolUseTokens: 1,
        promptTokensByModality: [
          .init(modality: "VIDEO", tokens: 9), .init(modality: "TEXT", tokens: 1),
        ]
      ),
      cost: .init(estimatedLow: Decimal(string: "0.0125"), billed: Decimal(string: "0.00000007")),
      isComplete: false
    )
    document.corrections = [["row": 0, "text": "Hi"]]
    return document
  }

  @Test("a document comes back from its JSON as it was")
  func roundTrips() throws {
    let original = Self.document
    let copy = try TranscriptDocument(json: original.json)
    #expect(copy.source == original.source)
    #expect(copy.run == original.run)
    #expect(copy.tables == original.tables)
    #expect(copy.transcript == original.transcript)
    #expect(copy.findings == original.findings)
    #expect(copy.usage == original.usage)
    #expect(copy.cost == original.cost)
    #expect(copy.isComplete == original.isComplete)
    #expect(copy.corrections == original.corrections)
    #expect(copy.json.rendered() == original.json.rendered())
  }

  @Test("a document of nothing but the obligatory comes back as it was")
  func roundTripsTheLeast() throws {
    let original = TranscriptDocument(
      source: .init(uri: "u", kind: "https", stem: "u"),
      run: .init(
        id: "",
        startedAt: "",
        tool: "",
        backend: "",
        model: "",
        prompt: "",
        promptDigest: "",
        schema: "",
        encoding: "tsv"
      ),
      tables: [],
      transcript: Transcript(),
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
    let copy = try TranscriptDocument(json: JSONValue(parsing: original.jsonBytes()))
    #expect(copy.json == original.json)
    #expect(copy.usage == nil)
  }

  @Test("the bytes and the tree are one document")
  func bytesEqualTree() throws {
    let document = Self.document
    let written = try JSONValue(parsing: document.jsonBytes())
    for key in document.json.object?.keys ?? [] { #expect(written[key] == document.json[key]) }
    #expect(written.object?.count == document.json.object?.count)
  }

  @Test("the bytes have a line for each row, segment, speaker and finding")
  func writesLines() {
    let lines = String(decoding: Self.document.jsonBytes(), as: UTF8.self).split(separator: "\n")
    #expect(lines.contains { $0.contains(#"["00:05.500","“Hi”\n<b>",1,"?",0.50,true]"#) })
    #expect(
      lines.contains { $0.contains(#""startMS":5500"#) && $0.contains(#""endIsEstimate":true"#) }
    )
    #expect(lines.allSatisfy { $0.count < 400 })
  }

  @Test("missing is a question mark in rows, absent or null elsewhere; money is decimal text")
  func writesMissingAndMoney() {
    let json = Self.document.json
    #expect(json["schemaVersion"] == 1)
    #expect(json["complete"] == false)
    #expect(json["tables"]?["transcripts"]?["rows"]?[2] == ["1:02:03", "?", "?", "?", "?", false])
    #expect(json["segments"]?[1]?["startMS"] == .null)
    #expect(json["speakers"]?[1]?.object?.keys == ["voice", "label", "nameStatus", "described"])
    #expect(json["segments"]?[0]?.object?.keys.last == "text")
    #expect(json["speakers"]?[1]?["label"] == "[voice 2]")
    #expect(json["cost"] == ["currency": "USD", "estimatedLow": "0.0125", "billed": "0.00000007"])
  }

  static let faults: [(String, JSONValue, String)] = [
    ("schemaVersion", 2, "schemaVersion 2 is not the one known, 1"),
    ("complete", "yes", "complete: true or false is due"),
    (
      "segments", [["row": 0, "text": "a"], ["row": "x"]], "segments[1].row: a whole number is due"
    ),
    (
      "tables", ["t": ["columns": ["a", "b"], "rows": [["1"]]]],
      "tables.t.rows[0]: a list of 2 cells is due"
    ),
    (
      "findings", [["code": "x", "severity": "bad", "message": ""]],
      "findings[0].severity: error, warning or note is due"
    ),
    ("cost", ["billed": "much"], "cost.billed: an amount of money as decimal text is due"),
    ("run", ["id": "x"], "run: the member “startedAt” is missing"),
  ]

  @Test("a fault is reported with its place", arguments: faults)
  func reportsPlace(_ key: String, _ value: JSONValue, _ message: String) throws {
    var object = try #require(Self.document.json.object)
    object[key] = value
    let json = JSONValue.object(object)
    let error = #expect(throws: TranscriptDocumentError.self) {
      _ = try TranscriptDocument(json: json)
    }
    #expect(error?.description == message)
  }
}
