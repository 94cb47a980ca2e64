internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `correct list`: the corrections in a transcript.
enum CorrectListCommand {
  static let command = Command(
    "list",
    abstract: "List the corrections in a transcript, and how those of earlier runs fare",
    examples: [.init("tabscribe correct list talk.json", "each with what it replaces")],
    discussion: """
      A correction that comes from another run of the same recording is kept (same row), moved (another \
      row, time or wording), obsolete (the transcript says so already), or a conflict: what it corrected \
      reads otherwise here, or is not here, and a person has to look.
      """,
    operands: [CorrectCommand.transcript],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let transcript = try TranscriptOperands.one(
      arguments[CorrectCommand.transcript],
      context.workplace
    )
    let document = transcript.document
    let corrected = document.corrected
    if context.isJSON {
      context.print(json: json(document, corrected))
    } else {
      show(document, corrected, context)
    }
    return corrected.problems.isEmpty ? .done : .incomplete
  }

  private static func show(
    _ document: TranscriptDocument,
    _ corrected: CorrectedTranscript,
    _ context: CommandContext
  ) {
    let refused = Set(corrected.problems.map(\.index))
    let namesAuthors = document.corrections.contains { $0["by"]?.string != nil }
    var table = TextTable(
      [.words("id"), .words("at")] + (namesAuthors ? [.words("by")] : [])
        + [.words("kind"), .words("what", mayShrink: true), .words("state")]
    )
    for (index, json) in document.corrections.enumerated() {
      let author = namesAuthors ? [json["by"]?.string ?? ""] : []
      table.add(
        [json["id"]?.string ?? "?", json["at"]?.string ?? "?"] + author + [
          json["kind"]?.string ?? "?",
          (try? Correction(json: json, index: index)).map(CorrectionText.summary) ?? "?",
          CorrectionText.state(json, isRefused: refused.contains(index)),
        ]
      )
    }
    if !document.corrections.isEmpty { context.print(table) }
    for problem in corrected.problems { context.status.warning(CorrectionText.line(problem)) }
    if let carried = CarriedCounts(document.corrections) { context.print(carried.text + ".") }
    let count = document.corrections.count
    context.print(count == 1 ? "1 correction." : "\(NumberText.grouped(count)) corrections.")
    context.print(CorrectionText.checkedRows(document))
  }

  private static func json(
    _ document: TranscriptDocument,
    _ corrected: CorrectedTranscript
  ) -> JSONValue {
    [
      "corrections": .array(document.corrections),
      "problems": .array(corrected.problems.map(CorrectionText.json)),
      "moved": .array(corrected.moves.map(CorrectionText.json)),
      "changedRows": .init(corrected.changedRowCount),
      "checkedRows": .init(corrected.checkedRowCount),
      "rows": .init(document.transcript.segments.count),
    ]
  }
}
