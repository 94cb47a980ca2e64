internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// `batch fetch`: takes a run up with the answers of its batch, and writes its results.
enum BatchFetchCommand {
  private static let from = ValueOption(
    "from",
    .file(),
    help: "record of the batch, copied from your machine that submitted it"
  )
  static let waits = Flag("wait", help: "ask again until everything is answered")
  private static let online = Flag(
    "online",
    help: "send what has no answer as ordinary requests, at the ordinary price"
  )

  static let command = Command(
    "fetch",
    abstract: "Write the results of a batch",
    examples: [
      .init("tabscribe batch fetch ID", "writes STEM.html and STEM.json of each source"),
      .init("tabscribe batch fetch ID --from ID.batch.json", "on another machine"),
      .init("tabscribe batch fetch ID --online", "finishes one that is late or has gaps"),
    ],
    discussion: "Answers are kept as they came before they are read. What they leave to ask, such "
      + "as the rest of a cut reply or a second pass, is submitted as the next round of the batch, or "
      + "with --online sent at once. Ends with 3 while answers are to come, and when requests stayed "
      + "without an answer; they are listed, and batch submit --retry asks them again.",
    operands: [BatchCommand.id],
    options: [
      OutputOptions.group,
      OptionGroup(
        "Batch",
        [
          from, waits, online, RunSettings.noContinue, RunSettings.noCheckTime, RunSettings.align,
          TranscriptionOptions.costLimit, TranscriptionOptions.verbose,
        ]
      ),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    let batch = try batch(arguments, session)
    let transcriber = try session.transcriber(for: batch.work)
    let kept = try batch.kept(for: transcriber)
    var answers = BatchAnswers(session.desk, transcriber)
    answers.waits = arguments[waits]
    answers.stopsLate = arguments[online]
    let course = BatchCourse(session.desk, transcriber, kept, answers)
    let reached = try await course.advanced(batch) { batch in
      try await results(of: batch, kept, arguments, session, transcriber)
    }
    guard let ending = reached.ending else {
      return showState(session.description(of: reached.batch), context)
    }
    return try BatchEnding(
      session: session,
      batch: reached.batch,
      ending: ending,
      hasMoreToCome: reached.hasMoreToCome
    ).show()
  }

  /// The batch here, or a copy from elsewhere, which is then known here, too.
  private static func batch(
    _ arguments: ParsedArguments,
    _ session: BatchSession
  ) throws -> BatchRun {
    let id = arguments[BatchCommand.id]
    guard let path = arguments[from] else { return try session.desk.batch(id) }
    let copy = try PortableBatch(file: session.context.absolutePath(path))
    guard copy.id == id else {
      throw CommandError.usage(
        "\(SafeText.quoted(path)) is the record of \(copy.id), not of \(SafeText.quoted(id)).",
        remedy: "Name the batch and its own record."
      )
    }
    try copy.put(into: session.store, session.transcriber(for: nil))
    return try session.desk.batch(id)
  }

  /// Carries out the run as far as answers are there, and writes what they give.
  private static func results(
    of batch: BatchRun,
    _ kept: KeptWork,
    _ arguments: ParsedArguments,
    _ session: BatchSession,
    _ transcriber: Transcriber
  ) async throws -> RunEnding {
    let isOnline = arguments[online]
    if isOnline { try transcriber.client.configuration.requireCredentials() }
    var options = RunOptions()
    options.speakers = kept.speakers
    options.continues = !arguments[RunSettings.noContinue]
    options.listens = !arguments[RunSettings.noCheckTime]
    if !kept.isAboutTranscripts {
      options.rowSpeaker = try await RunSettings.rowSpeaker(session.settings)
    }
    if options.rowSpeaker != nil { RunSettings.tellSoundless(kept.work, session.context) }
    options.carrier = isOnline ? .online : .batch(retriesFailures: false)
    var earlier = EarlierRun(batch, kept)
    let limit = try session.settings.value(of: TranscriptionOptions.costLimit)
    earlier.costLimit = limit ?? earlier.costLimit
    let context = session.context
    let sources = context.working(in: batch.run.summary.workingFolder)
    var run = try RunSession(
      settings: session.settings,
      context: context,
      transcriber: transcriber,
      writer: kept.isAboutTranscripts || batch.isOfLab
        ? nil : try ResultWriter(session.settings, context),
      arguments: arguments,
      ledger: ledger(of: kept, context),
      sourceFolder: batch.run.summary.workingFolder
    )
    if batch.isOfLab {
      context.status.message(
        "What a lab asked stays in the run store; lab run --batch goes on with it."
      )
      tellIdle(arguments, context, since: "results of a lab stay in the run store")
    } else if kept.isAboutTranscripts {
      tellIdle(arguments, context, since: "what recipes made goes into the transcripts")
      run.placing = { try DeriveCommand.place($1, of: $0, sources) }
    }
    run.announce = { plan, _ in
      guard plan.total.requests > 0 else { return }
      let money =
        plan.total.cost.map { "about \(PlanListing.money($0.cached)) USD" } ?? "an unknown amount"
      let count = plan.total.requests
      context.status.message(
        "Sending \(NumberText.counted(count, "request")) online for \(money)."
      )
    }
    return try await run.ending(of: PreparedWork(work: kept.work), takingUp: earlier, options)
  }

  /// Says which options have no effect where no file is written under a name of its own.
  private static func tellIdle(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    since reason: String
  ) {
    let idle: [any CommandOption] = [
      OutputOptions.folder, OutputOptions.formats, OutputOptions.force, RunSettings.noCheckTime,
      RunSettings.align,
    ]
    for option in idle where arguments.isGiven(option) {
      context.status.warning(
        "--\(option.declaration.name) has no effect: \(reason)."
      )
    }
  }

  /// The ledger that the work was begun with; that it cannot be kept up is no reason to lose answers.
  private static func ledger(of kept: KeptWork, _ context: CommandContext) -> LedgerFile? {
    guard let path = kept.ledger else { return nil }
    do {
      return try LedgerFile(path: path)
    } catch {
      let failure = ErrorExplanation.commandError(error)
      context.status.warning(SafeText.line(failure.message))
      return nil
    }
  }

  private static func showState(
    _ batch: BatchDescription,
    _ context: CommandContext
  ) -> ExitCode {
    if context.isJSON {
      context.print(json: ["batch": batch.json, "results": [], "missing": []])
    } else {
      let due = batch.deadline.map { "; answers are due by \($0)" } ?? ""
      context.print("\(batch.batch.id)  \(SafeText.line(batch.state))\(due)")
      if batch.isOverdue {
        context.status.message(
          "The batch is late: --online stops it and sends the rest at the ordinary price."
        )
      }
    }
    return .incomplete
  }
}
