internal import CommandLineInterface
internal import OrderedJSON
internal import Transcribing

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
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try BatchSession(arguments, context)
    guard let id = arguments[id] else { return try await showAll(session, context) }
    let record = try session.store.record(id)
    let batch = session.description(of: try await refreshed(record, session))
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
    for id in session.store.ids {
      do {
        let record = try session.store.record(id)
        batches.append(session.description(of: record))
        batches[batches.count - 1] = session.description(of: try await refreshed(record, session))
      } catch let error where !(error is CancellationError) {
        let failure = error as? CommandError ?? ErrorExplanation.commandError(error)
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
    _ record: BatchRecord,
    _ session: BatchSession
  ) async throws -> BatchRecord {
    guard record.stage == .submitted, !record.isFinal else { return record }
    return try await session.collection(for: record).refresh(record).record
  }

  private static func table(_ batches: [BatchDescription]) -> TextTable {
    var table = TextTable([
      .words("batch"), .words("model", mayShrink: true), .numbers("requests"), .words("state"),
      .words("due"),
    ])
    for batch in batches {
      table.add([
        batch.record.id, batch.record.model, NumberText.grouped(batch.record.items.count),
        batch.state, batch.record.isFinal ? "" : batch.deadline ?? "",
      ])
    }
    return table
  }

  private static func lines(of batch: BatchDescription) -> [String] {
    let record = batch.record
    var lines = [
      "\(record.id)  \(SafeText.line(batch.state))",
      "  \(batch.requests) to \(SafeText.line(record.model)), \(batch.money)",
    ]
    if let name = record.name { lines.append("  at the service: \(SafeText.line(name))") }
    if let failure = record.failure { lines.append("  \(SafeText.line(failure))") }
    if !record.isFinal, let deadline = batch.deadline {
      lines.append("  answers due by \(deadline)")
    }
    lines.append("  record: \(SafeText.line(batch.file))")
    return lines
  }
}
