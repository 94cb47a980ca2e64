import OrderedJSON
import TabularExtraction
import Testing
import TranscriptModel
import TranscriptStitching

@Suite struct TranscriptStitcherTests {
  static let first = Sample.piece(
    0,
    60,
    [
      (2, "Welcome to the evening news.", 1), (20, "Thank you for having me here.", 2),
      (40, "What did you find in the archive?", 1), (50, "We found a box of old letters.", 2),
      (58, "And then we opened", 2),
    ],
    names: [1: "Ada Byron", 2: "?"]
  )
  static let second = Sample.piece(
    30,
    120,
    [
      (30, "for having me here.", 7), (40, "What did you find in the archive?", 4),
      (51, "We found a box of old letters.", 7), (58, "And then we opened it at once.", 7),
      (90, "Good night everybody.", 4),
    ],
    names: [4: "?", 7: "Mary Jones"]
  )

  @Test("two clips give each row once, whole, with the voices of both")
  func twoClips() {
    let whole = Sample.stitch([Self.first, Self.second], until: 120)
    #expect(
      whole.lines == [
        "2 1 Welcome to the evening news.", "20 2 Thank you for having me here.",
        "40 1 What did you find in the archive?", "51 2 We found a box of old letters.",
        "58 2 And then we opened it at once.", "90 1 Good night everybody.",
      ]
    )
    #expect(whole.transcript.speakers.map(\.name) == ["Ada Byron", "Mary Jones"])
    #expect(whole.merges.voices.map(\.from.count) == [2, 2])
    #expect(whole.origins[4].map(\.piece) == [1, 0])
    #expect(whole.isComplete)
  }

  @Test("a single piece goes through unchanged")
  func singlePiece() {
    let finding = Finding(.badType, "Odd.", rows: [.init(table: "transcripts", index: 3)])
    let piece = Sample.piece(
      0,
      60,
      [(5, "Mine is voice nine.", 9), (3, "Yes.", 4)],
      names: [9: "Ada"],
      findings: [finding]
    )
    let whole = Sample.stitch([piece], until: 60)
    let assembled = TranscriptAssembler(duration: Timecode(milliseconds: 60_000))
      .assemble(piece.tables)
    #expect(whole.tables == piece.tables)
    #expect(whole.transcript == assembled.transcript)
    #expect(whole.findings == [finding] + assembled.findings)
  }

  @Test("short answers at different times are different rows")
  func shortAnswers() {
    let one = Sample.piece(0, 60, [(35, "Yes.", 1), (45, "Yes.", 1), (50, "Yes.", 2)])
    let other = Sample.piece(
      30,
      90,
      [(36, "Yes.", 1), (45, "Yes.", 1), (50, "Yes.", 2), (56, "Yes.", 1)]
    )
    #expect(Sample.stitch([one, other], until: 90).transcript.segments.count == 4)
  }

  @Test("a row that one clip divides and the other does not appears once")
  func dividedRows() {
    let one = Sample.piece(
      0,
      60,
      [(10, "We begin.", 1), (40, "Hello there. How are you all today?", 1)]
    )
    let other = Sample.piece(
      30,
      90,
      [(40, "Hello there.", 3), (42, "How are you all today?", 3), (70, "Fine.", 2)]
    )
    let whole = Sample.stitch([one, other], until: 90)
    #expect(
      whole.lines == ["10 1 We begin.", "40 1 Hello there. How are you all today?", "70 2 Fine."]
    )
  }

  // MARK: Voices

  @Test("names of two people keep voices apart, with a finding that names both")
  func conflictingNames() {
    let one = Sample.piece(0, 60, [(40, "We found a box of letters.", 1)], names: [1: "Ada Byron"])
    let other = Sample.piece(
      30,
      90,
      [(40, "We found a box of letters.", 1)],
      names: [1: "Mary Jones"]
    )
    let whole = Sample.stitch([one, other], until: 90)
    #expect(whole.merges.voices.count == 2)
    let message = whole.findings(.voiceMatchDoubtful).first?.message ?? ""
    #expect(message.contains("Ada Byron") && message.contains("Mary Jones"))
  }

  @Test("two people of one name in one clip stay two")
  func oneNameTwice() {
    let one = Sample.piece(
      0,
      60,
      [(5, "I am the father.", 1), (9, "I am the son.", 2)],
      names: [1: "John Smith", 2: "John Smith"]
    )
    let other = Sample.piece(60, 90, [(70, "It is me again.", 1)], names: [1: "John Smith"])
    let whole = Sample.stitch([one, other], until: 90)
    #expect(whole.merges.voices.count == 3)
    #expect(!whole.findings(.voiceMatchDoubtful).isEmpty)
  }

  @Test("a voice that is absent in between is known again by its name, not without one")
  func absentVoices() {
    let pieces = [
      Sample.piece(
        0,
        60,
        [(5, "Good evening.", 1), (9, "Hello.", 2)],
        names: [1: "Ada Byron", 2: "?"]
      ),
      Sample.piece(60, 120, [(70, "A word from elsewhere.", 1)], names: [1: "Mary Jones"]),
      Sample.piece(
        120,
        180,
        [(130, "Back again.", 6), (140, "So am I.", 8)],
        names: [6: "ADA BYRON", 8: "?"]
      ),
    ]
    let whole = Sample.stitch(pieces, until: 180)
    #expect(whole.transcript.segments.map(\.voice) == [1, 2, 3, 1, 4])
    #expect(whole.findings(.voiceMatchDoubtful).map(\.severity) == [.note])
  }

  @Test(
    "what says nobody's name joins nobody",
    arguments: ["Speaker 1", "Unknown", "Host", "Voice 2"]
  )
  func generalNames(_ name: String) {
    let one = Sample.piece(0, 60, [(5, "Good evening.", 1)], names: [1: name])
    let other = Sample.piece(60, 90, [(70, "Good night.", 1)], names: [1: name])
    #expect(Sample.stitch([one, other], until: 90).merges.voices.count == 2)
  }

  @Test("a merge table can be edited and applied again")
  func editedMerges() throws {
    let whole = Sample.stitch([Self.first, Self.second], until: 120)
    var table = whole.merges
    let isMoved = table.move(piece: 1, voice: 4, to: 9)
    #expect(isMoved)
    let isMovedFromNowhere = table.move(piece: 5, voice: 1, to: 9)
    #expect(!isMovedFromNowhere)
    let edited = Sample.stitch([Self.first, Self.second], until: 120, using: table)
    #expect(edited.transcript.segments.map(\.voice) == [1, 2, 1, 2, 2, 9])
    let isMerged = table.merge(1, with: 9)
    #expect(isMerged)
    let back = Sample.stitch([Self.first, Self.second], until: 120, using: table)
    #expect(back.transcript == whole.transcript)
  }

  @Test("damaged merge tables are refused with the place of the damage")
  func damagedMerges() throws {
    #expect(throws: TranscriptDocumentError.self) { try VoiceMergeTable(json: [:]) }
    #expect(
      throws: TranscriptDocumentError(path: "voices[0].voice", problem: "a whole number is due")
    ) {
      try VoiceMergeTable(json: ["voices": [["voice": "x", "from": []]]])
    }
  }

  // MARK: Rows outside, loops, findings

  @Test(
    "a row past a clip's end is left out where the next clip covers it, and kept where none does"
  )
  func strayRows() {
    let one = Sample.piece(
      0,
      60,
      [
        (5, "One is a row here.", 1), (10, "Two is a row here.", 1), (15, "Three is one.", 1),
        (70, "This was never said by anyone.", 1),
      ]
    )
    let other = Sample.piece(
      30,
      90,
      [(40, "Something else was said.", 1), (72, "And this too.", 1)]
    )
    let whole = Sample.stitch([one, other], until: 90)
    #expect(!whole.lines.contains { $0.contains("never") })
    #expect(whole.findings(.timeOutsideClip).first?.message.contains("never said") == true)
    let alone = Sample.stitch(
      [one, Sample.piece(30, 60, [(40, "Something else was said.", 1)])],
      until: 90
    )
    #expect(alone.lines.contains { $0.contains("never") })
    #expect(alone.findings(.timeOutsideClip).first?.rows.map(\.index) == [4])
  }

  @Test("a loop is left out once the rest is there, and said so")
  func loops() {
    let looping = (0..<30).map { (20, "And so on and so on and so on.", 1 + $0 * 0) }
    let one = Sample.piece(0, 120, [(5, "We begin.", 1)] + looping, ending: .looped)
    #expect(one.coveredUntil == Timecode(milliseconds: 20_000))
    let rest = Sample.piece(
      5,
      120,
      [(5, "We begin.", 1), (20, "And so on and so on and so on.", 1), (90, "The end is here.", 1)]
    )
    let whole = Sample.stitch([one, rest], until: 120)
    #expect(whole.lines.count == 3)
    #expect(whole.findings(.looped).count == 1)
    #expect(whole.isComplete)
  }

  @Test("findings follow their rows, and go with rows that are not shown")
  func findingsFollowRows() {
    let row = { (index: Int) in [Finding.Row(table: "transcripts", index: index)] }
    let one = Sample.piece(
      0,
      60,
      [(5, "We begin with this.", 1), (58, "And then we opened it all", 1)],
      findings: [
        Finding(.shortRow, "Cut.", rows: row(1)), Finding(.truncated, "Cut off."),
      ]
    )
    let other = Sample.piece(
      30,
      90,
      [(58, "And then we opened it all at once.", 1), (70, "Fine.", 1)],
      findings: [Finding(.badType, "Odd.", rows: row(1))]
    )
    let whole = Sample.stitch([one, other], until: 90)
    #expect(whole.findings(.shortRow).isEmpty)
    #expect(whole.findings(.badType).map(\.rows) == [row(2)])
    #expect(whole.findings(.truncated).count == 1)
  }

  @Test("other tables are carried: equal rows once, voices and rows renumbered")
  func otherTables() {
    let columns = [
      Column(name: "row", type: .integer, role: .row), Column(name: "passage"),
      Column(name: "who", type: .integer, role: .voice),
    ]
    func quotes(_ rows: [(Int, String, Int)]) -> Table {
      var table = Table(name: "quotes", columns: columns)
      for (row, text, voice) in rows {
        table.append([.integer(row), .text(text), .integer(voice)])
      }
      return table
    }
    func with(_ piece: ReplyPiece, _ table: Table) -> ReplyPiece {
      ReplyPiece(range: piece.range, tables: piece.tables + [table])
    }
    let whole = Sample.stitch(
      [
        with(Self.first, quotes([(4, "a box of old letters", 2)])),
        with(Self.second, quotes([(3, "a box of old letters", 7), (5, "Good night", 4)])),
      ],
      until: 120
    )
    #expect(whole.tables[2] == quotes([(4, "a box of old letters", 2), (6, "Good night", 1)]))
  }

  @Test("clips that disagree about a field give the better supported value and a finding")
  func conflictingFields() {
    func piece(
      _ start: Int,
      _ end: Int,
      _ rows: [(Int, String, Int)],
      _ company: String
    ) -> ReplyPiece {
      let piece = Sample.piece(start, end, rows)
      var speakers = Table(name: "speakers", columns: SyntheticTranscript.speakerColumns)
      speakers.append([.integer(1), .text("Ada Byron"), .text(company)])
      return ReplyPiece(range: piece.range, tables: [piece.tables[0], speakers])
    }
    let whole = Sample.stitch(
      [
        piece(0, 60, [(5, "One thing first.", 1), (10, "Then another.", 1)], "Acme"),
        piece(60, 90, [(70, "And the last.", 1)], "Ajax"),
      ],
      until: 90
    )
    #expect(whole.transcript.speakers.map(\.company) == ["Acme"])
    #expect(whole.findings(.speakerConflict).first?.message.contains("Ajax") == true)
  }
}
