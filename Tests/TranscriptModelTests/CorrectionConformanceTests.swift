import Foundation
import OrderedJSON
import TestSupport
import Testing
import TranscriptModel

/// The cases that the report's script is held to as well.
@Suite struct CorrectionConformanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let document: TranscriptDocument
    let json: JSONValue
    var testDescription: String { json["name"]?.string ?? "?" }
    var expected: JSONValue { json["expect"] ?? [:] }
  }

  static let file: JSONValue = {
    let path = SharedFixtures.projectRoot.appending(path: "Tests/ConformanceCases/corrections.json")
    let bytes = (try? Data(contentsOf: path)).map { [UInt8]($0) }
    return bytes.flatMap { try? JSONValue(parsing: $0) } ?? .null
  }()

  static let cases: [Case] = (file["cases"]?.array ?? []).compactMap { json in
    let rows = json["rows"] ?? file["rows"]
    return document(rows: rows).map { Case(document: $0, json: json) }
  }

  static func document(rows: JSONValue?) -> TranscriptDocument? {
    var json = TranscriptDocumentJSONTests.document.json.object ?? [:]
    json["segments"] = rows
    var source = json["source"]?.object ?? [:]
    source["title"] = file["title"]
    json["source"] = .object(source)
    json["speakers"] = file["speakers"]
    return try? TranscriptDocument(json: .object(json))
  }

  @Test func thereAreCases() { #expect(Self.cases.count >= 32) }

  @Test func theDigestIsWrittenDown() throws {
    let document = try #require(Self.document(rows: Self.file["rows"]))
    #expect(Self.file["machineFNV1a64"]?.string == document.machineDigest)
  }

  @Test(arguments: cases) func rowsAreAsExpected(_ example: Case) throws {
    let result = example.document.applying(example.json["corrections"]?.array ?? [])
    var changed: [String: JSONValue] = [:]
    for segment in result.transcript.segments
    where result.rows[segment.row]?.machine != nil && !result.added.contains(segment.row) {
      changed["\(segment.row)"] = [
        "voice": segment.voice.map { .init($0) } ?? .null, "text": .string(segment.text),
      ]
    }
    let expected = example.expected["changed"]?.object?.members ?? []
    #expect(changed == Dictionary(uniqueKeysWithValues: expected.map { ($0.key, $0.value) }))
    let checked = result.rows.filter { $0.value.isChecked }.keys.sorted()
    #expect(checked == (example.expected["checked"]?.array ?? []).compactMap(\.int))
    #expect(result.checkedRowCount == checked.count)
    #expect(result.changedRowCount == changed.count + result.added.count + result.removed.count)
  }

  @Test(arguments: cases) func theTitleIsAsExpected(_ example: Case) throws {
    let result = example.document.applying(example.json["corrections"]?.array ?? [])
    #expect(result.title == (example.expected["title"] ?? Self.file["title"])?.string)
  }

  @Test(arguments: cases) func rowsComeAndGoAsExpected(_ example: Case) throws {
    let result = example.document.applying(example.json["corrections"]?.array ?? [])
    let machine = example.document.transcript.segments
    let order = result.transcript.segments.map(\.row)
    #expect(order == example.expected["order"]?.array?.compactMap(\.int) ?? machine.map(\.row))
    var added: [String: JSONValue] = [:]
    for segment in result.transcript.segments where result.added.contains(segment.row) {
      added["\(segment.row)"] = [
        segment.voice.map { .init($0) } ?? .null, .string(segment.text),
        segment.start.map { .init($0.milliseconds) } ?? .null,
        segment.end.map { .init($0.milliseconds) } ?? .null, .bool(segment.endIsEstimate),
      ]
    }
    let expected = example.expected["added"]?.object?.members ?? []
    #expect(added == Dictionary(uniqueKeysWithValues: expected.map { ($0.key, $0.value) }))
    // What is there and what is gone make up the machine's rows.
    var rows = result.transcript.segments.filter { !result.added.contains($0.row) }.map {
      segment in
      result.rows[segment.row]?.machine ?? result.retimed[segment.row] ?? segment
    }
    for row in result.removed { rows.insert(row.segment, at: row.position) }
    #expect(rows == machine)
  }

  @Test(arguments: cases) func timesAreAsExpected(_ example: Case) throws {
    let result = example.document.applying(example.json["corrections"]?.array ?? [])
    var times: [String: JSONValue] = [:]
    for segment in result.transcript.segments
    where result.retimed[segment.row] != nil && !result.added.contains(segment.row) {
      times["\(segment.row)"] = [
        .init(segment.start?.milliseconds ?? -1), .init(segment.end?.milliseconds ?? -1),
        .bool(segment.endIsEstimate),
      ]
    }
    let expected = example.expected["times"]?.object?.members ?? []
    #expect(times == Dictionary(uniqueKeysWithValues: expected.map { ($0.key, $0.value) }))
    let words = example.expected["words"]?.object?.members ?? []
    let found = result.wordTimes.map { row, words in
      (String(row), JSONValue.array(words.map { [.init($0.startMS), .init($0.endMS)] }))
    }
    #expect(
      Dictionary(uniqueKeysWithValues: found)
        == Dictionary(uniqueKeysWithValues: words.map { ($0.key, $0.value) })
    )
  }

  @Test(arguments: cases) func speakersAreAsExpected(_ example: Case) throws {
    let result = example.document.applying(example.json["corrections"]?.array ?? [])
    var corrected = example.document
    corrected.transcript = result.transcript
    #expect(corrected.json["speakers"] == example.expected["speakers"] ?? Self.file["speakers"])
  }

  @Test(arguments: cases) func problemsAndMovesAreAsExpected(_ example: Case) throws {
    let result = example.document.applying(example.json["corrections"]?.array ?? [])
    let problems = result.problems.map { problem -> JSONValue in
      [
        .init(problem.index), problem.id.map { .string($0) } ?? .null,
        .string(problem.code.rawValue),
      ]
    }
    #expect(problems == example.expected["problems"]?.array ?? [])
    let moves = result.moves.map { move -> JSONValue in
      [.string(move.id), .init(move.row), .init(move.newRow)]
    }
    #expect(moves == example.expected["moves"]?.array ?? [])
  }

  @Test(arguments: cases) func whatIsReadIsWrittenAgain(_ example: Case) throws {
    for (index, json) in (example.json["corrections"]?.array ?? []).enumerated() {
      guard let correction = try? Correction(json: json, index: index) else { continue }
      #expect(try Correction(json: correction.json, index: index) == correction)
    }
  }
}
