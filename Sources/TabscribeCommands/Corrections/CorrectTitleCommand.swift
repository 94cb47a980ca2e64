internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `correct title`: what a recording is called.
enum CorrectTitleCommand {
  private static let title = RepeatedOperand(
    .text("TITLE"),
    minimum: 0,
    help: "what the recording is called; without it, it has no title"
  )

  static let command = Command(
    "title",
    abstract: "Say what a recording is called",
    examples: [
      .init("tabscribe correct title talk.json 'The tide drawer'", "in reports, lists and exports"),
      .init("tabscribe correct title last", "the name of the file again"),
    ],
    discussion: """
      A correction as the others are: listed, carried to later runs of the recording, taken back with \
      correct undo. Where many recordings are transcribed at once, the column title of a list says it \
      beforehand: tabscribe help lists.
      """,
    operands: [CorrectCommand.transcript, title],
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
    let words = arguments[title].flatMap { $0.split(whereSeparator: \.isWhitespace) }
    let text = words.joined(separator: " ")
    let after = text.isEmpty ? nil : text
    let date = MomentText.exact(context.now())
    let change = try CorrectedFiles(transcript, context).change { document in
      let before = document.corrected.title
      guard before != after else { return document.add([]) }
      let id = "t\(document.corrections.count + 1)"
      let correction = Correction(id: id, date: date, change: .title(before: before, after: after))
      return document.add([correction.json])
    }
    if context.isJSON {
      context.print(
        json: [
          "title": after.map { .string($0) } ?? .null,
          "changed": .bool(!change.value.added.isEmpty),
          "files": .array(change.files.map { .string($0) }),
        ]
      )
    } else {
      let name = after ?? transcript.document.source.stem
      context.print((change.value.added.isEmpty ? "It is " : "From now on: ") + SafeText.line(name))
      for file in change.files { context.print("\(context.style.green("✓")) \(file)") }
    }
    return change.value.problems.isEmpty ? .done : .incomplete
  }
}
