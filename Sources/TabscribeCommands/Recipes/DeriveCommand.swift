internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import OrderedJSON
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `derive`: what people do with a finished transcript; summaries, chapters, quotes, translations.
enum DeriveCommand {
  private static let recipes = RequiredOperand(
    ValueReader<[String]>.recipes,
    help: "recipes with commas between them; prompts list marks them"
  )
  /// The option of `transcribe` that asks recipes about what was transcribed.
  static let then = ValueOption(
    "then",
    ValueReader<[String]>.recipes,
    help: "derive RECIPE,… of the results"
  )
  private static let machine = Flag("machine", help: "the machine's words, without corrections")
  private static let input = ValueOption(
    "input",
    .file(),
    help: "file with the questions, claims or criteria"
  )
  private static let schema = ValueOption(
    "schema",
    .text("NAME"),
    help: "tables to ask for instead of the recipe's"
  )
  static let csv = ValueOption(
    "to-csv",
    .file(),
    help: "also write the rows of all into one table"
  )
  private static let force = OutputOptions.force
  static let byBatch = Flag("batch", help: "ask at half the price, answered within a day")

  /// What every recipe may be told.
  static let asking: [any CommandOption] =
    [machine]
    + SettingArgument.options(of: "model", "encoding", "thinking")

  static let command = Command(
    "derive",
    abstract: "Make chapters, quotes, tasks, translations, … of finished transcripts",
    examples: [
      .init("tabscribe derive chapters,quotes talk.json", "two panels more in its report"),
      .init("tabscribe derive translate talk.json --param to=French", "row by row"),
      .init("tabscribe derive ask talk.json --input questions.txt", "answers with their words"),
      .init("tabscribe derive extract talks/ --schema cv.json --to-csv cv.csv", "a row of each"),
      .init("tabscribe derive summary *.json --dry-run", "what would be sent"),
      .init("tabscribe derive summary *.json --batch", "at half the price; see batch fetch"),
    ],
    discussion: """
      The transcript goes in as numbered rows, the model answers with numbers of rows: times, speakers \
      and exact words are looked up, and what cannot be found is marked. The tables go into the \
      transcript itself, so that its report and every export that has room for tables have them; the \
      report beside it is made anew. Asking again costs nothing while the words are the same.
      """,
    operands: [recipes, TranscriptOperands.several],
    options: [
      OptionGroup(
        "Recipe and model",
        [TranscriptionOptions.parameters, input, TranscriptionOptions.contextFile, schema] + asking
      ),
      OptionGroup(
        "Service",
        [
          TranscriptionOptions.backend, TranscriptionOptions.project, TranscriptionOptions.location,
        ] + SettingArgument.options(in: .service) + [TranscriptionOptions.costLimit]
      ),
      OptionGroup(
        "Sending",
        [
          csv, force, byBatch, BatchSubmitCommand.storage, RunSettings.jobs, RunSettings.resumes,
          RunSettings.maxFailures,
          RunSettings.noContinue, PlanningOptions.noEstimate, TranscribeCommand.dryRun,
        ] + TranscriptionOptions.sending
      ),
    ],
    run: { try await run($0, $1) }
  )

  /// Runs the command, or takes up a run of it.
  ///
  /// - Parameter earlier: The run to take up.
  static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    takingUp earlier: EarlierRun? = nil
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    try DeriveBatch.check(arguments, settings)
    let earlier = try earlier ?? EarlierRun.resumed(by: arguments, context)
    let (prepared, transcriber) = try preparation(arguments, settings, context)
    let sheet = try arguments[csv].map { try DerivedSheet($0, of: prepared, context) }
    if arguments[byBatch] {
      return try await DeriveBatch(arguments, context).run(prepared, by: transcriber)
    }
    let ending = try await ending(
      of: prepared,
      by: transcriber,
      arguments,
      settings,
      context,
      takingUp: earlier
    )
    guard let ending else { return .done }
    ending.tell(context)
    try DerivedListing(ending: ending, context: context).print()
    try sheet?.write(ending.outcomes)
    return ending.exitCode
  }

  /// Asks what a command line asks for, and puts what comes into the transcripts; how it ended is still to
  /// be said.
  ///
  /// - Returns: `nil` where the requests were only to be shown.
  static func ending(
    _ arguments: ParsedArguments,
    _ settings: Settings,
    _ context: CommandContext
  ) async throws -> RunEnding? {
    let (prepared, transcriber) = try preparation(arguments, settings, context)
    return try await ending(
      of: prepared,
      by: transcriber,
      arguments,
      settings,
      context,
      takingUp: nil
    )
  }

  private static func ending(
    of prepared: PreparedWork,
    by transcriber: Transcriber,
    _ arguments: ParsedArguments,
    _ settings: Settings,
    _ context: CommandContext,
    takingUp earlier: EarlierRun?
  ) async throws -> RunEnding? {
    let work = prepared.work
    let check = SendingCheck(work: work, context: context)
    check.tellNotices()
    if arguments[TranscribeCommand.dryRun] {
      try TranscribeCommand.printRequests(work, of: transcriber, settings, context, earlier) {
        plan in
        guard !plan.entries.isEmpty else { return }
        for line in PlanListing(plan: plan, done: 0, work: work.count).summary {
          context.status.message(line)
        }
      }
      return nil
    }
    try check.check(transcriber, arguments, takingUp: earlier)
    let session = try session(about: prepared, transcriber, settings, arguments, context)
    return try await session.ending(
      of: prepared,
      takingUp: earlier,
      RunSettings.options(settings, context)
    )
  }

  /// The work that a command line asks for, and who does it.
  private static func preparation(
    _ arguments: ParsedArguments,
    _ settings: Settings,
    _ context: CommandContext
  ) throws -> (PreparedWork, Transcriber) {
    var transcriber = try TranscriptionSession.transcriber(settings)
    transcriber.isStreamed = !arguments[byBatch]
    let prepared = try RecipePreparation(
      transcriber: transcriber,
      asked: TranscriptionOptions.requestSettings(settings, context),
      input: try settings.value(of: input).map { try inputText(of: $0, context) },
      context: context,
      isMachine: arguments[machine],
      schema: try settings.value(of: schema).map { try RecipeSchema.read($0, context) }
    ).prepare(arguments[recipes], about: arguments[TranscriptOperands.several])
    return (prepared, transcriber)
  }

  /// What a recipe needs, from a file: as it stands there, or questions with what belongs to them.
  private static func inputText(of path: String, _ context: CommandContext) throws -> String {
    let text = try TranscriptionOptions.text(of: path, for: input, context)
    return QuestionFile.isOne(path) ? try QuestionFile.lines(text, of: path) : text
  }

  private static func session(
    about prepared: PreparedWork,
    _ transcriber: Transcriber,
    _ settings: Settings,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> RunSession {
    var session = try RunSession(
      settings: settings,
      context: context,
      transcriber: transcriber,
      writer: nil,
      arguments: arguments,
      ledger: nil
    )
    session.placing = { try place($1, of: $0, context) }
    session.announce = { plan, done in
      guard plan.entries.count > 1 else { return }
      let listing = PlanListing(plan: plan, done: done, work: prepared.work.count)
      for line in listing.summary { context.status.message(line) }
    }
    return session
  }

  /// Asks recipes about what was transcribed a moment ago, as a run of its own.
  ///
  /// - Parameters:
  ///   - outcomes: How the sources ended.
  ///   - limit: What may still be spent; `nil` for no limit.
  static func follow(
    _ recipes: [String],
    _ outcomes: [WorkOutcome],
    within limit: Decimal?,
    _ transcriber: Transcriber,
    _ settings: Settings,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> RunEnding {
    let transcripts = outcomes.compactMap { outcome -> String? in
      guard case .finished(let item, let files) = outcome.outcome else { return nil }
      let file = files.first { $0.hasSuffix(ResultFormat.json.suffix) }
      return file.map { FilePath.shown($0, from: context.workingFolder) } ?? item.outline.run.id
    }
    let prepared = try RecipePreparation(
      transcriber: transcriber,
      asked: SettingArgument.serviceSettings(settings),
      input: nil,
      context: context,
      isMachine: false
    ).prepare(recipes, about: transcripts)
    // Taken up later, it is a run of derive.
    let words = [command.name, recipes.joined(separator: ",")] + transcripts
    let own = try arguments.program.parse(words + serviceWords(settings))
    var options = try RunSettings.options(settings, context)
    options.costLimit = limit
    options.listens = false
    return try await session(about: prepared, transcriber, settings, own, context)
      .ending(of: prepared, takingUp: nil, options)
  }

  /// The options about the service, as they would be given again.
  static func serviceWords(_ settings: Settings) throws -> [String] {
    let options = [
      TranscriptionOptions.backend, TranscriptionOptions.project, TranscriptionOptions.location,
    ]
    return try options.flatMap { option in
      try settings.value(of: option).map { ["--" + option.declaration.name, $0] } ?? []
    }
  }

  /// Puts what a recipe made into its transcript.
  static func place(
    _ document: TranscriptDocument,
    of work: NamedWork,
    _ context: CommandContext
  ) throws -> [String] {
    guard let derivation = work.prepared.derivation(document) else { return [] }
    let operand = try TranscriptOperands.one(work.prepared.source.uri, context.workplace)
    return try CorrectedFiles(operand, context).add(derivation).map(context.absolutePath)
  }
}

extension ValueReader where Value == [String] {
  /// Names of recipes with commas between them.
  fileprivate static let recipes = ValueReader("RECIPE") { text throws(ValueProblem) in
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains(where: \.isEmpty) else {
      throw ValueProblem(expected: "names of recipes with commas between them")
    }
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
