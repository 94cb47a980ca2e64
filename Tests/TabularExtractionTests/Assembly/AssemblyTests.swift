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

  @Test("other names for tables and columns make the same transcript")
  func followsRoles() {
    var rows = Table(
      name: "task1",
      columns: [
        Column(name: "asid", type: .integer, role: .voice), Column(name: "said", role: .text),
        Column(name: "at", role: .start), Column(name: "mood", role: .emotion),
        Column(name: "note"),
      ]
    )
    rows.append([.integer(4), .text("Woof."), .text("0:03"), .text("calm"), .missing])
    var sources = Table(
      name: "task2_sources",
      columns: [
        Column(name: "asid", type: .integer, role: .voice), Column(name: "type", role: .type),
        Column(name: "name", role: .name),
      ]
    )
    sources.append([.integer(4), .text("animal"), .text("Rex")])
    let transcript = TranscriptAssembler().assemble([sources, rows]).transcript
    #expect(transcript.segments.map(\.text) == ["Woof."])
    #expect(transcript.segments.map(\.voice) == [4])
    #expect(
      transcript.segments[0].extras == [.init(column: "mood", role: .emotion, value: .text("calm"))]
    )
    #expect(transcript.speakers.map(\.label) == ["Rex"])
    #expect(
      transcript.speakers[0].extras == [.init(column: "type", role: .type, value: .text("animal"))]
    )
  }

  @Test("tables without roles stay plain tables")
  func leavesPlainTables() {
    var table = Table(name: "things", columns: [Column(name: "start"), Column(name: "text")])
    table.append([.text("00:05"), .text("a")])
    let result = TranscriptAssembler().assemble([table])
    #expect(result.tables == [table])
    #expect(result.transcript == Transcript())
    #expect(result.findings.isEmpty)
  }

  @Test("tables about a transcript are none")
  func leavesRecipes() {
    var quotes = Table(
      name: "quotes",
      columns: [
        Column(name: "row", type: .integer, role: .row), Column(name: "quote", role: .text),
      ]
    )
    quotes.append([.integer(1), .text("Well said.")])
    #expect(TranscriptAssembler().assemble([quotes]).transcript.segments.isEmpty)
  }

  @Test("voices that are words get numbers, the same in rows and speakers")
  func numbersVoices() {
    var rows = Table(
      name: "t",
      columns: [Column(name: "text", role: .text), Column(name: "voice", role: .voice)]
    )
    for voice in ["spk_b", "spk_a", "spk_c", "spk_b"] { rows.append([.text("x"), .text(voice)]) }
    var speakers = Table(
      name: "s",
      columns: [Column(name: "voice", role: .voice), Column(name: "name", role: .name)]
    )
    speakers.append([.text("spk_a"), .text("Ada")])
    speakers.append([.text("spk_b"), .text("Bo")])
    let result = TranscriptAssembler().assemble([rows, speakers])
    #expect(result.transcript.segments.map(\.voice) == [2, 1, 3, 2])
    #expect(result.transcript.speakers.map(\.label) == ["Ada", "Bo", "[voice 3]"])
    #expect(result.findings.map(\.code) == [.unknownVoice])
  }

  @Test("an end that the reply gives is kept and is no estimate")
  func keepsGivenEnds() {
    var table = Table(
      name: "t",
      columns: [
        Column(name: "start", role: .start), Column(name: "end", role: .end),
        Column(name: "text", role: .text),
      ]
    )
    table.append([.text("0:01"), .text("0:02"), .text("a")])
    table.append([.text("0:05"), .missing, .text("b")])
    let segments = TranscriptAssembler(duration: time("0:09")).assemble([table]).transcript.segments
    #expect(segments.map(\.end) == [time("0:02"), time("0:09")])
    #expect(segments.map(\.endIsEstimate) == [false, true])
  }

  @Test("no rows are no transcript, and an error")
  func tellsOfNothing() {
    let result = TranscriptAssembler(duration: time("10:00"))
      .assemble([Reply.transcripts([]), Reply.speakers([])])
    #expect(result.transcript == Transcript())
    #expect(result.findings.map(\.code) == [.noRows])
    #expect(result.findings.tellOfNothing)
  }

  @Test("rows of which none has a time are kept, with an error")
  func tellsOfNoTimes() {
    let rows = Reply.transcripts([("?", "Welcome.", 1), ("later", "Thank you.", 1)])
    let result = TranscriptAssembler(duration: time("10:00"))
      .assemble([rows, Reply.speakers(names: [1: "Ada"])])
    #expect(result.transcript.segments.map(\.text) == ["Welcome.", "Thank you."])
    #expect(result.findings.first { $0.code == .noTimes }?.severity == .error)
  }

  @Test("other tables without any row tell of nothing too")
  func tellsOfEmptyTables() {
    let sounds = Table(name: "sounds", columns: [Column(name: "start", role: .start)])
    #expect(TranscriptAssembler().assemble([sounds]).findings.map(\.code) == [.noRows])
  }
}
