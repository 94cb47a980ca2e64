internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore

/// `runs delete`: forgets runs.
enum RunsDeleteCommand {
  private static let runs = RepeatedOperand(
    .text("RUN", completion: .suggestions(["last"])),
    help: "runs by id, or by the beginning of one"
  )
  private static let yes = Flag("yes", short: "y", help: "also runs that have results")

  static let command = Command(
    "delete",
    abstract: "Delete runs with their replies and transcripts",
    examples: [
      .init("tabscribe runs delete 20261120T101500Z-3f9ac2 --yes", "one run"),
      .init("tabscribe runs backup before.db", "first keep a copy of everything"),
    ],
    discussion: """
      Files that were written stay. What was paid for is deleted only with --yes; runs of which \
      everything failed need none.
      """,
    operands: [runs],
    options: [OptionGroup("Runs", [yes])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).writing()
    // All are looked at before the first is deleted.
    var ids: [String] = []
    for reference in arguments[runs] {
      let id = try store.resolveRun(reference)
      if !ids.contains(id) { ids.append(id) }
      guard !arguments[yes], let run = try store.run(id) else { continue }
      try refuseIfPaidFor(run)
    }
    for id in ids { try store.deleteRun(id) }
    if context.isJSON {
      context.print(json: ["deleted": .array(ids.map { .string($0) })])
    } else {
      for id in ids { context.status.message("Deleted \(id).") }
    }
    return .done
  }

  private static func refuseIfPaidFor(_ run: StoredRun) throws(CommandError) {
    let summary = run.summary
    guard summary.itemCounts.keys.contains(where: { $0 != .failed }) else { return }
    let cost = summary.cost.map { ", billed \(MoneyText.rendered($0)) USD" } ?? ""
    throw .usage(
      "The run \(summary.id) is not only failed: \(summary.itemsText)\(cost).",
      remedy:
        "Give --yes to delete it all the same; tabscribe runs export writes its results first."
    )
  }
}
