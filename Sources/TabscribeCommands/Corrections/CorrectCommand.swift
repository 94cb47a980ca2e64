internal import CommandLineInterface
internal import TranscriptionRuns

/// The group `correct`.
enum CorrectCommand {
  static let command = Command(
    "correct",
    abstract: "List, make, carry over and undo corrections",
    examples: [
      .init("tabscribe correct apply talk.corrections.json talk.json", "as a report saved them"),
      .init("tabscribe correct list talk.json", "what was corrected"),
      .init("tabscribe correct replace Smyth Smith last", "shows what it would change"),
      .init(
        "tabscribe correct withhold talk.json 'Ada Okoye'",
        "keep a name out of all that goes out"
      ),
      .init("tabscribe correct undo talk.json --last", "take the last one back"),
    ],
    discussion: """
      Corrections stand in the transcript's file, or in the run store for a run, beside what the \
      machine wrote, which is never changed. Reports and exports show the corrected text. A correction says what it replaces, and \
      is applied to that or not at all; then the exit code is 3. When a recording is transcribed anew, its \
      corrections are carried over; list says how each fared.
      """,
    subcommands: [
      CorrectListCommand.command, CorrectApplyCommand.command, CorrectReplaceCommand.command,
      CorrectNamesCommand.command, CorrectTitleCommand.command,
      CorrectWithholdCommand.command,
      CorrectRebaseCommand.command, CorrectExportCommand.command, CorrectUndoCommand.command,
    ]
  )

  static let transcript = RequiredOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )
}
