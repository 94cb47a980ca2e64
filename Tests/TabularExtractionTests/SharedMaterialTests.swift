import Foundation
import OrderedJSON
import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

/// Recorded material: whatever it holds, the decoders read it to its end, the same in any pieces.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct SharedMaterialTests {
  private static func lines(_ path: String) throws -> [JSONValue] {
    try SharedFixtures.text(path).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
  }

  /// A table of anything: rows whose columns are those that the messy cases have.
  private static func schema(columns: [String]) throws -> TableSchema {
    var properties = JSONObject()
    for name in columns { properties[name] = ["type": "string"] }
    let root: JSONValue = [
      "type": "object",
      "properties": [
        "rows": ["type": "array", "items": ["type": "object", "properties": .object(properties)]]
      ],
    ]
    return try TableSchema(name: "messy", parsing: root.rendered())
  }

  @Test(arguments: [
    "baml-cases", "fenced-outputs", "json-repair-cases", "jsonrepair-cases",
  ])
  func messyJSONGivesTheSameInAnyPieces(_ name: String) throws {
    let schema = try Self.schema(columns: ["key", "name", "text", "a", "b"])
    for line in try Self.lines("fixtures/messy-json/\(name).jsonl") {
      guard let input = line["input"]?.string else { continue }
      for encoding in ReplyEncoding.allCases {
        let whole = decode(Array(input.utf8), encoding, schema: schema)
        let bytewise = decode(Array(input.utf8), encoding, schema: schema, pieces: { _ in 1 })
        #expect(whole.tables == bytewise.tables, "\(input)")
        #expect(whole.findings == bytewise.findings, "\(input)")
      }
    }
  }

  /// Naughty strings in cells come back as they are, in both encodings.
  @Test(arguments: ReplyEncoding.allCases)
  func hostileTextSurvives(_ encoding: ReplyEncoding) throws {
    let schema = try #require(Sample.schema)
    let strings = try JSONValue(
      parsing: try SharedFixtures.text("fixtures/hostile-text/naughty-strings.json")
    )
    var rows = Table(name: "transcripts", columns: schema.tables[0].tableColumns)
    for string in strings.array?.compactMap(\.string) ?? [] {
      rows.append([.text("00:01"), .text("x" + string), .integer(1)])
    }
    let speakers = Table(name: "speakers", columns: schema.tables[1].tableColumns)
    let reply = ReplyEncoder(schema: schema).encoded([rows, speakers], as: encoding)
    let decoded = decode(reply, encoding)
    #expect(rows.rowCount > 50)
    #expect(decoded.tables == [rows, speakers])
    #expect(decoded.isComplete)
  }

  @Test func aRecordedListOfScenesIsRead() throws {
    let schema = try Self.schema(columns: ["time", "caption"])
    let folder = "fixtures/gemini-outputs/cookbook/"
    let text = try SharedFixtures.text(folder + "video_understanding-c23-2025-06-13-b3724b3-0.txt")
    let decoded = decode(text, schema: schema)
    #expect(decoded.tables[0].rowCount > 4)
    #expect(decoded.tables[0][0, 0] == .text("00:00 - 00:17"))
    #expect(decoded.codes.contains("fenced*"))
  }

  /// Recorded answers to other questions never look like a complete reply.
  @Test func answersWithoutTablesAreIncomplete() throws {
    let schema = try #require(Sample.schema)
    for answer in try Self.lines("fixtures/reference/decoding/expected.jsonl") {
      guard let text = answer["text"]?.string else { continue }
      for encoding in ReplyEncoding.allCases {
        let decoded = decode(Array(text.utf8), encoding, schema: schema)
        #expect(decoded.codes.contains("missing-table!"), "\(text)")
      }
    }
  }
}
