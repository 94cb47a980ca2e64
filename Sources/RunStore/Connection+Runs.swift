internal import OrderedJSON
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Connection {
  /// Puts a run into the store, which belongs to this process.
  func insert(_ run: NewRun) throws(RunStoreError) {
    let process = ProcessIdentity.current
    try self.run(
      """
      INSERT INTO runs (id, started_ms, status, tool, arguments, folder, host, process,
        process_start, known_speakers, cost_limit, work)
      VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .text(run.id),
      .time(run.startedAt),
      .text(run.tool),
      .json(.array(run.arguments.map { .string($0) })),
      .text(run.workingFolder),
      .text(process.host),
      .int(process.number),
      .text(process.start),
      .text(run.knownSpeakers),
      .money(run.costLimit),
      .json(run.work)
    )
  }

  /// A run of another process that is at work which has one of some identities, or one that waits for
  /// workers.
  func run(at identities: Set<String>) throws(RunStoreError) -> RunSummary? {
    let atWork = try rows(
      """
      SELECT id FROM runs
      WHERE status = 'running' OR id IN (SELECT run FROM parts WHERE ended_ms IS NULL)
      """
    ) { $0.text(0) }
    for id in atWork {
      guard let run = try runSummary(id),
        run.workers != nil || run.status == .running && run.process != .current
      else { continue }
      var isSame = false
      try each(
        "SELECT identity FROM items WHERE run = ? AND status IN ('waiting', 'running')",
        [.text(id)]
      ) { row throws(RunStoreError) in
        isSame = identities.contains(row.text(0))
        return !isSame
      }
      if isSame { return run }
    }
    return nil
  }

  /// When a run began.
  func started(_ run: String) throws(RunStoreError) -> Date? {
    try first("SELECT started_ms FROM runs WHERE id = ?", .text(run)) { $0.date(0) }
  }

  /// A run by its full id.
  func runSummary(_ id: String) throws(RunStoreError) -> RunSummary? {
    let totals = try totals(of: id)
    return try first(
      """
      SELECT id, started_ms, ended_ms, status, tool, arguments, folder, host, process,
        process_start, known_speakers, cost_limit, EXISTS (
          SELECT 1 FROM batches
          WHERE run = runs.id AND stage IN ('creating', 'submitted', 'fetched')
        ), EXISTS (SELECT 1 FROM parts WHERE run = runs.id)
      FROM runs WHERE id = ?
      """,
      .text(id)
    ) { row throws(RunStoreError) in
      let queue = row.flag(13) ? try queueState(of: id) : nil
      return try Self.runSummary(row, totals, queue)
    }
  }

  private static func runSummary(
    _ row: Row,
    _ totals: RunTotals,
    _ queue: QueueState?
  ) throws(RunStoreError) -> RunSummary {
    let process = ProcessIdentity(host: row.text(7), number: row.int(8), start: row.text(9))
    var status: RunStatus = try row.word(3)
    if status == .running, process.isGone { status = .interrupted }
    if status == .interrupted, row.flag(12) { status = .waiting }
    if status == .interrupted, let queue, queue.isOpen {
      status = queue.workers > 0 ? .running : .waiting
    }
    var counts = totals.counts
    if status != .running, let left = counts.removeValue(forKey: .running) {
      counts[.waiting, default: 0] += left
    }
    return RunSummary(
      id: row.text(0),
      startedAt: row.date(1),
      endedAt: row.optionalDate(2),
      status: status,
      tool: row.text(4),
      arguments: try row.texts(5),
      workingFolder: row.text(6),
      knownSpeakers: row.optionalText(10),
      costLimit: row.money(11),
      process: process,
      workers: queue?.workers,
      itemCounts: counts,
      cost: totals.cost,
      standIns: totals.standIns,
      prompts: totals.prompts
    )
  }

  /// How many items have each status, what they were billed, who answered, and their prompts.
  private func totals(of run: String) throws(RunStoreError) -> RunTotals {
    var totals = RunTotals()
    try each(
      "SELECT status, cost, stand_in, prompt_name FROM items WHERE run = ? ORDER BY position",
      [.text(run)]
    ) { row throws(RunStoreError) in
      let status: ItemStatus = try row.word(0)
      totals.counts[status, default: 0] += 1
      if let standIn: StandIn = try row.optionalWord(2) {
        totals.standIns.insert(standIn)
      } else if let money = row.money(1) {
        totals.cost = (totals.cost ?? 0) + money
      }
      let prompt = row.text(3)
      if !totals.prompts.contains(prompt) { totals.prompts.append(prompt) }
      return true
    }
    return totals
  }
}

/// What the items of a run have in all.
private struct RunTotals {
  var counts: [ItemStatus: Int] = [:]
  var cost: Decimal?
  var standIns: Set<StandIn> = []
  var prompts: [String] = []
}
