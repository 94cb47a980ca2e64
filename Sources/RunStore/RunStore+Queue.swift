/// Runs that several workers carry out, each a part at a time.
extension RunStore {
  /// Notes that a run is to be done by workers, and what it is to do, all or nothing.
  ///
  /// - Parameters:
  ///   - places: Where each item belongs, in their order.
  ///   - isAlone: Whether it is refused when somebody is at some of the work.
  /// - Returns: The numbers of the items.
  /// - Throws: The code `inUse` when somebody is at some of the work.
  @discardableResult
  public func enqueue(
    _ run: NewRun,
    _ items: [NewItem],
    at places: [QueuedPlace],
    isAlone: Bool
  ) throws(RunStoreError) -> [Int64] {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        if isAlone, let other = try connection.run(at: Set(items.map(\.identity))) {
          throw .underWay(other)
        }
        try connection.insert(run)
        try connection.run("UPDATE runs SET status = 'interrupted' WHERE id = ?", .text(run.id))
        let ids = try connection.insert(items, run: run.id)
        try connection.insert(places, of: ids, run: run.id)
        return ids
      }
    }
  }

  /// Enqueued runs that are not at their end, the oldest first.
  public func enqueuedRuns() throws(RunStoreError) -> [String] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        """
        SELECT id FROM runs WHERE id IN (SELECT run FROM parts WHERE ended_ms IS NULL)
        ORDER BY started_ms, id
        """
      ) { $0.text(0) }
    }
  }

  /// Notes that this process takes parts of runs.
  public func beginWorker(jobs: Int, lease: Duration) throws(RunStoreError) -> Worker {
    let process = ProcessIdentity.current
    return try access { connection throws(RunStoreError) in
      let id = try connection.one(
        """
        INSERT INTO workers (host, process, process_start, jobs, seen_ms)
        VALUES (?, ?, ?, ?, ?) RETURNING id
        """,
        .text(process.host),
        .int(process.number),
        .text(process.start),
        .int(jobs),
        .int(try connection.clock().now)
      )
      return Worker(id: id, lease: lease)
    }
  }

  /// Takes the first part of a run that nobody holds.
  ///
  /// - Parameters:
  ///   - left: Parts that are left to others.
  ///   - mostFailures: So many failed items end the taking; `nil` does not look at them.
  public func takePart(
    of run: String,
    for worker: Worker,
    leavingOut left: Set<Int64> = [],
    mostFailures: Int? = nil
  ) throws(RunStoreError) -> PartTaking {
    try access { connection throws(RunStoreError) in
      if let mostFailures {
        let failed = try connection.failedItems(of: run)
        guard failed < mostFailures else { return .tooManyFailures(failed) }
      }
      guard let part = try connection.takePart(of: run, for: worker, left.sorted()) else {
        return try connection.restOfParts(of: run, besides: worker)
      }
      let items = try connection.itemsLeft(ofPart: part)
      return .part(HeldPart(id: part, run: run, worker: worker, items: items))
    }
  }

  /// Gives a sign of life: what the worker holds stays its own for a lease from now.
  public func renewLeases(of worker: Worker) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      let now = try connection.clock().now
      try connection.run(
        "UPDATE parts SET leased_until_ms = ? WHERE worker = ? AND ended_ms IS NULL",
        .int(now + worker.lease.wholeMilliseconds),
        .int(worker.id)
      )
      try connection.run("UPDATE workers SET seen_ms = ? WHERE id = ?", .int(now), .int(worker.id))
    }
  }

  /// Whether a part is still held by whom it was taken: whoever gave no sign of life for a lease may have lost
  /// it to another.
  public func isHeld(_ part: HeldPart) throws(RunStoreError) -> Bool {
    try access { connection throws(RunStoreError) in try connection.isHeld(part) }
  }

  /// Notes that a worker has brought an item to its end, and its results are written.
  public func endItem(_ item: Int64, of part: HeldPart) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        "UPDATE part_items SET ended_ms = ?, worker = ? WHERE item = ?",
        .int(try connection.clock().now),
        .int(part.worker.id),
        .int(item)
      )
    }
  }

  /// Puts a part down: it has ended with all of its items, or others may take it.
  ///
  /// With the last part the run has ended.
  public func putDown(_ part: HeldPart) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        guard try connection.isHeld(part) else { return }
        try connection.putDownItems(ofPart: part.id)
        let clock = try connection.clock()
        try connection.run(
          """
          UPDATE parts SET worker = NULL, leased_until_ms = 0, ended_ms = CASE
            WHEN EXISTS (SELECT 1 FROM part_items WHERE part = parts.id AND ended_ms IS NULL) THEN NULL
            ELSE ? END
          WHERE id = ?
          """,
          .int(clock.now),
          .int(part.id)
        )
        try connection.run(
          """
          UPDATE runs SET status = 'finished', ended_ms = ?1 WHERE id = ?2
            AND NOT EXISTS (SELECT 1 FROM parts WHERE run = ?2 AND ended_ms IS NULL)
          """,
          .int(clock.now),
          .text(part.run)
        )
      }
    }
  }

  /// Notes that a worker has ended; whatever it still holds others may take.
  public func end(_ worker: Worker) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        let parts = try connection.rows(
          "SELECT id FROM parts WHERE worker = ? AND ended_ms IS NULL",
          .int(worker.id)
        ) { $0.int64(0) }
        for part in parts { try connection.putDownItems(ofPart: part) }
        try connection.run(
          "UPDATE parts SET worker = NULL, leased_until_ms = 0 WHERE worker = ? AND ended_ms IS NULL",
          .int(worker.id)
        )
        try connection.run(
          "UPDATE workers SET ended_ms = ? WHERE id = ?",
          .int(try connection.clock().now),
          .int(worker.id)
        )
      }
    }
  }

  /// Puts what failed or is partial in an enqueued run back among what workers take.
  ///
  /// - Returns: How many items are open then; `nil` for a run that is not enqueued.
  public func requeue(_ run: String) throws(RunStoreError) -> Int? {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        guard let summary = try connection.runSummary(run) else { throw .unknownRun(run) }
        guard summary.workers != nil else { return nil }
        return try connection.requeue(run)
      }
    }
  }
}

// MARK: Statements

extension Connection {
  fileprivate func insert(
    _ places: [QueuedPlace],
    of items: [Int64],
    run: String
  ) throws(RunStoreError) {
    var parts: [Int: Int64] = [:]
    for (item, place) in zip(items, places) {
      var part = parts[place.part]
      if part == nil {
        part = try one(
          "INSERT INTO parts (run, position) VALUES (?, ?) RETURNING id",
          .text(run),
          .int(place.part)
        )
        parts[place.part] = part
      }
      try self.run(
        "INSERT INTO part_items (item, part, folder, stem) VALUES (?, ?, ?, ?)",
        .int(item),
        .int(part),
        .text(place.folder),
        .text(place.stem)
      )
    }
  }

  fileprivate func failedItems(of run: String) throws(RunStoreError) -> Int {
    try first("SELECT count(*) FROM items WHERE run = ? AND status = 'failed'", .text(run)) {
      $0.int(0)
    } ?? 0
  }

  /// Takes the first free part, in one statement: those who take at the same time step over each other's
  /// rows.
  fileprivate func takePart(
    of run: String,
    for worker: Worker,
    _ left: [Int64]
  ) throws(RunStoreError) -> Int64? {
    let clock = try clock()
    var taken: Int64?
    _ = try change(
      SQL(
        sqlite: """
          UPDATE parts SET worker = ?1, leased_until_ms = ?2 + ?3, lease_ms = ?3,
            since = (SELECT coalesce(max(id), 0) FROM requests)
          WHERE id = (
            SELECT id FROM parts
            WHERE run = ?4 AND ended_ms IS NULL AND id NOT IN (SELECT value FROM json_each(?5))
              AND (worker IS NULL OR leased_until_ms <= ?2 AND ?6 + lease_ms <= ?2)
            ORDER BY position LIMIT 1
          )
          RETURNING id
          """,
        postgresql: """
          UPDATE parts SET worker = ?1, leased_until_ms = ?2 + ?3, lease_ms = ?3,
            since = (SELECT coalesce(max(id), 0) FROM requests)
          WHERE id = (
            SELECT id FROM parts
            WHERE run = ?4 AND ended_ms IS NULL AND NOT id = ANY (CAST(?5 AS bigint[]))
              AND (worker IS NULL OR leased_until_ms <= ?2 AND ?6 + lease_ms <= ?2)
            ORDER BY position LIMIT 1 FOR UPDATE SKIP LOCKED
          )
          RETURNING id
          """
      ),
      [
        .int(worker.id), .int(clock.now), .int(worker.lease.wholeMilliseconds), .text(run),
        .text(list(left)), .int(clock.upSince),
      ]
    ) { row in taken = row.int64(0) }
    return taken
  }

  fileprivate func restOfParts(
    of run: String,
    besides worker: Worker
  ) throws(RunStoreError) -> PartTaking {
    let clock = try clock()
    let counts = try first(
      """
      SELECT
        count(CASE WHEN worker != ?2 AND (leased_until_ms > ?3 OR ?4 + lease_ms > ?3) THEN 1 END),
        count(CASE WHEN worker IS NULL OR leased_until_ms <= ?3 AND ?4 + lease_ms <= ?3 THEN 1 END)
      FROM parts WHERE run = ?1 AND ended_ms IS NULL
      """,
      .text(run),
      .int(worker.id),
      .int(clock.now),
      .int(clock.upSince)
    ) { (held: $0.int(0), free: $0.int(1)) }
    return .nothing(held: counts?.held ?? 0, leftOut: counts?.free ?? 0)
  }

  fileprivate func itemsLeft(ofPart part: Int64) throws(RunStoreError) -> [HeldPart.Item] {
    let rows = try rows(
      """
      SELECT p.item, p.folder, p.stem FROM part_items p JOIN items i ON i.id = p.item
      WHERE p.part = ? AND p.ended_ms IS NULL ORDER BY i.position
      """,
      .int(part)
    ) { (item: $0.int64(0), folder: $0.text(1), stem: $0.text(2)) }
    var items: [HeldPart.Item] = []
    for row in rows {
      guard let stored = try item(row.item) else { continue }
      items.append(HeldPart.Item(stored: stored, folder: row.folder, stem: row.stem))
    }
    return items
  }

  func isHeld(_ part: HeldPart) throws(RunStoreError) -> Bool {
    try first(
      "SELECT 1 FROM parts WHERE id = ? AND worker = ? AND ended_ms IS NULL",
      .int(part.id),
      .int(part.worker.id)
    ) { _ in true } ?? false
  }

  /// Items that were being worked on wait again, or are as partial as before.
  fileprivate func putDownItems(ofPart part: Int64) throws(RunStoreError) {
    try run(
      """
      UPDATE items SET status =
        CASE WHEN EXISTS (SELECT 1 FROM documents WHERE item = items.id) THEN 'partial'
        ELSE 'waiting' END
      WHERE status = 'running' AND id IN (SELECT item FROM part_items WHERE part = ?)
      """,
      .int(part)
    )
  }

  fileprivate func requeue(_ run: String) throws(RunStoreError) -> Int {
    try self.run(
      """
      UPDATE part_items SET ended_ms = NULL, worker = NULL WHERE item IN (
        SELECT id FROM items WHERE run = ? AND status IN ('failed', 'partial')
      )
      """,
      .text(run)
    )
    try self.run(
      "UPDATE items SET status = 'waiting', ended_ms = NULL WHERE run = ? AND status = 'failed'",
      .text(run)
    )
    try self.run(
      """
      UPDATE parts SET ended_ms = NULL WHERE run = ? AND ended_ms IS NOT NULL
        AND EXISTS (SELECT 1 FROM part_items WHERE part = parts.id AND ended_ms IS NULL)
      """,
      .text(run)
    )
    let open =
      try first(
        """
        SELECT count(*) FROM part_items i JOIN parts p ON p.id = i.part
        WHERE p.run = ? AND i.ended_ms IS NULL
        """,
        .text(run)
      ) { $0.int(0) } ?? 0
    if open > 0 {
      try self.run(
        "UPDATE runs SET status = 'interrupted', ended_ms = NULL WHERE id = ? AND status = 'finished'",
        .text(run)
      )
    }
    return open
  }

  /// What of a run is still to be taken or held.
  func queueState(of run: String) throws(RunStoreError) -> QueueState {
    let clock = try clock()
    return try first(
      """
      SELECT count(*) > 0, count(DISTINCT CASE
        WHEN leased_until_ms > ?2 OR ?3 + lease_ms > ?2 THEN worker END)
      FROM parts WHERE run = ?1 AND ended_ms IS NULL
      """,
      .text(run),
      .int(clock.now),
      .int(clock.upSince)
    ) { QueueState(isOpen: $0.flag(0), workers: $0.int(1)) }
      ?? QueueState(isOpen: false, workers: 0)
  }
}

extension Duration {
  var wholeMilliseconds: Int64 { Int64(self / .milliseconds(1)) }
}
