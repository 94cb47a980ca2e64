internal import CommandLineInterface

/// The group `correct`.
enum CorrectCommand {
  static let command = Command(
    "correct",
    abstract: "List, apply and undo corrections that people made",
    examples: [
      .init("tabscribe correct apply talk.corrections.json talk.json", "as a report saved them"),
      .init("tabscribe correct list talk.json", "what was corrected"),
      .init("tabscribe correct undo talk.json --last", "take the last one back"),
    ],
    discussion: """
      Corrections stand in the transcript's file, or in the run store for a run, beside what the \
      machine wrote, which is never changed. Reports and exports show the corrected text. A correction says what it replaces, and \
      is applied to that or not at all; then the exit code is 3.
      """,
    subcommands: [
      CorrectListCommand.command, CorrectApplyCommand.command, CorrectUndoCommand.command,
    ]
  )

  static let transcript = RequiredOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )
}
