internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `runs review`: what a model was not sure of.
enum RunsReviewCommand {
  /// Below it a person should look, unless told otherwise: as likely wrong as right, with some room.
  private static let usualThreshold = 0.6
  private static let below = ValueOption(
    "below",
    .decimal("SHARE", in: 0...1),
    help: "what counts as unsure, 0 to 1 (default 0.6)"
  )

  static let command = Command(
    "review",
    abstract: "List what a model was not sure of",
    examples: [
      .init("tabscribe runs review talk.json", "rows with a confidence below 0.6"),
      .init("tabscribe runs review last --below 0.8 --json", "more of them, for machines"),
    ],
    discussion: """
      For schemas with a column of the role confidence, numbers from 0 to 1, or per cent: rows of the \
      transcript, and of tables beside it and of recipes. Nothing is sent.
      """,
    operands: [TranscriptOperands.several],
    options: [OptionGroup("What", [below])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let threshold = arguments[below] ?? usualThreshold
    return try TranscriptOperands.each(arguments, context) { operand, _ in
      guard let all = DoubtfulRow.all(in: operand.document) else {
        throw CommandError.usage(
          "\(SafeText.quoted(operand.spelling)) says nothing of how sure the model was.",
          remedy: "Ask for a column with \"x-role\": \"confidence\" in the schema."
        )
      }
      let rows = all.filter { $0.confidence < threshold }
      if !context.isJSON { show(rows, of: all.count, operand, threshold, context) }
      return ["checked": .init(all.count), "rows": .array(rows.map(\.json))]
    }
  }

  private static func show(
    _ rows: [DoubtfulRow],
    of count: Int,
    _ operand: TranscriptOperand,
    _ threshold: Double,
    _ context: CommandContext
  ) {
    let name = SafeText.line(operand.spelling)
    let all = NumberText.counted(count, "row")
    context.print(
      context.style.bold(name) + ": \(NumberText.grouped(rows.count)) of \(all) below \(threshold)"
    )
    guard !rows.isEmpty else { return }
    var table = TextTable([
      .words("table"), .numbers("row"), .numbers("start"), .numbers("sure"),
      .words("text", mayShrink: true),
    ])
    for row in rows {
      table.add([
        row.table, "\(row.row + 1)", row.start?.rendered ?? "?", NumberText.percent(row.confidence),
        row.text,
      ])
    }
    context.print(table)
  }
}

/// A row with how sure the model was of it.
private struct DoubtfulRow {
  let table: String
  /// Counted from 0.
  let row: Int
  let start: Timecode?
  /// `0...1`.
  let confidence: Double
  let text: String

  /// All rows that say how sure the model was; `nil` where no column does.
  static func all(in document: TranscriptDocument) -> [DoubtfulRow]? {
    let tables =
      document.furtherTables.filter { $0.column(.confidence) != nil }
      + document.derivations.flatMap(\.tables).filter { $0.column(.confidence) != nil }
    let segments = document.corrected.transcript.segments
    let values = shares(
      segments.map { segment in segment.extras.first { $0.role == .confidence }?.value.share }
    )
    guard !tables.isEmpty || values.contains(where: { $0 != nil }) else { return nil }
    let spoken = zip(segments, values).compactMap { segment, value in
      value.map { value in
        DoubtfulRow(
          table: "transcript",
          row: segment.row,
          start: segment.start,
          confidence: value,
          text: segment.text
        )
      }
    }
    return spoken + tables.flatMap(all)
  }

  /// Numbers of one column as shares: where one is above 1, all are per cent.
  private static func shares(_ values: [Double?]) -> [Double?] {
    let isPercent = values.contains { $0 ?? 0 > 1 }
    return isPercent ? values.map { $0.map { $0 / 100 } } : values
  }

  private static func all(in table: Table) -> [DoubtfulRow] {
    guard let column = table.column(.confidence) else { return [] }
    let values = shares((0..<table.rowCount).map { table[$0, column].share })
    let silent: Set<Column.Role> = [.start, .end, .row, .confidence]
    return values.enumerated().compactMap { row, value in
      guard let value else { return nil }
      let start = table.column(.start).flatMap { column -> Timecode? in
        if case .time(let time) = table[row, column] { time } else { nil }
      }
      let texts = table.columns.indices.compactMap { index -> String? in
        if let role = table.columns[index].role, silent.contains(role) { return nil }
        return table[row, index].rendered
      }
      return DoubtfulRow(
        table: table.name,
        row: row,
        start: start,
        confidence: value,
        text: texts.joined(separator: " · ")
      )
    }
  }

  var json: JSONValue {
    [
      "table": .string(table), "row": .init(row),
      "startMS": start.map { .init($0.milliseconds) } ?? .null, "confidence": .init(confidence),
      "text": .string(text),
    ]
  }
}

extension Cell {
  /// A number as it stands, per cent as a share; `nil` for what is none.
  fileprivate var share: Double? {
    switch self {
    case .integer(let value): return Double(value)
    case .number(let text), .text(let text):
      let isPercent = text.hasSuffix("%")
      let digits = isPercent ? text.dropLast().filter { $0 != " " } : text
      return Double(digits).map { isPercent ? $0 / 100 : $0 }
    default: return nil
    }
  }
}
