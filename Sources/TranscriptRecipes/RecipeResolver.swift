public import TranscriptModel

/// What one reply answers about a part of a transcript.
public struct RecipeReply: Sendable {
  /// What was shown.
  public let piece: RowPiece
  /// The tables of the reply, in schema order.
  public let tables: [Table]

  /// A reply about a part of a transcript.
  public init(piece: RowPiece, tables: [Table]) {
    (self.piece, self.tables) = (piece, tables)
  }
}

/// Makes tables of what a recipe's replies say: numbers of rows become times and speakers, copied words
/// are held against the transcript, and what pieces say twice is said once.
///
/// Nothing is left out because it cannot be found: it stays, and is marked by a finding.
public struct RecipeResolver: Sendable {
  /// What was shown.
  public let rows: NumberedRows
  /// What the answers are about.
  public let form: RecipeForm
  /// What the names of tables end with, to tell answers to one question apart; empty for nothing.
  public var tableSuffix = ""

  private let positions: [Int: Int]

  /// A resolver for answers about some rows.
  public init(rows: NumberedRows, form: RecipeForm) {
    (self.rows, self.form) = (rows, form)
    positions = Dictionary(rows.rows.enumerated().map { ($1.number, $0) }) { first, _ in first }
  }

  /// Tables with what was found out about them; findings name rows of the tables.
  public struct Resolved: Sendable {
    /// One table for each of the schema.
    public var tables: [Table] = []
    /// What could not be found, or stands elsewhere.
    public var findings: [Finding] = []
  }

  /// The tables of some replies, in the order of the pieces.
  public func resolve(_ replies: [RecipeReply]) -> Resolved {
    var resolved = Resolved()
    let finder = Lazily { QuoteFinder(rows) }
    for index in (replies.first?.tables ?? []).indices {
      let parts = replies.map { (piece: $0.piece, table: $0.tables[index]) }
      var table = ResolvedTable(
        layout: AnswerLayout(parts[0].table, form, suffix: tableSuffix),
        form: form
      )
      for part in parts { table.add(part.table, of: part.piece, rows, positions, finder) }
      resolved.tables.append(table.finished(rows))
      resolved.findings += table.findings(replies.map(\.piece), rows)
    }
    return resolved
  }
}

/// Something that is made when it is first needed.
final class Lazily<Value> {
  private let make: () -> Value
  private(set) lazy var value = make()

  init(_ make: @escaping () -> Value) { self.make = make }
}

/// Where the columns of an answer go.
struct AnswerLayout {
  /// What a column of the result holds.
  enum Part: Hashable {
    /// The cell of a column of the reply.
    case own(Int)
    /// The number of a row that was shown, from a column of the reply.
    case row(Int)
    /// When the row of a column of the reply begins.
    case start(Int)
    /// When the section that begins with the row ends.
    case end
    /// Who speaks in the row.
    case speaker
    /// How well the copied words of a column agree with the row.
    case match(Int)
  }

  let name: String
  let columns: [Column]
  let parts: [Part]
  /// The column of the reply with the row that an answer is about; `nil` where the schema has none.
  let row: Int?
  /// The columns of the reply with copied words.
  let quotes: [Int]
  /// The types of the reply's columns.
  let columnTypes: [Column.ValueType]

  init(_ table: Table, _ form: RecipeForm, suffix: String) {
    name = table.name + suffix
    row = table.column(.row)
    columnTypes = table.columns.map(\.type)
    let own = Set(table.columns.map(\.name))
    var columns: [(Part, Column)] = []
    for (index, column) in table.columns.enumerated() {
      switch column.role {
      case .row where index == table.column(.row):
        columns.append((.row(index), column))
        columns.append((.start(index), Column(name: "start", role: .start)))
        if form == .sections { columns.append((.end, Column(name: "end", role: .end))) }
        if form != .sections, !own.contains("speaker") {
          columns.append((.speaker, Column(name: "speaker")))
        }
      case .row:
        let base = column.name.hasSuffix("_row") ? String(column.name.dropLast(4)) : column.name
        columns.append((.row(index), column))
        columns.append((.start(index), Column(name: base + "_start", role: .start)))
      // Times are looked up, whatever a model writes.
      case .start, .end: break
      case .quote:
        columns.append((.own(index), column))
        columns.append((.match(index), Column(name: "match", type: .number)))
      default: columns.append((.own(index), column))
      }
    }
    // A schema that ties nothing to rows is left as it is.
    let isTied = row != nil
    parts = isTied ? columns.map(\.0) : table.columns.indices.map { .own($0) }
    self.columns = isTied ? columns.map(\.1) : table.columns
    quotes = isTied ? table.columns.indices.filter { table.columns[$0].role == .quote } : []
  }
}

/// The answers of one table.
struct ResolvedTable {
  let layout: AnswerLayout
  let form: RecipeForm
  fileprivate var answers: [Answer] = []
  /// Replies that answer several times about a whole that has one answer.
  private var surplus = 0

  /// An answer with what was looked up.
  fileprivate struct Answer {
    var cells: [Cell]
    /// The row, as a position; `nil` for one that was not shown.
    var position: Int?
    /// The rows of all columns with rows, by column.
    var places: [Int: Int]
    var matches: [Int: QuoteMatch] = [:]
    /// The row that the model named, where the copied words stand in another.
    var named: Cell?
    /// Rows that are named and were not shown.
    var unknown: [Cell] = []
  }

  init(layout: AnswerLayout, form: RecipeForm) { (self.layout, self.form) = (layout, form) }

  /// Adds what a reply says about a piece.
  mutating func add(
    _ table: Table,
    of piece: RowPiece,
    _ rows: NumberedRows,
    _ positions: [Int: Int],
    _ finder: Lazily<QuoteFinder>
  ) {
    let before = Set(answers.compactMap(\.position))
    if form == .whole, table.rowCount > 1 { surplus += table.rowCount - 1 }
    for index in 0..<table.rowCount {
      let cells = table.columns.indices.map { table[index, $0] }
      var answer = Answer(cells: cells, places: [:])
      for (column, cell) in cells.enumerated() where table.columns[column].role == .row {
        guard cell != .missing else { continue }
        let place = cell.wholeNumber.flatMap { positions[$0] }
        if let place, piece.shown.contains(place) {
          answer.places[column] = place
        } else {
          answer.unknown.append(cell)
        }
      }
      answer.position = layout.row.flatMap { answer.places[$0] }
      check(&answer, finder)
      if !isRepeated(answer, in: piece, before) { answers.append(answer) }
    }
  }

  /// Holds copied words against the row that is named, else looks for the only one that has them.
  private func check(_ answer: inout Answer, _ finder: Lazily<QuoteFinder>) {
    for column in layout.quotes {
      guard case .text(let quote) = answer.cells[column] else { continue }
      var match = answer.position.map { finder.value.match(quote, at: $0) }
      if match.map({ $0.score < QuoteMatch.least }) ?? true,
        let place = finder.value.onlyPlace(of: quote)
      {
        match = finder.value.match(quote, at: place)
      }
      answer.matches[column] = match ?? QuoteMatch(score: 0, words: nil, position: 0)
      guard let match, let row = layout.row, match.position != answer.position else { continue }
      answer.named = answer.cells[row]
      answer.position = match.position
      answer.places[row] = match.position
    }
  }

  /// Whether a reply before has said the same of a row that both have shown.
  ///
  /// - Parameter before: The rows that earlier replies have answered.
  private func isRepeated(
    _ answer: Answer,
    in piece: RowPiece,
    _ before: Set<Int>
  ) -> Bool {
    guard let position = answer.position else { return false }
    // Of every row or section there is one answer, that of the first reply which has one.
    if form == .whole { return false }
    if form != .passages { return before.contains(position) }
    guard !piece.fresh.contains(position) else { return false }
    // A few copied words are repeated only where they are the same: the longer may hold the shorter.
    if let column = layout.quotes.first, answer.cells[column].wordCount < 4 {
      return answers.contains {
        $0.position == position && $0.cells[column] == answer.cells[column]
      }
    }
    let words = answer.words(but: layout)
    return answers.contains { other in
      guard other.position == position else { return false }
      let others = other.words(but: layout)
      let shared = words.intersection(others).count
      return shared * 2 >= min(words.count, others.count)
    }
  }

  /// One answer of all: what the first one leaves open is taken from those behind it.
  private mutating func merge() {
    guard var whole = answers.first else { return }
    let tied = Set(layout.quotes + [layout.row].compactMap(\.self))
    for answer in answers.dropFirst() {
      for column in whole.cells.indices
      where !tied.contains(column) && whole.cells[column].isOpen && answer.places[column] == nil {
        whole.cells[column] = answer.cells[column]
      }
    }
    answers = [whole]
  }

  private mutating func arrange() {
    if form == .whole { merge() }
    guard layout.row != nil else { return }
    // Answers that belong nowhere stay behind those they followed.
    var last = -1
    let keys = answers.map { answer -> Int in
      last = answer.position ?? last
      return last
    }
    let order = answers.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    answers = order.map { answers[$0] }
    guard form == .sections else { return }
    var seen: Set<Int> = []
    answers.removeAll { answer in answer.position.map { !seen.insert($0).inserted } ?? false }
  }

  /// The table, in the order of the rows.
  mutating func finished(_ rows: NumberedRows) -> Table {
    arrange()
    var table = Table(name: layout.name, columns: layout.columns)
    for (index, answer) in answers.enumerated() {
      table.append(layout.parts.map { cell($0, of: answer, index, rows) })
    }
    return table
  }

  private func cell(
    _ part: AnswerLayout.Part,
    of answer: Answer,
    _ index: Int,
    _ rows: NumberedRows
  ) -> Cell {
    switch part {
    case .own(let column):
      return answer.matches[column]?.words.map(Cell.text) ?? answer.cells[column]
    case .row(let column):
      return answer.places[column].map { .integer(rows.rows[$0].number) } ?? answer.cells[column]
    case .start(let column):
      return answer.places[column].flatMap { rows.rows[$0].start }.map(Cell.time) ?? .missing
    case .speaker:
      let speaker = answer.position.map { rows.rows[$0].speaker } ?? "?"
      return speaker == "?" ? .missing : .text(speaker)
    case .match(let column):
      return answer.matches[column].map { .number($0.score == 1 ? "1" : "\($0.score)") } ?? .missing
    case .end:
      guard answer.position != nil else { return .missing }
      let next = answers[(index + 1)...].lazy.compactMap(\.position).first
      let end =
        next.flatMap { rows.rows[$0].start } ?? rows.rows.last.flatMap { $0.end ?? $0.start }
      return end.map(Cell.time) ?? .missing
    }
  }
}

// MARK: What is to be known

extension ResolvedTable {
  /// What could not be found, what stands elsewhere, and what has no answer.
  ///
  /// - Parameter pieces: The pieces that were answered.
  func findings(_ pieces: [RowPiece], _ rows: NumberedRows) -> [Finding] {
    guard layout.row != nil else {
      if form == .whole { return wholeness }
      let message =
        "The table \(layout.name) has no column with the role row: nothing can be checked."
      return [Finding("rows-unlinked", message)]
    }
    let single = answers.enumerated().flatMap { findings(about: $1, at: $0, rows) }
    return single + (form == .rows ? completeness(pieces, rows) : [])
      + (form == .whole ? wholeness : [])
  }

  /// Whether there is one answer about the whole.
  private var wholeness: [Finding] {
    if answers.isEmpty {
      return [Finding(.answerMissing, "There is no answer about the transcript.")]
    }
    guard surplus > 0 else { return [] }
    return [
      Finding(
        "answers-surplus",
        "There are \(surplus) more answers where one is due; they only fill what the first leaves open."
      )
    ]
  }

  private func findings(about answer: Answer, at index: Int, _ rows: NumberedRows) -> [Finding] {
    let place = [Finding.Row(table: layout.name, index: index)]
    var findings = answer.unknown.map { cell in
      Finding("row-unknown", "No row \(cell.rendered) was shown.", rows: place)
    }
    // A schema that asks for text in place of a number leaves room to say that there is none.
    let mayBeNone = layout.row.map { layout.columnTypes[$0] == .string } ?? true
    if answer.position == nil, answer.unknown.isEmpty, !mayBeNone {
      findings.append(Finding("row-unknown", "The answer names no row.", rows: place))
    }
    if let named = answer.named, let position = answer.position {
      let message =
        "The words stand in row \(rows.rows[position].number), not in row \(named.rendered)."
      findings.append(Finding("quote-elsewhere", message, rows: place))
    }
    for column in layout.quotes {
      guard let match = answer.matches[column], match.score < QuoteMatch.least else { continue }
      let share = Int((match.score * 100).rounded())
      findings.append(
        Finding(
          "quote-altered",
          "Only \(share) % of the words stand so in the row.",
          rows: place
        )
      )
    }
    return findings
  }

  /// Whether every row that was shown has one answer.
  private func completeness(_ pieces: [RowPiece], _ rows: NumberedRows) -> [Finding] {
    var byPosition: [Int: [Int]] = [:]
    for (index, answer) in answers.enumerated() {
      if let position = answer.position { byPosition[position, default: []].append(index) }
    }
    var findings: [Finding] = []
    let twice = byPosition.filter { $0.value.count > 1 }.keys.sorted()
    for position in twice {
      let message =
        "Row \(rows.rows[position].number) has \(byPosition[position]?.count ?? 0) answers."
      let places = byPosition[position]?.map { Finding.Row(table: layout.name, index: $0) } ?? []
      findings.append(Finding("row-answered-twice", message, rows: places))
    }
    let left = Set(pieces.flatMap(\.fresh)).filter { byPosition[$0] == nil }.sorted()
    guard let first = left.first else { return findings }
    let more = left.count > 1 ? " and \(left.count - 1) more" : ""
    findings.append(
      Finding(.rowsUnanswered, "Row \(rows.rows[first].number)\(more) has no answer.")
    )
    return findings + melted(left, byPosition, rows)
  }

  /// Answers that seem to hold those of the rows behind them, too.
  private func melted(
    _ left: [Int],
    _ byPosition: [Int: [Int]],
    _ rows: NumberedRows
  ) -> [Finding] {
    let ratios = byPosition.compactMapValues { ratio(of: answers[$0[0]], rows) }
    guard ratios.count > 4 else { return [] }
    let usual = ratios.values.sorted()[ratios.count / 2]
    return left.compactMap { position in
      // Twice as long as usual for its row, before one that has none.
      guard let ratio = ratios[position - 1], ratio > 1.7 * usual else { return nil }
      let place = Finding.Row(table: layout.name, index: byPosition[position - 1]?[0] ?? 0)
      return Finding(
        "rows-melted",
        "The answer to row \(rows.rows[position - 1].number) seems to hold that to row "
          + "\(rows.rows[position].number), too.",
        rows: [place]
      )
    }
  }

  /// How many characters an answer has for each of its row.
  private func ratio(of answer: Answer, _ rows: NumberedRows) -> Double? {
    guard let position = answer.position else { return nil }
    let count = answer.cells.reduce(0) { sum, cell in
      if case .text(let text) = cell { sum + text.count } else { sum }
    }
    return Double(count) / Double(max(1, rows.rows[position].text.count))
  }
}

extension ResolvedTable.Answer {
  /// The words of all texts of an answer.
  fileprivate func words(but layout: AnswerLayout) -> Set<Substring> {
    Set(
      cells.enumerated().flatMap { column, cell -> [Substring] in
        guard case .text(let text) = cell, places[column] == nil else { return [] }
        return text.split(separator: " ")
      }
    )
  }
}

extension Cell {
  /// Whether it says nothing.
  var isOpen: Bool { self == .missing || self == .text("?") || self == .text("") }

  /// The words of a text, parted by blanks.
  fileprivate var wordCount: Int { rendered.split(whereSeparator: \.isWhitespace).count }

  /// The whole number that a cell has or spells; `nil` for anything else.
  var wholeNumber: Int? {
    switch self {
    case .integer(let number): number
    case .text(let text), .number(let text): Int(text.drop { $0 == "#" })
    default: nil
    }
  }
}
