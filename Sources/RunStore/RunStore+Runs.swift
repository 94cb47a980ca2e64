internal import OrderedJSON

extension RunStore {
  /// Notes that a run of this process begins.
  public func begin(_ run: NewRun) throws(RunStoreError) {
    let process = ProcessIdentity.current
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        """
        INSERT INTO runs (id, started_ms, status, tool, arguments, folder, host, process,
          process_start, known_speakers, cost_limit)
        VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?)
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
        .money(run.costLimit)
      )
    }
  }

  /// Takes up a run again, which then belongs to this process.
  ///
  /// - Parameter evenIfRunning: Whether a run may be taken whose process is not known to be gone.
  /// - Throws: The code `inUse` when another process may be at work on it.
  public func reopen(_ id: String, evenIfRunning: Bool = false) throws(RunStoreError) {
    let process = ProcessIdentity.current
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        guard let run = try connection.runSummary(id) else { throw .unknownRun(id) }
        if run.status == .running, run.process != process, !evenIfRunning { throw .inUse(run) }
        try connection.run(
          """
          UPDATE runs SET status = 'running', ended_ms = NULL, host = ?, process = ?,
            process_start = ?
          WHERE id = ?
          """,
          .text(process.host),
          .int(process.number),
          .text(process.start),
          .text(id)
        )
      }
    }
  }

  /// Notes that a run has ended, for now or for good.
  public func finishRun(_ id: String, _ status: RunStatus) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        let changed = try connection.run(
          "UPDATE runs SET status = ?, ended_ms = ? WHERE id = ?",
          .text(status.rawValue),
          .time(now()),
          .text(id)
        )
        guard changed == 1 else { throw .unknownRun(id) }
        try connection.putDownItems(of: id)
      }
    }
  }

  /// Adds a waiting item to a run and returns its number.
  @discardableResult
  public func add(_ item: NewItem, to run: String) throws(RunStoreError) -> Int64 {
    try add([item], to: run)[0]
  }

  /// Adds waiting items to a run, all or none, and returns their numbers.
  @discardableResult
  public func add(_ items: [NewItem], to run: String) throws(RunStoreError) -> [Int64] {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        var ids: [Int64] = []
        for item in items { ids.append(try connection.insert(item, run: run)) }
        return ids
      }
    }
  }

  /// Notes how an item stands; a final status also notes when.
  ///
  /// - Parameter failure: Why it failed or is partial; `nil` removes an earlier reason.
  public func setStatus(
    of item: Int64,
    _ status: ItemStatus,
    failure: String? = nil
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.setStatus(of: item, status, failure: failure, at: now())
    }
  }
}

extension RunStoreError {
  static func unknownRun(_ reference: String) -> RunStoreError {
    RunStoreError(
      .unknownRun,
      "There is no run \(reference.prefix(80)).",
      remedy: "tabscribe runs list shows all of them."
    )
  }

  static func inUse(_ run: RunSummary) -> RunStoreError {
    RunStoreError(
      .inUse,
      "Process \(run.process.number) on \(run.process.host) works on run \(run.id).",
      remedy: "Wait for it, or end it first."
    )
  }
}
