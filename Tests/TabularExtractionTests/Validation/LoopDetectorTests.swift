import TabularExtraction
import Testing
import TranscriptModel

@Suite struct LoopDetectorTests {
  /// Rows of a text and a start in seconds.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rows: [(text: String, start: Int?)]

    init(_ name: String, _ rows: [(String, Int?)]) {
      testDescription = name
      self.rows = rows
    }
  }

  /// The first loop, and the number of rows read when it became certain.
  static func detect(
    _ rows: [(text: String, start: Int?)]
  ) -> (loops: [LoopDetector.Loop], at: Int?) {
    var detector = LoopDetector()
    var certain: Int?
    for (index, row) in rows.enumerated() {
      let start = row.start.map { Timecode(milliseconds: $0 * 1000) }
      if detector.append(row.text, start: start) != nil, certain == nil { certain = index + 1 }
    }
    return (detector.loops, certain)
  }

  /// Ordinary rows that no two of are alike.
  static func speech(_ count: Int, from second: Int = 0) -> [(String, Int?)] {
    (0..<count).map { ("Point \($0 * 7919) leads us to \($0 * 104_729 % 997)", second + $0 * 4) }
  }

  static func times(_ count: Int, _ row: (Int) -> (String, Int?)) -> [(String, Int?)] {
    (0..<count).map(row)
  }

  static let verse = [
    "Down by the river we are waiting", "for the morning to come round",
    "and the bells that I remember", "are the first to make a sound",
  ]

  static let legitimate = [
    Case("ordinary speech", speech(500)),
    Case(
      "“Yes.” thirty times in a quick exchange",
      times(60) { ($0 % 2 == 0 ? "Yes." : "No?", $0) }
    ),
    Case("“Yes.” twenty times in a row", times(20) { ("Yes.", $0) }),
    Case("“No.” five times within a second", times(5) { _ in ("No.", 7) }),
    Case("a refrain of four lines, four times", times(16) { (verse[$0 % 4], $0 * 3) }),
    Case("one line of a song, four times", times(4) { (verse[0], $0 * 3) }),
    Case(
      "applause between rows",
      times(80) { $0 % 2 == 0 ? ("[applause]", $0 * 5) : speech(81)[$0] }
    ),
    Case("applause, sixty rows long", times(60) { ("[Applause]", $0 * 10) }),
    Case("a countdown", times(10) { ("T minus \(10 - $0)", $0) }),
    Case(
      "a roll-call",
      times(50) { ("\(verse[$0 % 4].prefix($0 % 9 + 12)), how do you vote? Aye.", $0 * 5) }
    ),
    Case("rows without text", times(200) { ("", $0) }),
    Case("a sentence said again much later", speech(40) + [speech(40)[3]] + speech(30, from: 400)),
    Case("a minute read out twice", speech(20) + speech(20, from: 300)),
    Case(
      "“no” twenty-five times in one row",
      [(Array(repeating: "no", count: 25).joined(separator: " "), 0)]
    ),
    Case(
      "a long row",
      [(times(900) { ("w\($0 * 31 % 977)", 0) }.map(\.0).joined(separator: " "), 0)]
    ),
  ]

  @Test("what people do say is left alone", arguments: legitimate)
  func allows(_ example: Case) {
    #expect(Self.detect(example.rows).loops.isEmpty)
  }

  static let line = "and that is why we have to think about it"

  static let loops: [(Case, LoopDetector.Loop.Kind, first: Int, period: Int, within: Int)] = [
    (Case("frozen time", speech(9) + times(200) { _ in (line, 40) }), .frozenTime, 10, 1, 4),
    (
      Case("advancing time", speech(9) + times(200) { (line, 40 + $0 * 2) }), .advancingTime, 10, 1,
      10
    ),
    (Case("no times", speech(9) + times(200) { _ in (line, nil) }), .advancingTime, 10, 1, 10),
    (
      Case("one word, time frozen", speech(9) + times(200) { _ in ("Yeah.", 40) }), .frozenTime, 10,
      1, 12
    ),
    (
      Case("one word, time advancing", speech(9) + times(200) { ("Yeah.", 40 + $0) }),
      .advancingTime, 10, 1, 100
    ),
    (
      Case("a verse, time advancing", speech(9) + times(200) { (verse[$0 % 4], 40 + $0) }),
      .advancingTime, 13, 4, 40
    ),
    (
      Case(
        "a verse, from the top each time",
        speech(9) + times(200) { (verse[$0 % 4], 40 + $0 % 4) }
      ), .frozenTime, 13, 4, 12
    ),
    (
      Case("the whole block again, with its times", speech(40) + speech(40)), .frozenTime, 40, 40,
      40
    ),
    (
      Case(
        "the whole block again and again, later",
        speech(40) + speech(40, from: 200) + speech(40, from: 400)
      ), .advancingTime, 40, 40, 60
    ),
    (
      Case(
        "a counter",
        speech(9) + times(200) { ("This is what we call the number \($0) of the list", 40 + $0) }
      ), .similarText, 10, 1, 20
    ),
    (
      Case(
        "a counter, time frozen",
        speech(9) + times(200) { ("This is what we call the number \($0) of the list", 40) }
      ), .similarText, 10, 1, 6
    ),
    (
      Case(
        "one row without end",
        speech(9) + [(times(300) { _ in (line, 0) }.map(\.0).joined(separator: " "), 40)]
      ), .withinRow, 9, 1, 1
    ),
    (
      Case("one word without end", speech(9) + [(String(repeating: "the ", count: 400), 40)]),
      .withinRow, 9, 1, 1
    ),
    (
      Case("one syllable without end", speech(9) + [(String(repeating: "ha", count: 400), 40)]),
      .withinRow, 9, 1, 1
    ),
    (
      Case("signs without blanks", speech(9) + [(String(repeating: "ありがとう", count: 100), 40)]),
      .withinRow, 9, 1, 1
    ),
  ]

  @Test("a loop is found, says where it began, and is found early", arguments: loops)
  func finds(
    _ example: Case,
    _ kind: LoopDetector.Loop.Kind,
    _ first: Int,
    _ period: Int,
    _ within: Int
  ) throws {
    let (loops, certain) = Self.detect(example.rows)
    let loop = try #require(loops.first)
    #expect(loops.count == 1)
    #expect(loop.kind == kind)
    #expect(loop.rows.lowerBound == first)
    #expect(loop.rows.upperBound == example.rows.count - 1)
    #expect(loop.period == period)
    let rowsRead = try #require(certain)
    #expect(rowsRead <= first - (kind == .withinRow ? 0 : period) + within + period)
  }

  @Test("speech after a loop ends it")
  func endsLoop() {
    let rows = Self.times(30) { _ in (Self.line, 5) } + Self.speech(30, from: 10)
    #expect(Self.detect(rows).loops.map(\.rows) == [1...29])
  }

  @Test("rows of a table are read by role")
  func readsTables() {
    let table = Reply.transcripts((0..<12).map { _ in ("0:05", Self.line, 1) })
    var detector = LoopDetector()
    let found = (0..<table.rowCount).compactMap { detector.append(row: $0, of: table) }
    #expect(found.count == 1)
    #expect(detector.loops.map(\.rows) == [1...11])
  }

  @Test("an unfinished row that repeats itself can be told, its last word cut anywhere")
  func readsUnfinishedRows() {
    let text = Array(String(repeating: Self.line + " ", count: 60).utf8)
    for cut in 2000..<2050 {
      #expect(text[..<cut].withUnsafeBufferPointer { LoopDetector.repeats($0) })
    }
    let speech = Array(Self.speech(100).map(\.0).joined(separator: " ").utf8)
    #expect(!speech.withUnsafeBufferPointer { LoopDetector.repeats($0) })
  }

  @Test("a loop becomes one error that points at what repeats, and no repeated rows")
  func reportsLoop() {
    let rows = [("0:01", "Hello and welcome.", 1)] + (0..<30).map { _ in ("0:05", Self.line, 1) }
    let found = TranscriptAssembler().assemble([Reply.transcripts(rows.map { ($0.0, $0.1, $0.2) })])
    let loop = found.findings.filter { $0.code == .looped }
    #expect(loop.map(\.severity) == [.error])
    #expect(loop.first?.rows.map(\.index) == Array(2...30))
    #expect(!found.findings.contains { $0.code == .repeatedRow })
  }
}

@Suite struct RepeatedRowTests {
  @Test("a row that stands twice is found, by its second place")
  func findsRepeatedRow() {
    let rows = [("0:05", "we go on now", 1), ("0:05", "we go on now", 1), ("0:09", "b", 1)]
    #expect(TabularExtractionTests.rows(findings(.repeatedRow, rows)) == [1])
  }

  @Test("the same words by another voice, at another time, or few of them are left alone")
  func allowsRepetition() {
    let rows = [
      ("0:05", "we go on now", 1), ("0:05", "we go on now", 2), ("0:09", "we go on now", 2),
      ("0:10", "Yes. Yes.", 1), ("0:10", "Yes. Yes.", 1), ("?", "we go on now", 1),
      ("?", "we go on now", 1),
    ]
    #expect(findings(.repeatedRow, rows).isEmpty)
  }
}
