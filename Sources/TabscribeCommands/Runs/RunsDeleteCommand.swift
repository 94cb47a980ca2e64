internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `runs delete`: forgets runs.
enum RunsDeleteCommand {
  private static let runs = RepeatedOperand(
    .run,
    minimum: 0,
    help: "runs by id, or by the beginning of one"
  )
  private static let age = ValueOption(
    "older-than",
    .age,
    help: "all runs that began so long ago, as 12h, 90d, 12w or 2y"
  )
  private static let dryRun = Flag(
    "dry-run",
    help: "list what would be deleted, and delete nothing"
  )
  private static let yes = Flag("yes", short: "y", help: "also runs that have results")

  static let command = Command(
    "delete",
    abstract: "Delete runs with their replies and transcripts",
    examples: [
      .init("tabscribe runs delete 20261120T101500Z-3f9ac2 --yes", "one run"),
      .init("tabscribe runs delete --older-than 90d --dry-run", "what a clean-up would take"),
      .init("tabscribe runs backup before.db", "first keep a copy of everything"),
    ],
    discussion: """
      Files that were written stay. What was paid for is deleted only with --yes; runs of which \
      everything failed need none. --older-than leaves out what is running or waits for a batch.
      """,
    operands: [runs],
    options: [OptionGroup("Runs", [age, dryRun, yes])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let summaries = try chosen(arguments, context)
    if arguments[dryRun] { return try show(summaries, context) }
    // All are looked at before the first is deleted.
    if !arguments[yes] { for run in summaries { try refuseIfPaidFor(run) } }
    let store = try UserStore(context).writing()
    for run in summaries { try store.deleteRun(run.id) }
    if context.isJSON {
      context.print(json: ["deleted": .array(summaries.map { .string($0.id) })])
    } else {
      for run in summaries { context.status.message("Deleted \(run.id).") }
    }
    return .done
  }

  /// The runs that are meant, each once.
  private static func chosen(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> [RunSummary] {
    let references = arguments[runs]
    let age = arguments[age]
    guard references.isEmpty != (age == nil) else {
      throw CommandError.usage(
        references.isEmpty
          ? "No run is named." : "Runs are named, and --older-than names others.",
        remedy: "Name runs, or give --older-than 90d."
      )
    }
    let user = UserStore(context)
    if let age {
      guard user.isThere else { return [] }
      let end = context.now().addingTimeInterval(-Double(age))
      return try user.reading().runs(limit: Int(Int32.max)).filter {
        $0.startedAt < end && $0.status != .running && $0.status != .waiting
      }
    }
    let store = try user.writing()
    var found: [RunSummary] = []
    for reference in references {
      let id = try store.resolveRun(reference)
      guard !found.contains(where: { $0.id == id }), let run = try store.run(id) else { continue }
      found.append(run.summary)
    }
    return found
  }

  private static func show(
    _ runs: [RunSummary],
    _ context: CommandContext
  ) throws -> ExitCode {
    let store = runs.isEmpty ? nil : try UserStore(context).reading()
    let sizes = try runs.map { try store?.size(ofRun: $0.id) ?? 0 }
    if context.isJSON {
      let found = zip(runs, sizes).map { run, size in
        var json = run.json.object ?? [:]
        json["sizeBytes"] = JSONValue(size)
        return JSONValue.object(json)
      }
      context.print(json: ["wouldDelete": .array(found)])
      return .done
    }
    if !runs.isEmpty { context.print(RunsListCommand.table(runs, sizes: sizes)) }
    let size = runs.isEmpty ? "" : " of \(NumberText.bytes(sizes.reduce(0, +)))"
    let cost = runs.compactMap(\.cost).reduce(0, +)
    let money = cost > 0 ? ", billed \(MoneyText.rendered(cost)) USD" : ""
    context.status.message(
      "This would delete \(NumberText.counted(runs.count, "run"))\(size)\(money); "
        + "nothing was deleted."
    )
    return .done
  }

  private static func refuseIfPaidFor(_ summary: RunSummary) throws(CommandError) {
    guard summary.itemCounts.keys.contains(where: { $0 != .failed }) else { return }
    let cost = summary.cost.map { ", billed \(MoneyText.rendered($0)) USD" } ?? ""
    throw .usage(
      "The run \(summary.id) is not only failed: \(summary.itemsText)\(cost).",
      remedy:
        "Give --yes to delete it all the same; tabscribe runs export writes its results first."
    )
  }
}
