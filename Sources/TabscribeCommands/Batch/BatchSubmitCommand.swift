internal import CommandLineInterface
internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
internal import RequestPlanning
internal import Transcribing

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
    help: "video or audio, as for transcribe"
  )
  private static let storage = ValueOption(
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

  static let command = Command(
    "submit",
    abstract: "Hand transcriptions to the service as a batch",
    examples: [
      .init("tabscribe batch submit a.mp4 b.mp4 -p transcribe -p sounds", "every prompt on each"),
      .init("tabscribe batch submit --retry ID", "what an earlier batch left unanswered"),
    ],
    discussion: "Prints the batch's ID, its price beside the price online, and when answers are "
      + "due. Each step is noted in the data folder, so that --resume neither uploads nor orders "
      + "anything twice. A batch is for one model: several models make several batches.",
    operands: [sources],
    options: TranscriptionOptions.groupsOfOneRequest + [
      OptionGroup("Batch", [storage, retry, resume, PlanningOptions.noEstimate])
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    let records = try await records(arguments, session)
    if !arguments[PlanningOptions.noEstimate] { try checkPrices(records) }
    try checkLimit(records, session)
    var submitted: [BatchDescription] = []
    for record in records {
      submitted.append(try await submit(record, session))
      if !context.isJSON { show(submitted[submitted.count - 1], context) }
    }
    if context.isJSON { context.print(json: ["batches": .array(submitted.map(\.json))]) }
    return .done
  }

  /// The batches that are asked for; just one of the three ways may be taken.
  private static func records(
    _ arguments: ParsedArguments,
    _ session: BatchSession
  ) async throws -> [BatchRecord] {
    switch (arguments[sources].isEmpty, arguments[retry], arguments[resume]) {
    case (true, nil, let id?): return [try session.store.record(id)]
    case (true, let id?, nil): return [try retried(id, arguments, session)]
    case (false, nil, nil):
      return try await BatchJobs(session).records(
        sources: arguments[sources],
        storage: session.settings.value(of: storage),
        allowsUnknowns: arguments[PlanningOptions.noEstimate]
      )
    default:
      throw CommandError.usage(
        "Give sources, --retry or --resume, one of the three.",
        remedy: "See tabscribe batch submit --help."
      )
    }
  }

  private static func retried(
    _ id: String,
    _ arguments: ParsedArguments,
    _ session: BatchSession
  ) throws -> BatchRecord {
    let record = try session.store.record(id)
    guard record.isFinal, !record.missing.isEmpty else {
      throw CommandError.usage(
        record.isFinal
          ? "The batch \(record.id) has an answer to each request."
          : "The batch \(record.id) has not ended, so nothing is known to be missing.",
        remedy: "See tabscribe batch status \(record.id)."
      )
    }
    let transcriber = try session.transcriber(for: record)
    let cost = try BatchJobs.cost(
      of: record.missing.map(\.prepared),
      transcriber,
      allowsUnknowns: true
    )
    return transcriber.retry(of: record, cost: cost)
  }

  private static func checkPrices(_ records: [BatchRecord]) throws(CommandError) {
    for record in records where record.cost?.batch == nil {
      throw CommandError(
        "\(SafeText.line(record.model)) has no known price for batches.",
        remedy: "Choose another model, or submit without an estimate (--no-estimate)."
      )
    }
  }

  private static func checkLimit(_ records: [BatchRecord], _ session: BatchSession) throws {
    guard let limit = try session.settings.value(of: TranscriptionOptions.costLimit) else { return }
    let costs = records.map { $0.cost?.batch }
    let known = costs.compactMap(\.self).reduce(.zero, +)
    guard costs.contains(nil) || known.expected > limit else { return }
    throw CommandError(
      costs.contains(nil)
        ? "The cost is not known, so it cannot be held to \(limit) USD."
        : "The batch is estimated at \(known.expected) USD, above the limit of \(limit) USD.",
      remedy: "Raise --cost-limit, or submit less; nothing was sent.",
      exitCode: .limit
    )
  }

  private static func submit(
    _ record: BatchRecord,
    _ session: BatchSession
  ) async throws -> BatchDescription {
    let transcriber = try session.transcriber(for: record)
    try transcriber.client.configuration.requireCredentials()
    let status = session.context.status
    let submission = BatchSubmission(
      transcriber,
      store: session.store,
      uploads: session.uploads,
      observe: { BatchSubmitStatus.show($0, status) }
    )
    do {
      let submitted = try await submission.submit(record)
      status.clear()
      return session.description(of: submitted)
    } catch {
      status.clear()
      if (try? session.store.record(record.id)) != nil {
        status.message(
          "The batch \(record.id) is not submitted yet; go on with: "
            + "tabscribe batch submit --resume \(record.id)"
        )
      }
      throw error
    }
  }

  private static func show(_ batch: BatchDescription, _ context: CommandContext) {
    let due = batch.deadline.map { ", answers due by \($0)" } ?? ""
    context.print(
      "\(context.style.green("✓")) \(batch.record.id)  \(batch.requests) to "
        + "\(SafeText.line(batch.record.model)), \(batch.money)\(due)"
    )
    context.print("  results: tabscribe batch fetch \(batch.record.id)")
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
