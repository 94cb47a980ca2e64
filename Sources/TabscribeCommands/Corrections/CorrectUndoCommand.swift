internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `correct undo`: corrections taken out of a transcript.
enum CorrectUndoCommand {
  private static let ids = RepeatedOperand(
    .text("ID"),
    minimum: 0,
    help: "corrections to take back, as correct list names them"
  )
  private static let last = Flag("last", help: "take the last one back")

  static let command = Command(
    "undo",
    abstract: "Take corrections back",
    examples: [
      .init("tabscribe correct undo talk.json --last", "the last one"),
      .init("tabscribe correct undo talk.json c3 c4", "these two"),
    ],
    discussion: "A correction that another builds on is taken back only together with it.",
    operands: [CorrectCommand.transcript, ids],
    options: [OptionGroup("What", [last])],
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
    let change = try CorrectedFiles(transcript, context).change { document in
      try takeBack(from: &document, arguments)
    }
    let (undone, left) = (change.value.corrections, change.value.leftCount)
    let files = change.files
    if context.isJSON {
      context.print(
        json: [
          "undone": .array(undone),
          "corrections": .init(left),
          "files": .array(files.map { .string($0) }),
        ]
      )
    } else {
      let names = undone.map { $0["id"]?.string ?? "?" }.joined(separator: ", ")
      context.print("Took back \(SafeText.line(names)); \(left) left.")
      for file in files { context.print("\(context.style.green("✓")) \(file)") }
    }
    return .done
  }

  /// What was taken back.
  private struct Undone: Sendable {
    let corrections: [JSONValue]
    let leftCount: Int
  }

  private static func takeBack(
    from document: inout TranscriptDocument,
    _ arguments: ParsedArguments
  ) throws(CommandError) -> Undone {
    let positions = try positions(in: document, arguments)
    let rest = try document.takingBack(at: positions)
    let undone = positions.sorted().map { document.corrections[$0] }
    document = rest
    return Undone(corrections: undone, leftCount: rest.corrections.count)
  }

  private static func positions(
    in document: TranscriptDocument,
    _ arguments: ParsedArguments
  ) throws(CommandError) -> Set<Int> {
    let wanted = arguments[ids]
    guard wanted.isEmpty == arguments[last] else {
      throw .usage(
        wanted.isEmpty ? "No correction is named." : "--last and ids exclude each other.",
        remedy: "Give --last, or the ids that tabscribe correct list shows."
      )
    }
    guard !document.corrections.isEmpty else {
      throw CommandError(
        "The transcript has no corrections.",
        remedy: "There is nothing to take back."
      )
    }
    if arguments[last] { return [document.corrections.count - 1] }
    return try document.positions(ofCorrections: wanted)
  }
}
