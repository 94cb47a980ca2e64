import OrderedJSON
import Testing
import TranscriptModel

@Suite struct SpeechMapTests {
  private func range(_ start: Int, _ end: Int) -> TimeRange {
    TimeRange(start: Timecode(milliseconds: start), end: Timecode(milliseconds: end))
  }

  @Test func stretchesThatShareAUnitAreOne() {
    let map = SpeechMap([range(0, 250), range(290, 410), range(900, 950)], durationMS: 60_000)
    #expect(map.unitMS == 100)
    #expect(map.ranges == [0..<500, 900..<1000])
  }

  @Test func aDayIsAsSmallAsAnHour() {
    let hour = 3_600_000
    for hours in [1, 24, 1000] {
      let ranges = stride(from: 0, to: hours * hour, by: 2000 * hours).map { range($0, $0 + 900) }
      let map = SpeechMap(ranges, durationMS: hours * hour)
      #expect(map.stretches.count <= 2000)
      #expect(map.ranges.last.map { $0.upperBound <= hours * hour + map.unitMS } == true)
    }
  }

  @Test func itIsReadAsItIsWritten() throws {
    var document = TranscriptDocumentJSONTests.document
    #expect(document.json["speech"] == nil)
    document.speech = SpeechMap([range(1200, 3400), range(5000, 9000)], durationMS: 12_000)
    #expect(document.json["speech"] == ["unitMS": 100, "edges": [12, 34, 50, 90]])
    #expect(try JSONValue(parsing: document.jsonBytes()) == document.json)
    #expect(try TranscriptDocument(json: document.json).speech == document.speech)
  }

  @Test(
    arguments: [
      #"{"unitMS": 0, "edges": []}"#, #"{"unitMS": 100, "edges": [1]}"#,
      #"{"unitMS": 100, "edges": [4, 3]}"#, #"{"unitMS": 100, "edges": [true, 3]}"#,
      #"{"unitMS": 9007199254740991, "edges": [1, 9007199254740991]}"#, #"{"edges": []}"#,
    ]
  )
  func whatIsNoMapIsRefused(_ text: String) throws {
    var json = TranscriptDocumentJSONTests.document.json.object ?? [:]
    json["speech"] = try JSONValue(parsing: [UInt8](text.utf8))
    #expect(throws: TranscriptDocumentError.self) {
      try TranscriptDocument(json: .object(json))
    }
  }
}
