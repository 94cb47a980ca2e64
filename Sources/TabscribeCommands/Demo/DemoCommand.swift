internal import CommandLineInterface
internal import EmbeddedLibrary
internal import GeminiAPI
internal import GeminiEmulation
internal import HTMLReports
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// `demo`: the main job on the sample video, against an emulator inside the process.
enum DemoCommand {
  private static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for the results (default tabscribe-demo)"
  )

  private static let recipes = Flag(
    "recipes",
    help: "put a summary, chapters, quotes and tasks into the report"
  )
  /// What the report of the demo shows of recipes.
  private static let shownRecipes = ["summary", "chapters", "quotes", "action-items"]

  static let command = Command(
    "demo",
    abstract: "Transcribe the built-in sample without a key, as a first look",
    examples: [.init("tabscribe demo --open", "writes a report and opens it")],
    discussion: "The sample is a short panel with made-up people. What a model would answer comes "
      + "from an emulator in this process: nothing leaves the machine and nothing is billed.",
    options: [OptionGroup("Results", [folder, recipes, OutputOptions.opens])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let folder = try OutputFolder(
      arguments[folder] ?? "tabscribe-demo",
      force: true,
      in: context.workplace
    )
    guard let sample = EmbeddedLibrary.sample.file(named: "sample.webm") else {
      preconditionFailure("the sample is compiled into the program")
    }
    let name = try folder.write(sample.bytes, to: sample.name)
    let video = FilePath.joined(folder.path, name)
    let writer = ResultWriter(folder: folder, formats: ResultFormat.usual)
    let document = try await transcribe(video, arguments, writer, context)
    let files = writer.names(stem: document.source.stem)
    let summary = ResultSummary(
      outline: DocumentOutline(document),
      files: files.map(folder.display)
    )
    show(document, summary, context)
    if arguments[OutputOptions.opens], let report = files.first {
      try BrowserLauncher.desktop.open(FilePath.joined(folder.path, report))
    }
    return document.isComplete ? .done : .incomplete
  }

  private static func transcribe(
    _ video: String,
    _ arguments: ParsedArguments,
    _ writer: ResultWriter,
    _ context: CommandContext
  ) async throws -> TranscriptDocument {
    let emulator = try GeminiEmulator.start()
    let transcriber = try TranscriptionSession.transcriber(
      GeminiConfiguration(apiKey: Secret("demo"), baseURL: emulator.baseURL),
      environment: context.environment
    )
    let result = await Result {
      let prompt = try PromptLookup(context.workplace).extractionPrompt("transcribe")
      let job = try await transcriber.prepare(
        .localFile(video),
        shownAs: writer.folder.display(FilePath.name(of: video)),
        prompt: prompt,
        settings: .init()
      )
      let store = try UserStore(context).opened()
      let document = try await transcriber.transcribe(
        job,
        in: store,
        arguments: arguments.words,
        workingFolder: context.workingFolder,
        deliver: { document, item in
          let request = try RequestRecord(item: item, in: store)
          return try writer.write(document, media: video, request: request)
            .map { FilePath.joined(writer.folder.path, $0) }
        }
      )
      if arguments[recipes] {
        try await derive(from: document, by: transcriber, in: store, writer, context)
      }
      return document
    }
    await emulator.stop()
    return try result.get()
  }

  /// Asks some recipes about the transcript, and puts what they make into its file and its report.
  private static func derive(
    from document: TranscriptDocument,
    by transcriber: Transcriber,
    in store: RunStore,
    _ writer: ResultWriter,
    _ context: CommandContext
  ) async throws {
    let file = document.source.stem + ResultFormat.json.suffix
    let operand = try TranscriptOperand.file(writer.folder.display(file), context.workplace)
    for name in shownRecipes {
      let prepared = try transcriber.prepare(
        document,
        shownAs: operand.spelling,
        recipe: PromptLookup(context.workplace).extractionPrompt(name),
        settings: .init()
      )
      let made = try await transcriber.transcribe(
        prepared,
        in: store,
        arguments: [DeriveCommand.command.name, name, operand.spelling],
        workingFolder: context.workingFolder
      )
      guard let derivation = prepared.derivation(made) else { continue }
      _ = try CorrectedFiles(operand, context).add(derivation)
    }
  }

  private static func show(
    _ document: TranscriptDocument,
    _ summary: ResultSummary,
    _ context: CommandContext
  ) {
    if context.isJSON {
      context.print(json: summary.json)
      return
    }
    for table in document.tables {
      context.print(context.style.bold(SafeText.line(table.name)))
      context.print(TableListing.table(table))
      context.print("")
    }
    context.print("The report is \(summary.files[0]); its data are in \(summary.files[1]).")
    context.print("The emulator counted tokens by the published rules; nothing was billed.")
  }
}

extension Result where Failure == any Error {
  /// The outcome of asynchronous work.
  fileprivate init(_ work: () async throws -> Success) async {
    do {
      self = .success(try await work())
    } catch {
      self = .failure(error)
    }
  }
}
