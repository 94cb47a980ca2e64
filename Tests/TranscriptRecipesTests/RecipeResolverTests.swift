import Testing
import TranscriptModel
import TranscriptRecipes

@Suite struct RecipeResolverTests {
  private static let rows = NumberedRows(
    [
      ("Ada", "We began with the harbour survey, and it stayed."),
      ("Ben", "Nobody expected a borrowed microphone."),
      ("Ada", "That is what I keep coming back to."),
      ("Ben", "And then the phone rang."),
    ].enumerated().map { index, row in
      NumberedRows.Row(
        number: index + 1,
        start: Timecode(milliseconds: index * 10_000),
        end: Timecode(milliseconds: index * 10_000 + 9000),
        speaker: row.0,
        text: row.1
      )
    }
  )
  private static let whole = RowPiece(shown: 0..<4, fresh: 0..<4)

  private func table(_ columns: [Column], _ rows: [[Cell]]) -> Table {
    var table = Table(name: "answers", columns: columns)
    for row in rows { table.append(row) }
    return table
  }

  private func resolved(
    _ table: Table,
    as form: RecipeForm,
    of piece: RowPiece = whole
  ) -> (table: Table, findings: [Finding]) {
    let resolved = RecipeResolver(rows: Self.rows, form: form)
      .resolve([RecipeReply(piece: piece, tables: [table])])
    return (resolved.tables[0], resolved.findings)
  }

  private static let quotes = [
    Column(name: "row", type: .integer, role: .row), Column(name: "text", role: .quote),
  ]

  @Test func aNumberBecomesTimeAndSpeaker() {
    let quote = Cell.text("Nobody expected a borrowed microphone.")
    let result = resolved(table(Self.quotes, [[.integer(2), quote]]), as: .passages)
    #expect(result.table.columns.map(\.name) == ["row", "start", "speaker", "text", "match"])
    #expect(result.table[0, 1] == .time(Timecode(milliseconds: 10_000)))
    #expect(result.table[0, 2] == .text("Ben"))
    #expect(result.table[0, 4] == .number("1"))
    #expect(result.findings.isEmpty)
  }

  @Test func sameWordsWithOtherSignsAreGivenAsTheyWereSaid() {
    let quote = Cell.text("nobody EXPECTED — a borrowed microphone")
    let result = resolved(table(Self.quotes, [[.integer(2), quote]]), as: .passages)
    #expect(result.table[0, 3] == .text("Nobody expected a borrowed microphone"))
    #expect(result.table[0, 4] == .number("0.99"))
    #expect(result.findings.isEmpty)
  }

  @Test func anAlteredQuoteStaysAndIsMarked() {
    let quote = Cell.text("Everybody expected a stolen microphone")
    let result = resolved(table(Self.quotes, [[.integer(2), quote]]), as: .passages)
    #expect(result.table[0, 3] == quote)
    #expect(result.findings.map(\.code) == ["quote-altered"])
    #expect(result.findings[0].rows == [Finding.Row(table: "answers", index: 0)])
  }

  @Test func wordsThatAreLeftOutCountAgainstAQuote() {
    let quote = Cell.text("We survey stayed")
    let result = resolved(table(Self.quotes, [[.integer(1), quote]]), as: .passages)
    #expect(result.table[0, 4] == .number("0.33"))
    #expect(result.findings.map(\.code) == ["quote-altered"])
  }

  @Test func wordsOfAnotherRowAreFoundThere() {
    let quote = Cell.text("that is what I keep coming back to")
    let result = resolved(table(Self.quotes, [[.integer(1), quote]]), as: .passages)
    #expect(result.table[0, 0] == .integer(3))
    #expect(result.findings.map(\.code) == ["quote-elsewhere"])
  }

  @Test(arguments: [Cell.integer(17), .integer(0), .integer(-3), .text("two"), .missing])
  func anInventedRowStaysAndIsMarked(_ number: Cell) {
    let result = resolved(table(Self.quotes, [[number, .text("Hello")]]), as: .passages)
    #expect(result.table.rowCount == 1)
    #expect(result.table[0, 1] == .missing)
    #expect(result.findings.map(\.code) == ["row-unknown", "quote-altered"])
  }

  @Test func whatASchemaLeavesOpenIsNoFinding() {
    let columns = [
      Column(name: "row", role: .row), Column(name: "answer"), Column(name: "text", role: .quote),
    ]
    let result = resolved(table(columns, [[.missing, .missing, .missing]]), as: .passages)
    #expect(result.table.rowCount == 1)
    #expect(result.findings.isEmpty)
  }

  @Test func aRowThatWasNotShownIsAnInventedOne() {
    let piece = RowPiece(shown: 0..<2, fresh: 0..<2)
    let columns = [Column(name: "row", type: .integer, role: .row), Column(name: "task")]
    let result = resolved(table(columns, [[.integer(3), .text("Call")]]), as: .passages, of: piece)
    #expect(result.findings.map(\.code) == ["row-unknown"])
  }

  @Test func sectionsEndWhereTheNextBegins() {
    let columns = [
      Column(name: "row", type: .integer, role: .row), Column(name: "start", role: .start),
      Column(name: "title", role: .text),
    ]
    // The time of the model is not believed.
    let wrong = Cell.time(Timecode(milliseconds: 99_000))
    let rows: [[Cell]] = [
      [.integer(3), wrong, .text("B")], [.integer(1), wrong, .text("A")],
      [.integer(3), wrong, .text("B again")],
    ]
    let result = resolved(table(columns, rows), as: .sections)
    #expect(result.table.columns.map(\.name) == ["row", "start", "end", "title"])
    #expect(result.table.rowCount == 2)
    #expect(result.table[0, 3] == .text("A"))
    #expect(result.table[0, 2] == .time(Timecode(milliseconds: 20_000)))
    #expect(result.table[1, 2] == .time(Timecode(milliseconds: 39_000)))
  }

  @Test func aSecondRowHasItsOwnTime() {
    let columns = [
      Column(name: "row", type: .integer, role: .row),
      Column(name: "answer_row", type: .integer, role: .row),
    ]
    let result = resolved(table(columns, [[.integer(2), .integer(4)]]), as: .passages)
    #expect(
      result.table.columns.map(\.name) == ["row", "start", "speaker", "answer_row", "answer_start"]
    )
    #expect(result.table[0, 4] == .time(Timecode(milliseconds: 30_000)))
  }

  private static let translation = [
    Column(name: "row", type: .integer, role: .row),
    Column(name: "translation", role: .translation),
  ]

  @Test func rowsWithoutAnAnswerAndTwiceAnsweredOnesAreNamed() {
    let rows: [[Cell]] = [1, 2, 2, 4].map { [.integer($0), .text("x")] }
    let result = resolved(table(Self.translation, rows), as: .rows)
    #expect(result.findings.map(\.code) == ["row-answered-twice", "rows-unanswered"])
    #expect(result.findings[1].message.contains("Row 3"))
  }

  @Test func twoRowsMeltedIntoOneAreSeen() {
    let many = NumberedRows(
      (1...8).map {
        NumberedRows.Row(number: $0, start: nil, end: nil, speaker: "A", text: "eight words")
      }
    )
    let numbers = [1, 2, 3, 4, 6, 7, 8]
    let rows: [[Cell]] = numbers.map {
      [.integer($0), .text($0 == 4 ? "acht Woerter acht Woerter" : "acht Woerter")]
    }
    let piece = RowPiece(shown: 0..<8, fresh: 0..<8)
    let result = RecipeResolver(rows: many, form: .rows)
      .resolve([RecipeReply(piece: piece, tables: [table(Self.translation, rows)])])
    #expect(result.findings.map(\.code) == ["rows-unanswered", "rows-melted"])
    #expect(result.findings[1].rows == [Finding.Row(table: "answers", index: 3)])
  }

  @Test func whatTwoPiecesSayOfOneRowIsSaidOnce() {
    let columns = [Column(name: "row", type: .integer, role: .row), Column(name: "task")]
    let first = RowPiece(shown: 0..<3, fresh: 0..<3)
    let second = RowPiece(shown: 2..<4, fresh: 3..<4)
    let replies = [
      RecipeReply(
        piece: first,
        tables: [table(columns, [[.integer(3), .text("Call the harbour office")]])]
      ),
      RecipeReply(
        piece: second,
        tables: [
          table(
            columns,
            [
              [.integer(3), .text("Call the harbour office soon")],
              [.integer(3), .text("Write a letter")], [.integer(4), .text("Answer it")],
            ]
          )
        ]
      ),
    ]
    let tasks = RecipeResolver(rows: Self.rows, form: .passages).resolve(replies).tables[0]
    #expect(
      (0..<tasks.rowCount).map { tasks[$0, 3].rendered } == [
        "Call the harbour office", "Write a letter", "Answer it",
      ]
    )
  }

  @Test func aSchemaWithoutRowsIsLeftAsItIsAndSaid() {
    let columns = [Column(name: "topic")]
    let result = resolved(table(columns, [[.text("Harbours")]]), as: .passages)
    #expect(result.table.columns == columns)
    #expect(result.findings.map(\.code) == ["rows-unlinked"])
  }
}
