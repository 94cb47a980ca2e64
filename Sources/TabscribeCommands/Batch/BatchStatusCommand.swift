internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// `batch status`: how far batches are.
enum BatchStatusCommand {
  private static let id = OptionalOperand(.text("ID"), help: "one batch, by default all known here")

  static let command = Command(
    "status",
    abstract: "Say how far batches are",
    examples: [
      .init("tabscribe batch status", "all that were submitted from here"),
      .init("tabscribe batch status ID --json", "one, for machines"),
    ],
    operands: [id],
    options: [OptionGroup("Sending", [TranscriptionOptions.verbose])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    guard let id = arguments[id] else { return try await showAll(session, context) }
    let batch = session.description(of: try await refreshed(session.desk.batch(id), session))
    if context.isJSON {
      context.print(json: batch.json)
    } else {
      for line in lines(of: batch) { context.print(line) }
    }
    return .done
  }

  /// All batches; one that cannot be asked about is shown as it was last.
  private static func showAll(
    _ session: BatchSession,
    _ context: CommandContext
  ) async throws -> ExitCode {
    var batches: [BatchDescription] = []
    for id in try session.store.batchRuns() {
      do {
        let batch = try session.desk.batch(id)
        batches.append(session.description(of: batch))
        batches[batches.count - 1] = session.description(of: try await refreshed(batch, session))
      } catch let error where !(error is CancellationError) {
        let failure = ErrorExplanation.commandError(error)
        context.status.warning(SafeText.line("\(id): \(failure.message)"))
      }
    }
    if context.isJSON {
      context.print(json: ["batches": .array(batches.map(\.json))])
    } else if batches.isEmpty {
      context.status.message("No batch was submitted from here yet; see tabscribe batch submit.")
    } else {
      context.print(table(batches))
    }
    return .done
  }

  private static func refreshed(
    _ batch: BatchRun,
    _ session: BatchSession
  ) async throws -> BatchRun {
    guard let last = batch.last, last.stage == .submitted, !last.isFinal else { return batch }
    _ = try await session.collection(for: batch).refresh(last)
    return try session.desk.batch(batch.id)
  }

  private static func table(_ batches: [BatchDescription]) -> TextTable {
    var table = TextTable([
      .words("batch"), .words("model", mayShrink: true), .numbers("requests"), .words("state"),
      .words("due"),
    ])
    for batch in batches {
      table.add([
        batch.batch.id, batch.model, NumberText.grouped(batch.batch.last?.requestCount ?? 0),
        batch.state, batch.isFinal ? "" : batch.deadline ?? "",
      ])
    }
    return table
  }

  private static func lines(of batch: BatchDescription) -> [String] {
    let last = batch.batch.last
    var lines = [
      "\(batch.batch.id)  \(SafeText.line(batch.state))",
      "  \(batch.requests) to \(SafeText.line(batch.model)), \(batch.money)",
    ]
    if let round = last?.round, round > 1 { lines.append("  round \(round)") }
    if let name = last?.name { lines.append("  at the service: \(SafeText.line(name))") }
    if let failure = last?.failure { lines.append("  \(SafeText.line(failure))") }
    if !batch.isFinal, let deadline = batch.deadline {
      lines.append("  answers due by \(deadline)")
    }
    lines.append("  record: \(SafeText.line(batch.file))")
    return lines
  }
}
