internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// `runs show`: everything about a run, or about one item of it.
enum RunsShowCommand {
  private static let run = RequiredOperand(
    .run,
    help: "a run's id, the beginning of one, or last; .N for its Nth item"
  )

  private static let watch = Flag(
    "watch",
    help: "show workers, items, rates, money and time left until the run ends"
  )

  static let command = Command(
    "show",
    abstract: "Show everything about a run",
    examples: [
      .init("tabscribe runs show last", "command, items, and what they were billed"),
      .init("tabscribe runs show last.2", "its second item: speakers, findings, requests"),
      .init("tabscribe runs show 20261120T1015 --json", "all of it for machines"),
      .init("tabscribe runs show last --watch", "how it goes, until it ends"),
    ],
    operands: [run],
    options: [OptionGroup("Course", [watch])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).reading()
    let reference = arguments[run]
    let named = reference.contains(".") ? try store.resolveItem(reference) : nil
    let id = try named?.run ?? store.resolveRun(reference)
    if arguments[watch] { try await RunWatch(run: id, store: store, context: context).follow() }
    guard let stored = try store.run(id) else { return .failed }
    let chosen = named.map { [$0] } ?? stored.items
    // A list of many items shows nothing of their transcripts.
    let isFull = context.isJSON || chosen.count == 1
    let items = try chosen.map { try ItemDescription($0, isFull: isFull, in: store) }
    guard !context.isJSON else {
      var json = stored.summary.json.object ?? [:]
      if stored.summary.workers != nil {
        json["workers"] = .array(try workers(of: id, in: store).map(\.json))
      }
      json["items"] = .array(items.map(\.json))
      context.print(json: .object(json))
      return .done
    }
    show(stored.summary, items, context)
    if stored.summary.workers != nil {
      for worker in try workers(of: id, in: store) { context.print(RunWatch.line(worker)) }
    }
    return .done
  }

  private static func workers(of run: String, in store: RunStore) throws -> [WorkerState] {
    try store.progress(of: run)?.workers ?? []
  }

  private static func show(
    _ run: RunSummary,
    _ items: [ItemDescription],
    _ context: CommandContext
  ) {
    context.print(context.style.bold(run.id) + "  \(run.status.rawValue)")
    context.print(facts(run))
    if items.count == 1 { return items[0].show(in: context) }
    guard let first = items.first else { return }
    context.print("")
    context.print(ItemListing.table(items))
    context.status.message("tabscribe runs show \(first.stored.reference) tells more of one.")
  }

  private static func facts(_ run: RunSummary) -> TextTable {
    var table = TextTable([.words(""), .words("")])
    var times = "\(MomentText.minute(run.startedAt)) UTC"
    if let end = run.endedAt {
      times += ", took \(NumberText.duration(MomentText.between(run.startedAt, end)))"
    }
    table.add(["began", times])
    table.add(["command", run.commandText])
    table.add(["folder", run.workingFolder])
    table.add(["tool", run.tool])
    table.add(["items", run.itemsText])
    if let cost = run.cost { table.add(["billed", "\(MoneyText.rendered(cost)) USD"]) }
    for standIn in StandIn.allCases where run.standIns.contains(standIn) {
      table.add([standIn.participle, standIn.remark])
    }
    if let limit = run.costLimit { table.add(["limit", "\(MoneyText.rendered(limit)) USD"]) }
    if run.workers != nil {
      let isDone = run.status == .finished
      table.add(["enqueued", isDone ? "and done" : "tabscribe runs work \(run.id)"])
    } else if run.status == .running {
      table.add(["process", "\(run.process.number) on \(run.process.host)"])
    }
    return table
  }
}

extension WorkerState {
  fileprivate var json: JSONValue {
    [
      "id": JSONValue(Int(id)), "host": .string(process.host),
      "process": JSONValue(process.number), "jobs": JSONValue(jobs), "isGone": .bool(isGone),
      "held": JSONValue(held), "ended": JSONValue(ended),
    ]
  }
}
