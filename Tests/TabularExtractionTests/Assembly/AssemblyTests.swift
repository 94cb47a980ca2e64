import TabularExtraction
import Testing
import TranscriptModel

/// Tables as a decoder makes them.
enum Reply {
  static let transcriptColumns = [
    Column(name: "start", role: .start), Column(name: "text", role: .text),
    Column(name: "voice", type: .integer, role: .voice),
  ]
  static let speakerColumns = [
    Column(name: "voice", type: .integer, role: .voice), Column(name: "name", role: .name),
    Column(name: "company", role: .company), Column(name: "position", role: .position),
    Column(name: "role", role: .role),
  ]

  static func transcripts(_ rows: [(String, String, Int?)]) -> Table {
    var table = Table(name: "transcripts", columns: transcriptColumns)
    for (start, text, voice) in rows {
      table.append([cell(start), cell(text), voice.map { .integer($0) } ?? .missing])
    }
    return table
  }

  static func speakers(_ rows: [(Int, String, String, String, String)]) -> Table {
    var table = Table(name: "speakers", columns: speakerColumns)
    for row in rows {
      table.append([.integer(row.0), cell(row.1), cell(row.2), cell(row.3), cell(row.4)])
    }
    return table
  }

  static func speakers(names: [Int: String]) -> Table {
    speakers(names.sorted { $0.key < $1.key }.map { ($0.key, $0.value, "?", "?", "?") })
  }

  static func cell(_ text: String) -> Cell { text == "?" ? .missing : .text(text) }
}

func time(_ text: String) -> Timecode {
  (try? Timecode(parsing: text)) ?? Timecode(milliseconds: -1)
}

@Suite struct AssemblyTests {
  static let tables = [
    Reply.transcripts([
      ("00:02", "Welcome.", 1), ("00:05", "Thank you.", 2), ("00:05", "Thanks.", 3),
      ("?", "Mm.", nil),
      ("00:09", "Shall we?", 1),
    ]),
    Reply.speakers([(2, "Ada Lovelace", "?", "Analyst", "Guest"), (1, "?", "?", "?", "Host")]),
  ]

  @Test("times, texts and voices become segments in row order")
  func makesSegments() {
    let result = TranscriptAssembler(duration: time("00:12")).assemble(Self.tables)
    let segments = result.transcript.segments
    #expect(segments.map(\.row) == [0, 1, 2, 3, 4])
    #expect(segments.map(\.start) == [time("0:02"), time("0:05"), time("0:05"), nil, time("0:09")])
    #expect(segments.map(\.text) == ["Welcome.", "Thank you.", "Thanks.", "Mm.", "Shall we?"])
    #expect(segments.map(\.voice) == [1, 2, 3, nil, 1])
  }

  @Test("a row ends where the next later one starts, the last at the end, and says it is estimated")
  func estimatesEnds() {
    let result = TranscriptAssembler(duration: time("00:12")).assemble(Self.tables)
    let ends = result.transcript.segments.map(\.end)
    #expect(ends == [time("0:05"), time("0:09"), time("0:09"), nil, time("0:12")])
    #expect(result.transcript.segments.allSatisfy { $0.endIsEstimate })
    let unknown = TranscriptAssembler().assemble(Self.tables)
    #expect(unknown.transcript.segments.last?.end == nil)
  }

  @Test("speakers come in table order, then voices that are only heard")
  func listsSpeakers() {
    let speakers = TranscriptAssembler().assemble(Self.tables).transcript.speakers
    #expect(speakers.map(\.voice) == [2, 1, 3])
    #expect(speakers.map(\.isDescribed) == [true, true, false])
    #expect(speakers.map(\.label) == ["Ada Lovelace", "[voice 1, Host]", "[voice 3]"])
    #expect(speakers[0].company == nil)
  }

  @Test("the tables come back with typed times")
  func typesTables() {
    let result = TranscriptAssembler().assemble(Self.tables)
    #expect(result.tables[0][0, 0] == .time(time("00:02")))
    #expect(result.tables[0][3, 0] == .missing)
    #expect(result.tables[1] == Self.tables[1])
  }
}
