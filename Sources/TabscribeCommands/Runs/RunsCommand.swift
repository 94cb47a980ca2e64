internal import CommandLineInterface

/// The group `runs`.
enum RunsCommand {
  static let command = Command(
    "runs",
    abstract: "List, show, resume, export and delete runs",
    examples: [
      .init("tabscribe runs list", "the newest runs, what became of them and what they cost"),
      .init("tabscribe runs show last", "everything about the newest one"),
      .init("tabscribe runs export last -o talks", "its transcripts as files"),
    ],
    discussion: """
      Every run is kept in one file: what was asked, the replies as they arrived, the transcripts. \
      A run is named by its id, the beginning of it, or last; RUN.N is its Nth item.

      Every command takes --store FILE, or --store postgresql://USER@HOST/DATABASE for a store that \
      many machines share; TABSCRIBE_STORE and "store" in config.json stand for it.
      """,
    subcommands: [
      RunsListCommand.command,
      RunsShowCommand.command,
      RunsResumeCommand.command,
      RunsWorkCommand.command,
      RunsVoicesCommand.command,
      RunsStatsCommand.command,
      RunsReviewCommand.command,
      RunsReparseCommand.command,
      ExportCommand.ofRuns,
      RunsDeleteCommand.command,
      RunsCheckCommand.command,
      RunsBackupCommand.command,
      RunsMergeCommand.command,
      RunsPathCommand.command,
    ]
  )
}
