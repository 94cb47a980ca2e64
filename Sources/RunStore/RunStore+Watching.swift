#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension RunStore {
  /// How far a run is, and who is at it; `nil` where there is no such run.
  public func progress(of run: String) throws(RunStoreError) -> WorkProgress? {
    try access { connection throws(RunStoreError) in
      guard let summary = try connection.runSummary(run) else { return nil }
      let spending = try connection.spending(of: run)
      return WorkProgress(
        summary: summary,
        left: try connection.itemsLeft(of: run),
        workers: try connection.workers(of: run),
        itemsPerMinute: try connection.perMinute(
          """
          SELECT count(*), max(ended_ms) - min(started_ms), max(ended_ms) - ?2 FROM items
          WHERE run = ?1 AND ended_ms > ?2
          """,
          run
        ),
        requestsPerMinute: try connection.perMinute(
          """
          SELECT count(*), max(r.ended_ms) - min(r.started_ms), max(r.ended_ms) - ?2
          FROM requests r JOIN items i ON i.id = r.item
          WHERE i.run = ?1 AND r.ended_ms > ?2 AND r.status = 'answered'
          """,
          run
        ),
        requestsUnderWay: spending.underWay.count,
        spent: spending.sum,
        holds: try connection.holds()
      )
    }
  }

  /// Waits until something of a run may have changed, at most so long: where a server keeps the store, it
  /// tells; a file is looked at again.
  public func awaitChange(atMost time: Duration) async throws {
    let isTold = try access { connection throws(RunStoreError) in
      try connection.awaitChange(milliseconds: Int32(clamping: time.wholeMilliseconds))
    }
    if !isTold { try await Task.sleep(for: time) }
  }
}

extension Connection {
  /// How far back rates go, in milliseconds: they follow what changes, and one long answer does not make
  /// them jump.
  private var memory: Int64 { 120_000 }

  /// - Parameter sql: How many there are, how long they took from the beginning of the first, and how long from
  ///   a moment that is `?2`; in milliseconds.
  fileprivate func perMinute(_ sql: SQL, _ run: String) throws(RunStoreError) -> Double? {
    let since = try clock().now - memory
    let found = try first(sql, .text(run), .int(since)) {
      (count: $0.int(0), length: $0.optionalInt(1), recent: $0.optionalInt(2))
    }
    guard let found, found.count > 0 else { return nil }
    let length = min(found.length ?? Int(memory), found.recent ?? Int(memory))
    return Double(found.count) * 60_000 / Double(max(1000, length))
  }

  fileprivate func itemsLeft(of run: String) throws(RunStoreError) -> Int {
    try first(
      """
      SELECT count(*) FROM items i LEFT JOIN part_items p ON p.item = i.id
      WHERE i.run = ? AND i.status IN ('waiting', 'running') AND p.ended_ms IS NULL
      """,
      .text(run)
    ) { $0.int(0) } ?? 0
  }

  fileprivate func workers(of run: String) throws(RunStoreError) -> [WorkerState] {
    let clock = try clock()
    return try rows(
      """
      SELECT w.id, w.host, w.process, w.process_start, w.jobs,
        (SELECT count(*) FROM part_items i JOIN parts p ON p.id = i.part
          WHERE p.run = ?1 AND p.worker = w.id AND p.ended_ms IS NULL AND i.ended_ms IS NULL
            AND (p.leased_until_ms > ?2 OR ?3 + p.lease_ms > ?2)),
        (SELECT count(*) FROM part_items i JOIN parts p ON p.id = i.part
          WHERE p.run = ?1 AND i.worker = w.id AND i.ended_ms IS NOT NULL),
        w.ended_ms IS NOT NULL OR NOT EXISTS (
          SELECT 1 FROM parts p WHERE p.worker = w.id AND p.ended_ms IS NULL
            AND (p.leased_until_ms > ?2 OR ?3 + p.lease_ms > ?2)
        )
      FROM workers w
      WHERE w.id IN (SELECT worker FROM parts WHERE run = ?1)
        OR w.id IN (SELECT i.worker FROM part_items i JOIN parts p ON p.id = i.part WHERE p.run = ?1)
      ORDER BY w.id
      """,
      .text(run),
      .int(clock.now),
      .int(clock.upSince)
    ) { row in
      WorkerState(
        id: row.int64(0),
        process: ProcessIdentity(host: row.text(1), number: row.int(2), start: row.text(3)),
        jobs: row.int(4),
        isGone: row.flag(7),
        held: row.int(5),
        ended: row.int(6)
      )
    }
  }

  fileprivate func holds() throws(RunStoreError) -> [String: Int] {
    let now = try clock().now
    var holds: [String: Int] = [:]
    try each("SELECT model, until_ms FROM holds WHERE until_ms > ?", [.int(now)]) { row in
      holds[row.text(0)] = Int(row.int64(1) - now)
      return true
    }
    return holds
  }
}
