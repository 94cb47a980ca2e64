import TabularExtraction
import Testing
import TranscriptModel

@Suite struct TimeResolverTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The length of the media.
    let limit: String?
    /// Times as written, each with the words of its row.
    let rows: [(String, words: Int)]
    let expected: [String]
  }

  static let hours = Case(
    testDescription: "hours in a long video",
    limit: "3:00:00",
    rows: [("59:50", 9), ("01:00:02", 9), ("01:09:10", 9), ("02:30:00", 9)],
    expected: ["59:50", "1:00:02", "1:09:10", "2:30:00"]
  )

  static let cases = [
    hours,
    Case(
      testDescription: "hours of nought in a short video",
      limit: "10:00",
      rows: [("00:00:05", 9), ("00:00:11", 9), ("00:09:10", 9)],
      expected: ["0:05", "0:11", "9:10"]
    ),
    Case(
      testDescription: "hundredths that would be hours past the end",
      limit: "54:23",
      rows: [("00:05:20", 9), ("00:11:50", 9), ("01:09:10", 9), ("54:10:22", 9)],
      expected: ["0:05.2", "0:11.5", "1:09.1", "54:10.22"]
    ),
    Case(
      testDescription: "one time past the end among others that fit",
      limit: "54:23",
      rows: [("00:40", 9), ("00:55", 9), ("01:09:10", 9), ("01:15", 9)],
      expected: ["0:40", "0:55", "1:09.1", "1:15"]
    ),
    Case(
      testDescription: "whole minutes, few words, through the whole of the video",
      limit: "54:23",
      rows: (0..<12).map { ("00:\($0 * 4 + 10):00", 8) },
      expected: (0..<12).map { "\($0 * 4 + 10):00" }
    ),
    Case(
      testDescription: "minutes and seconds followed by :00, at the beginning of a video",
      limit: "2:54:23",
      rows: (0..<12).map { ("00:\($0 * 4 + 10):00", 8) },
      expected: (0..<12).map { "0:\($0 * 4 + 10)" }
    ),
    Case(
      testDescription: "whole minutes, a minute's words in each",
      limit: "54:23",
      rows: (1..<12).map { ("00:\($0 < 10 ? "0" : "")\($0):00", 150) },
      expected: (1..<12).map { "\($0):00" }
    ),
    Case(
      testDescription: "sparse speech over hours",
      limit: nil,
      rows: [("00:02:10", 5), ("00:40:40", 5), ("01:02:10", 5), ("01:10:40", 5), ("02:10:05", 5)],
      expected: ["2:10", "40:40", "1:02:10", "1:10:40", "2:10:05"]
    ),
    Case(
      testDescription: "a fraction that cannot be seconds tells the rest",
      limit: nil,
      rows: [("00:05:20", 9), ("00:11:75", 9), ("00:15:99", 9), ("00:20:10", 9)],
      expected: ["0:05.2", "0:11.75", "0:15.99", "0:20.1"]
    ),
    Case(
      testDescription: "milliseconds",
      limit: "2:00",
      rows: [("0", 5), ("2500", 5), ("9000", 9), ("65000", 3)],
      expected: ["0:00", "0:02.5", "0:09", "1:05"]
    ),
    Case(
      testDescription: "seconds past a thousand",
      limit: "1:00:00",
      rows: [("900", 5), ("1500", 5), ("2400", 9)],
      expected: ["15:00", "25:00", "40:00"]
    ),
    Case(testDescription: "one row", limit: "54:23", rows: [("01:09:10", 5)], expected: ["1:09.1"]),
    Case(
      testDescription: "one row, no length",
      limit: nil,
      rows: [("01:09:10", 5)],
      expected: ["1:09:10"]
    ),
  ]

  static func resolve(_ rows: [(String, words: Int)], limit: String?) -> (Table, [Finding]) {
    var table = Reply.transcripts(rows.map { ($0.0, words($0.words), 1) })
    let findings = TimeResolver(limit: limit.map(time)).resolve(&table)
    return (table, findings)
  }

  @Test("ambiguous times are settled by the length and by their neighbours", arguments: cases)
  func settles(_ example: Case) {
    let (table, _) = Self.resolve(example.rows, limit: example.limit)
    let times = (0..<table.rowCount).map { table[$0, 0].rendered }
    #expect(times == example.expected.map { time($0).renderedExactly })
  }

  @Test("a choice against the usual reading is one note with its rows; the usual one is none")
  func notesChoice() {
    let (_, findings) = Self.resolve(Self.cases[3].rows, limit: "54:23")
    #expect(findings.map(\.code) == [.timeAmbiguous])
    #expect(findings.first?.rows.map(\.index) == [2])
    #expect(findings.first?.message.contains("“01:09:10”") == true)
    #expect(Self.resolve(Self.hours.rows, limit: Self.hours.limit).1.isEmpty)
  }

  @Test("what cannot be read keeps its text, is an error, and never becomes a time")
  func keepsUnreadable() {
    let (table, findings) = Self.resolve(
      [("0:05", 1), ("later", 1), ("?", 1), ("soon", 1)],
      limit: nil
    )
    #expect(table[1, 0] == .invalid("later"))
    #expect(table[2, 0] == .missing)
    #expect(findings.map(\.code) == [.timeUnreadable])
    #expect(findings.first?.rows.map(\.index) == [1, 3])
    #expect(findings.first?.message == "“later” and 1 more cannot be read as a time in “start”.")
  }

  @Test("ranges and unusual spellings are read, and noted once each")
  func notesLeniency() {
    let rows = [("00:05 - 00:09", 1), ("[00:10]", 1), ("12s", 1), ("00:14", 1), ("0:15-0:16", 1)]
    let (table, findings) = Self.resolve(rows, limit: nil)
    #expect((0..<5).map { table[$0, 0].rendered } == ["00:05", "00:10", "00:12", "00:14", "00:15"])
    #expect(findings.map(\.code) == [.timeRange, .timeSpelling])
    #expect(findings.map { $0.rows.map(\.index) } == [[0, 4], [1, 2]])
    #expect(findings.allSatisfy { $0.severity == .note })
  }

  @Test("numbers of a numeric column are seconds, without a finding")
  func readsNumbers() {
    var table = Table(
      name: "t",
      columns: [
        Column(name: "from", type: .number, role: .start),
        Column(name: "to", type: .integer, role: .end),
      ]
    )
    table.append([.number("1.5"), .integer(3)])
    table.append([.number("61"), .integer(4000)])
    let findings = TimeResolver(limit: time("2:00:00")).resolve(&table)
    #expect(table[0, 0] == .time(time("0:01.5")))
    #expect(table[1, 1] == .time(time("1:06:40")))
    #expect(findings.isEmpty)
  }

  @Test("an end is read as near after its start as it can be")
  func settlesEnds() {
    var table = Table(
      name: "t",
      columns: [Column(name: "start", role: .start), Column(name: "end", role: .end)]
    )
    table.append([.text("01:09:10"), .text("01:11:00")])
    table.append([.text("02:00"), .text("00:02:05")])
    _ = TimeResolver(limit: time("54:23")).resolve(&table)
    #expect(table[0, 1] == .time(time("1:11")))
    #expect(table[1, 1] == .time(time("2:05")))
  }

  @Test("resolving again changes nothing")
  func isIdempotent() {
    for example in Self.cases {
      var (table, _) = Self.resolve(example.rows, limit: example.limit)
      let once = table
      #expect(TimeResolver(limit: example.limit.map(time)).resolve(&table).isEmpty)
      #expect(table == once)
    }
  }
}
