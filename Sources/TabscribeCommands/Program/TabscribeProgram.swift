package import CommandLineInterface
internal import TranscriptionRuns

/// The program `tabscribe` and its table of commands.
package enum TabscribeProgram {
  /// The version; semantic.
  package static let version = "0.1.0"

  /// What results say made them.
  static let tool = "tabscribe \(version)"

  /// The whole program; each command stands in a file of its own.
  package static let program = Program(
    Command(
      "tabscribe",
      abstract: "Turn videos into tables of what was said, when, and by whom",
      examples: [
        .init("tabscribe demo --open", "a first look, no key needed"),
        .init("tabscribe transcribe talk.mp4", "writes talk.html and talk.json"),
        .init("tabscribe plan talk.mp4", "what that would send and cost"),
      ],
      subcommands: [
        TranscribeCommand.command,
        PlanCommand.command,
        BatchCommand.command,
        ReportCommand.command,
        CompareCommand.command,
        ScoreCommand.command,
        LabCommand.command,
        ExportCommand.command,
        ImportCommand.command,
        CheckTimeCommand.command,
        AlignCommand.command,
        VerifyCommand.command,
        DeriveCommand.command,
        AskCommand.command,
        CorrectCommand.command,
        TablesCommand.command,
        RunsCommand.command,
        SearchCommand.command,
        ServeCommand.command,
        MCPCommand.command,
        DemoCommand.command,
        PromptsCommand.command,
        SchemasCommand.command,
        ModelsCommand.command,
        FilesCommand.command,
        CachesCommand.command,
        DoctorCommand.command,
        EmulateCommand.command,
        .completions,
        .manual,
        .help,
      ]
    ),
    version: version,
    appendix: Appendix.sections,
    topics: [.assistants, .findings, .formats, .imports, .lists],
    everywhere: [StorePlace.option],
    prepare: StorePlace.prepare,
    warnings: { UserFolders(environment: $0.environment).warnings },
    explain: ErrorExplanation.commandError
  )
}
