internal import CommandLineInterface
internal import HostSystem
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

extension WorkPreparation {
  /// Prepares as the arguments, the environment, the configuration and lists ask.
  init(_ settings: Settings, _ context: CommandContext, makesStore: Bool = false) throws {
    self.init(
      context.workplace,
      try TranscriptionSession.transcriber(settings),
      ledger: settings.declares(LedgerFile.option) ? try LedgerFile.named(settings, context) : nil,
      listable: TranscriptionOptions.listable,
      makesStore: makesStore
    ) { source in
      let settings = source.entry.map(settings.settings(of:)) ?? settings
      return Asked(
        prompts: try settings.values(of: TranscriptionOptions.prompts),
        settings: try TranscriptionOptions.requestSettings(settings, context),
        template: settings.declares(OutputOptions.name)
          ? try settings.value(of: OutputOptions.name) : nil,
        folder: try source.listedFolder(settings)
      )
    }
  }
}

extension NamedSource {
  /// Where a list says that its results go.
  fileprivate func listedFolder(_ settings: Settings) throws -> String? {
    guard entry?.values[OutputOptions.folder.declaration.name] != nil,
      settings.declares(OutputOptions.folder)
    else { return nil }
    return try settings.value(of: OutputOptions.folder) ?? ""
  }
}

extension LedgerFile {
  static let option = ValueOption(
    "ledger",
    .file(),
    help: "file of known speakers, read before and kept up"
  )

  /// The ledger that the settings name; `nil` when they name none.
  static func named(_ settings: Settings, _ context: CommandContext) throws -> LedgerFile? {
    try settings.value(of: option).map { try LedgerFile($0, context.workplace) }
  }
}

extension EarlierWork.Reuse {
  /// Whether the settings ask for everything anew, or for a recording.
  init(_ settings: Settings) throws {
    self.init(
      isForced: settings.declares(OutputOptions.force) && settings.isSet(OutputOptions.force),
      isTaped: try settings.folder(of: TranscriptionOptions.record) != nil
        || settings.folder(of: TranscriptionOptions.replay) != nil
    )
  }
}

extension ResultWriter {
  /// A writer as the arguments, the environment and the configuration ask for it.
  ///
  /// - Throws: `Refusal` when the folder cannot be written to.
  init(_ settings: Settings, _ context: CommandContext) throws {
    let folder = try settings.value(of: OutputOptions.folder) ?? "."
    self.init(
      folder: try OutputFolder(
        folder,
        force: settings.isSet(OutputOptions.force),
        in: context.workplace,
        storage: settings.objectStorage(forResultsIn: folder)
      ),
      formats: try OutputOptions.chosenFormats(settings)
    )
  }
}

extension RunSession {
  /// A session as the settings ask for it, which the arguments begin again.
  ///
  /// - Parameter listener: Hears how the work goes; `nil` for those who look at standard error.
  init(
    settings: Settings,
    context: CommandContext,
    transcriber: Transcriber,
    writer: ResultWriter? = nil,
    arguments: ParsedArguments,
    ledger: LedgerFile?,
    listener: (any RunListener)? = nil,
    sourceFolder: String? = nil
  ) throws {
    self.init(
      context.workplace,
      transcriber,
      reuse: try EarlierWork.Reuse(settings),
      writer: writer,
      words: arguments.storedWords(context),
      ledger: ledger,
      listener: listener ?? StatusListener(context: context),
      sourceFolder: sourceFolder
    )
  }
}

/// Tells people on standard error how a run goes.
struct StatusListener: RunListener {
  let context: CommandContext

  func hear(_ outcome: WorkOutcome, of name: String) {
    OutcomeLine(context: context).show(outcome, of: name)
  }

  func hear(_ outcome: ItemOutcome, of name: String) {
    OutcomeLine(context: context).show(outcome, of: name)
  }

  func watch(_ work: [NamedWork], _ run: TranscriptionRun) -> RunObserver {
    RunStatusLine(work, plan: run.plan, jobs: run.options.jobs, context).show
  }
}
