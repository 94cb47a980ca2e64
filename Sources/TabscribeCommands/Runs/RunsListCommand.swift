internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

/// `runs list`: the runs, a line each.
enum RunsListCommand {
  private static let limit = ValueOption(
    "limit",
    short: "n",
    .integer("COUNT", in: 1...1_000_000),
    help: "how many to list (default 20)"
  )

  private static let ids = Flag("ids", help: "print the ids alone, one a line")

  static let command = Command(
    "list",
    abstract: "List the newest runs",
    examples: [
      .init("tabscribe runs list", "the newest 20"),
      .init("tabscribe runs list --limit 1000 --json", "for machines"),
    ],
    discussion: "Times are in UTC. A run whose process is gone is shown as interrupted, "
      + "one whose batch is with the service as waiting.",
    options: [OptionGroup("Runs", [limit, ids])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = UserStore(context)
    let limit = arguments[limit] ?? 20
    // One more than is shown tells whether there are more.
    let found = store.isThere ? try store.reading().runs(limit: limit + 1) : []
    let runs = Array(found.prefix(limit))
    if arguments[ids], !context.isJSON {
      for run in runs { context.print(run.id) }
      return .done
    }
    if context.isJSON {
      context.print(
        json: ["runs": .array(runs.map(\.json)), "hasMore": .bool(found.count > limit)]
      )
    } else if runs.isEmpty {
      context.status.message("There are no runs yet; tabscribe transcribe makes the first.")
    } else {
      context.print(table(runs))
      if found.count > limit {
        context.status.message("There are older runs; --limit \(limit * 10) lists more.")
      }
    }
    return .done
  }

  /// The runs, a line each.
  ///
  /// - Parameter sizes: How many bytes each holds; `nil` leaves the column out.
  static func table(_ runs: [RunSummary], sizes: [Int]? = nil) -> TextTable {
    let size = sizes.map { _ in [TextTable.Column.numbers("size")] } ?? []
    var table = TextTable(
      [
        .words("run"), .words("began"), .words("status"), .words("prompt", mayShrink: true),
        .words("items", mayShrink: true), .numbers("USD"),
      ] + size + [.words("command", mayShrink: true)]
    )
    for (index, run) in runs.enumerated() {
      let size = sizes.map { [NumberText.bytes($0[index])] } ?? []
      table.add(
        [
          run.id, MomentText.minute(run.startedAt), run.status.rawValue,
          run.prompts.joined(separator: ", "), run.itemsText, run.moneyText,
        ] + size + [run.commandText]
      )
    }
    return table
  }
}
