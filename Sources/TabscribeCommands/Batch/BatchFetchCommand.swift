internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import Transcribing

/// `batch fetch`: writes the results of a batch once its answers are there.
enum BatchFetchCommand {
  private static let from = ValueOption(
    "from",
    .file(),
    help: "record of the batch, copied from your machine that submitted it"
  )
  private static let waits = Flag("wait", help: "ask again until the batch has ended")
  private static let online = Flag(
    "online",
    help: "send what has no answer as ordinary requests, at the ordinary price"
  )

  static let command = Command(
    "fetch",
    abstract: "Write the results of a batch",
    examples: [
      .init("tabscribe batch fetch ID", "writes STEM.html and STEM.json of each source"),
      .init("tabscribe batch fetch ID --from ID.json", "on another machine"),
      .init("tabscribe batch fetch ID --online", "finishes one that is late or has gaps"),
    ],
    discussion: "Answers are kept as they came before they are read. Ends with 3 while the batch "
      + "runs, and when requests stayed without an answer; they are listed, and batch submit "
      + "--retry asks them again.",
    operands: [BatchCommand.id],
    options: [
      OutputOptions.group,
      OptionGroup("Batch", [from, waits, online, TranscriptionOptions.costLimit]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    let record = try record(arguments, session)
    let writer = try BatchResultWriter(session)
    var (ended, code) = try await fetched(record, arguments, session)
    guard ended.stage == .fetched else { return showState(ended, session, code) }
    let collection = BatchCollection(try session.transcriber(for: ended), store: session.store)
    ended = try writer.writeAnswers(of: ended, with: collection)
    if arguments[online], !ended.missing.isEmpty {
      ended = try await BatchOnline(session, writer).finish(ended, with: collection)
    }
    return try writer.report(ended)
  }

  /// The record here, or a copy from elsewhere, which is then known here, too.
  private static func record(
    _ arguments: ParsedArguments,
    _ session: BatchSession
  ) throws -> BatchRecord {
    let id = arguments[BatchCommand.id]
    guard let path = arguments[from] else { return try session.store.record(id) }
    let copy = try session.store.read(session.context.absolutePath(path))
    guard copy.id == id else {
      throw CommandError.usage(
        "\(SafeText.quoted(path)) is the record of \(copy.id), not of \(SafeText.quoted(id)).",
        remedy: "Name the batch and its own record."
      )
    }
    if !session.store.ids.contains(id) { try session.store.save(copy.withoutAnswers) }
    return try session.store.record(id)
  }

  /// The batch with its answers on this disk, or as far as it is.
  private static func fetched(
    _ record: BatchRecord,
    _ arguments: ParsedArguments,
    _ session: BatchSession
  ) async throws -> (BatchRecord, ExitCode) {
    guard record.stage != .fetched else { return (record, .done) }
    guard record.name != nil else {
      throw CommandError(
        "The batch \(record.id) is not submitted yet.",
        remedy: "Go on with tabscribe batch submit --resume \(record.id)."
      )
    }
    let collection = try session.collection(for: record)
    var (record, batch) = try await collection.refresh(record)
    var pause = Duration.seconds(2)
    while arguments[waits], !record.isFinal, !session.description(of: record).isOverdue {
      session.context.status.stage(
        "\(record.id)  \(session.description(of: record).state)"
      )
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(60))
      (record, batch) = try await collection.refresh(record)
    }
    session.context.status.clear()
    // Nothing is to be paid twice: what is late is stopped before the rest is sent online.
    if arguments[online], session.description(of: record).isOverdue {
      record = try await collection.cancel(record)
      batch = try await collection.refresh(record).batch
    }
    guard record.isFinal, let batch else { return (record, .incomplete) }
    return (try await collection.fetch(record, batch), .done)
  }

  private static func showState(
    _ record: BatchRecord,
    _ session: BatchSession,
    _ code: ExitCode
  ) -> ExitCode {
    let batch = session.description(of: record)
    if session.context.isJSON {
      session.context.print(json: ["batch": batch.json, "results": [], "missing": []])
    } else {
      let due = batch.deadline.map { "; answers are due by \($0)" } ?? ""
      session.context.print("\(record.id)  \(SafeText.line(batch.state))\(due)")
      if batch.isOverdue {
        session.context.status.message(
          "The batch is late: --online stops it and sends the rest at the ordinary price."
        )
      }
    }
    return code
  }
}
