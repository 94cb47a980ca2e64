internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `batch submit`: hands transcriptions to the service, to be answered within a day.
enum BatchSubmitCommand {
  private static let sources = RepeatedOperand(
    .text("SOURCE", completion: .files),
    minimum: 0,
    help: "files, folders, addresses, lists (help lists)"
  )
  static let storage = ValueOption(
    "storage",
    .text("gs://PLACE"),
    help: "on Agent Platform: where requests and answers go"
  )
  private static let retry = ValueOption(
    "retry",
    .text("ID"),
    help: "ask again what that batch left unanswered"
  )
  private static let resume = ValueOption(
    "resume",
    .text("ID"),
    help: "go on with a submission that was interrupted"
  )
  private static let again = Flag("force", help: "ask again what was done before")

  static let command = Command(
    "submit",
    abstract: "Hand transcriptions to the service as a batch",
    examples: [
      .init("tabscribe batch submit talks/ --shard 20m", "a folder, long ones in clips"),
      .init("tabscribe batch submit a.mp4 b.mp4 -p transcribe -p sounds", "every prompt on each"),
      .init("tabscribe batch submit --retry ID", "what a batch left unanswered"),
    ],
    discussion: "Takes what transcribe takes, cuts clips and names results as it does, and leaves "
      + "out what was done before. Prints the batch's ID, its price beside the price online, and when "
      + "answers are due. Each step is noted, so that --resume neither uploads nor orders anything "
      + "twice. A batch is for one model: several models make several batches.",
    operands: [sources],
    options: TranscriptionOptions.groups + [
      OptionGroup(
        "Batch",
        [
          OutputOptions.name, LedgerFile.option, storage, retry, resume, again,
          PlanningOptions.noEstimate, TranscriptionOptions.verbose,
        ]
      )
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    switch (arguments[sources].isEmpty, arguments[retry], arguments[resume]) {
    case (true, nil, let id?):
      let batch = try session.desk.batch(id)
      let transcriber = try session.transcriber(for: batch.work)
      try transcriber.client.configuration.requireCredentials()
      show([try await session.desk.submit(batch, transcriber)], session)
    case (true, let id?, nil): show([try await retried(id, session)], session)
    case (false, nil, nil): return try await submit(arguments, session)
    default:
      throw CommandError.usage(
        "Give sources, --retry or --resume, one of the three.",
        remedy: "See tabscribe batch submit --help."
      )
    }
    return .done
  }

  /// Hands in batches of the sources; one that cannot be used does not stop the others.
  private static func submit(
    _ arguments: ParsedArguments,
    _ session: BatchSession
  ) async throws -> ExitCode {
    var preparation = try WorkPreparation(session.settings, session.context, makesStore: true)
    preparation.transcriber.isStreamed = false
    let jobs = try await BatchJobs(
      preparation.prepare(arguments[sources]),
      by: preparation.transcriber,
      storage: session.settings.value(of: storage),
      ledger: preparation.ledger,
      options: RunSettings.planned(session.context),
      allowsUnknowns: arguments[PlanningOptions.noEstimate],
      session.desk
    )
    return try await submit(jobs, arguments, doneBy: "tabscribe transcribe", session)
  }

  /// Hands in batches that are within their limit.
  ///
  /// - Parameter command: The command that shows results where all was done before.
  static func submit(
    _ jobs: BatchJobs,
    _ arguments: ParsedArguments,
    doneBy command: String,
    _ session: BatchSession
  ) async throws -> ExitCode {
    let limit = try session.settings.value(of: TranscriptionOptions.costLimit)
    if let tier = try SettingArgument.serviceSettings(session.settings).serviceTier,
      tier != .standard
    {
      session.context.status.warning(
        "--service-tier has no effect: a batch has a price of its own."
      )
    }
    if !arguments[PlanningOptions.noEstimate] { try jobs.checkPrices() }
    try jobs.check(limit)
    if let words = EarlierWork.words(done: jobs.done, of: jobs.all) {
      let results = jobs.jobs.isEmpty ? command : "batch fetch"
      session.context.status.message("\(words); \(results) writes their results, too.")
    }
    for source in jobs.refused {
      OutcomeLine(context: session.context)
        .show(.failed(source), of: SafeText.line(source.source))
    }
    guard jobs.all > 0 else {
      show([], session)
      return .failed
    }
    try jobs.transcriber.client.configuration.requireCredentials()
    var submitted: [BatchRun] = []
    for job in jobs.jobs {
      submitted.append(
        try await jobs.submit(job, words: arguments.storedWords(session.context), limit: limit)
      )
    }
    show(submitted, session)
    return jobs.refused.isEmpty ? .done : .incomplete
  }

  /// What a batch left unanswered, asked by its next one.
  private static func retried(
    _ id: String,
    _ session: BatchSession
  ) async throws -> BatchRun {
    var batch = try session.desk.batch(id)
    guard batch.last?.isFinal == true else {
      throw CommandError.usage(
        "The batch \(id) has not ended, so nothing is known to be missing.",
        remedy: "See tabscribe batch status \(id)."
      )
    }
    let transcriber = try session.transcriber(for: batch.work)
    try transcriber.client.configuration.requireCredentials()
    let kept = try batch.kept(for: transcriber)
    batch = try await BatchAnswers(session.desk, transcriber).taken(of: batch, kept)
    guard try !batch.answers(in: session.store).missing.isEmpty else {
      throw CommandError.usage(
        "The batch \(id) has an answer to each request.",
        remedy: "See tabscribe batch status \(id)."
      )
    }
    let orders = try await session.desk.orders(of: batch, kept, retriesFailures: true, transcriber)
    return try await session.desk.submit(
      orders,
      of: id,
      kept,
      cost: orders.cost,
      retryOf: id,
      transcriber
    )
  }

  /// Shows batches, and how to go on with each.
  ///
  /// - Parameter next: The command that takes their answers; `nil` for that of each batch.
  static func show(_ batches: [BatchRun], _ session: BatchSession, next: String? = nil) {
    let context = session.context
    let batches = batches.map(session.description)
    if context.isJSON { return context.print(json: ["batches": .array(batches.map(\.json))]) }
    for batch in batches {
      let due = batch.deadline.map { ", answers due by \($0)" } ?? ""
      context.print(
        "\(context.style.green("✓")) \(batch.batch.id)  \(batch.requests) to "
          + "\(SafeText.line(batch.model)), \(batch.money)\(due)"
      )
      if next == nil { context.print("  results: tabscribe batch fetch \(batch.batch.id)") }
    }
    if let next { context.print("  results: \(SafeText.line(next))") }
  }
}

/// Tells people how a submission is going.
enum BatchSubmitStatus {
  static func show(_ progress: TranscriptionProgress, _ status: StatusReporter) {
    switch progress {
    case .uploading(let upload):
      status.update(
        "uploading \(NumberText.bytes(upload.sent)) of \(NumberText.bytes(upload.total))"
      )
    case .preparing: status.stage("waiting until the service has prepared the file")
    case .retrying(let notice):
      status.message(
        "\(SafeText.line(notice.error.description)); trying again in "
          + NumberText.duration(notice.delay)
      )
    default: break
    }
  }
}
