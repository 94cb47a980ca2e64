internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `transcribe`: the main job.
enum TranscribeCommand {
  static let sources = RepeatedOperand(
    .text("SOURCE", completion: .files),
    help: "files, folders, addresses, lists (help lists)"
  )
  static let dryRun = Flag(
    "dry-run",
    help: "print the exact HTTP requests and send nothing"
  )

  private static let sending: [any CommandOption] =
    [
      LanguageDetection.option, LedgerFile.option, RunSettings.jobs, RunSettings.resumes,
      RunSettings.maxFailures,
      RunSettings.noContinue, RunSettings.noCheckTime, RunSettings.align,
    ] + SettingArgument.options(in: .sending) + [PlanningOptions.noEstimate, dryRun]
    + [WorkQueueing.flag]
    + TranscriptionOptions.sending

  static let command = Command(
    "transcribe",
    abstract: "Transcribe videos: what was said, when, and by whom",
    examples: [
      .init("tabscribe transcribe talk.mp4 --open", "writes talk.html and talk.json")
    ],
    operands: [sources],
    options: TranscriptionOptions.requestGroups + [
      OptionGroup(
        "Results and sending",
        OutputOptions.opened + [DeriveCommand.then] + TranscriptionOptions.forService + sending
      )
    ],
    run: { try await run($0, $1) }
  )

  /// Runs the command, or takes up a run of it.
  ///
  /// - Parameters:
  ///   - earlier: The run to take up.
  ///   - listener: Hears how the work goes; `nil` for those who look at standard error.
  static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    takingUp earlier: EarlierRun? = nil,
    listener: (any RunListener)? = nil
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    let enqueues = earlier == nil && arguments[WorkQueueing.flag]
    if enqueues { try WorkQueueing.check(arguments, settings, context) }
    let earlier = try earlier ?? EarlierRun.resumed(by: arguments, context)
    var preparation = try WorkPreparation(settings, context, makesStore: !arguments[dryRun])
    // Its requests stay what they were: what has been answered is found again by them.
    if let known = earlier?.knownSpeakers { preparation.knownSpeakers = known }
    let detection = try LanguageDetection(settings, context)
    let detected = try await detect(detection, &preparation, arguments)
    let all = try await preparation.prepare(arguments[sources])
    let work = all.work
    let check = SendingCheck(work: work, context: context)
    check.tellNotices()
    if arguments[dryRun] {
      try printRequests(
        detected.open + work,
        of: preparation.transcriber,
        settings,
        context,
        earlier
      )
      return .done
    }
    try check.check(preparation.transcriber, arguments, takingUp: earlier)
    if let recipes = try settings.value(of: DeriveCommand.then) {
      try tellPrice(of: recipes, about: work, preparation.transcriber, settings, context)
    }
    var options = try RunSettings.options(settings, context)
    options.costLimit = options.costLimit.map { $0 - detected.spent }
    options.rowSpeaker = try await RunSettings.rowSpeaker(settings)
    if options.rowSpeaker != nil { RunSettings.tellSoundless(work, context) }
    var writer = try ResultWriter(settings, context)
    let isInBucket = writer.folder.bucket != nil
    if isInBucket { try refuseFiles(settings, arguments) }
    writer.folder.recovery =
      (isInBucket ? "" : "Free the disk; then ")
      + "tabscribe runs resume writes what is missing, and sends nothing again."
    var session = try RunSession(
      settings: settings,
      context: context,
      transcriber: preparation.transcriber,
      writer: writer,
      arguments: arguments,
      ledger: preparation.ledger,
      listener: listener
    )
    session.announce = { [jobs = options.jobs] plan, done in
      // Of a single request everything is said while it runs.
      guard plan.entries.count > 1 || enqueues else { return }
      var listing = PlanListing(plan: plan, done: done, work: work.count)
      listing.jobs = jobs
      for line in listing.summary { context.status.message(line) }
    }
    if enqueues {
      let enqueued = try await session.enqueue(all, options)
      return WorkQueueing.show(enqueued, hasRefused: !all.refused.isEmpty, context)
    }
    let ending = try await session.ending(of: all, takingUp: earlier, options)
    let code = try await finish(ending, preparation.transcriber, settings, arguments, context)
    if options.rowSpeaker != nil { tellUnaligned(ending.outcomes, context) }
    if arguments[OutputOptions.opens] { try open(ending.outcomes, context) }
    return code
  }

  /// Refuses what works with results as files of this machine, where they go into a bucket.
  private static func refuseFiles(_ settings: Settings, _ arguments: ParsedArguments) throws {
    if arguments[OutputOptions.opens] {
      throw CommandError.usage(
        "--open opens a report of this machine, and the results go into a bucket.",
        remedy: "Leave it out, or write into a folder."
      )
    }
    if try settings.value(of: DeriveCommand.then) != nil {
      throw CommandError.usage(
        "--then puts what it makes into files of this machine, and the results go into a bucket.",
        remedy:
          "Leave it out; tabscribe derive RECIPE last and then tabscribe export last put it there."
      )
    }
  }

  /// Finds out which languages are spoken, where that is asked for; of what is not to be sent what was found
  /// out before.
  private static func detect(
    _ detection: LanguageDetection?,
    _ preparation: inout WorkPreparation,
    _ arguments: ParsedArguments
  ) async throws -> (open: [NamedWork], spent: Decimal) {
    guard let detection else { return ([], 0) }
    preparation.routes = detection.routes
    guard !arguments[dryRun] else {
      let known = try await detection.known(arguments[sources], preparation)
      preparation.languages = known.languages
      return (known.open, 0)
    }
    let asked = try await detection.asked(arguments, arguments[sources], preparation)
    preparation.languages = asked.languages
    return ([], asked.spent)
  }

  /// Says how it ended, and asks the recipes that were to follow.
  private static func finish(
    _ ending: RunEnding,
    _ transcriber: Transcriber,
    _ settings: Settings,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let recipes = try settings.value(of: DeriveCommand.then)
    guard let recipes, ending.outcomes.contains(where: \.hasResult), !Task.isCancelled else {
      return ending.show(context)
    }
    ending.tell(context)
    let limit = try settings.value(of: TranscriptionOptions.costLimit)
    let then = try await DeriveCommand.follow(
      recipes,
      ending.outcomes,
      within: limit.map { $0 - (ending.report?.spent ?? .zero) },
      transcriber,
      settings,
      arguments,
      context
    )
    then.tell(context)
    let listing = DerivedListing(ending: then, context: context)
    if context.isJSON {
      var json = ending.json
      json["then"] = try listing.json
      context.print(json: .object(json))
    } else {
      try listing.print()
    }
    return ending.exitCode == .done ? then.exitCode : ending.exitCode
  }

  /// Says what the recipes that are to follow will take, before anything is sent.
  private static func tellPrice(
    of recipes: [String],
    about work: [NamedWork],
    _ transcriber: Transcriber,
    _ settings: Settings,
    _ context: CommandContext
  ) throws {
    let read = ReadPrompts(context.workplace)
    let asked = try SettingArgument.serviceSettings(settings)
    let requests = try recipes.map(read.prompt).flatMap { prompt in
      try work.compactMap { try transcriber.forecast(prompt, about: $0.prepared, settings: asked) }
    }
    guard !requests.isEmpty else { return }
    let plan = try transcriber.planner(for: work.map(\.prepared)).plan(requests)
    let listing = PlanListing(plan: plan, done: 0, work: requests.count)
    if let line = listing.summary.first {
      context.status.message("then \(recipes.joined(separator: ", ")):\(line)")
    }
  }

  /// Says how results get their times that were there before.
  private static func tellUnaligned(_ outcomes: [WorkOutcome], _ context: CommandContext) {
    let kept = outcomes.lazy.compactMap { outcome -> String? in
      guard let run = outcome.earlierRun, case .finished(let item, _) = outcome.outcome else {
        return nil
      }
      return item.outline.hasSetTimes ? nil : run
    }
    guard let run = kept.first else { return }
    context.status.message(
      "--align sets times as results are made; for one made before: "
        + "tabscribe align \(run) --apply, or the same with its file."
    )
  }

  /// Opens the first report; of several the way to all of them is said.
  private static func open(
    _ outcomes: [WorkOutcome],
    _ context: CommandContext
  ) throws(CommandError) {
    let reports = outcomes.compactMap { outcome -> String? in
      guard case .finished(_, let files) = outcome.outcome else { return nil }
      return files.first { $0.hasSuffix(ResultFormat.html.suffix) }
    }
    guard let first = reports.first else {
      context.status.warning("--open has no effect: no report was written.")
      return
    }
    try BrowserLauncher.desktop.open(context.absolutePath(first))
    if reports.count > 1 {
      context.status.message("The first of \(reports.count) reports is opened.")
    }
  }

  /// Prints the exact requests that some work takes.
  ///
  /// - Parameter announce: Told the plan of what is left to ask.
  static func printRequests(
    _ work: [NamedWork],
    of transcriber: Transcriber,
    _ settings: Settings,
    _ context: CommandContext,
    _ earlier: EarlierRun?,
    announce: (Plan) -> Void = { _ in }
  ) throws {
    let user = UserStore(settings)
    let store = user.isThere ? try user.reading() : nil
    let (done, open) = try EarlierWork(.init(settings), in: store, takingUp: earlier).split(work)
    if let words = EarlierWork.words(done: done.count, of: work.count) {
      context.status.message("\(words).")
    }
    let foreseen = try transcriber.httpRequests(
      for: open.map(\.prepared),
      options: RunSettings.options(settings, context),
      takingUp: earlier.flatMap { run in try store.map { try EarlierAnswers(of: run.id, in: $0) } }
    )
    announce(foreseen.plan)
    context.print(json: ["requests": .array(foreseen.requests.map(\.redactedJSON))])
  }
}
