internal import OrderedJSON
public import TranscriptModel

extension RunStore {
  /// Notes that a run of this process begins.
  public func begin(_ run: NewRun) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in try connection.insert(run) }
  }

  /// Notes that a run of this process begins and what it is to do, all or nothing.
  ///
  /// - Parameter isAlone: Whether it is refused when another process is at some of the work.
  /// - Returns: The numbers of the items.
  /// - Throws: The code `inUse` when another process is at some of the work.
  public func begin(
    _ run: NewRun,
    _ items: [NewItem],
    isAlone: Bool
  ) throws(RunStoreError) -> [Int64] {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        if isAlone, let other = try connection.run(at: Set(items.map(\.identity))) {
          throw .underWay(other)
        }
        try connection.insert(run)
        return try connection.insert(items, run: run.id)
      }
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
        try connection.insert(items, run: run)
      }
    }
  }

  /// Notes what has answered in the place of the service.
  public func setStandIn(of item: Int64, _ standIn: StandIn) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        "UPDATE items SET stand_in = ? WHERE id = ?",
        .text(standIn.rawValue),
        .int(item)
      )
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

  static func underWay(_ run: RunSummary) -> RunStoreError {
    if let workers = run.workers { return .enqueued(run.id, workers) }
    return RunStoreError(
      .inUse,
      "Process \(run.process.number) on \(run.process.host) is at the same work, in run \(run.id).",
      remedy:
        "Wait for it, and the same command takes its result; with the setting force it is sent "
        + "twice."
    )
  }

  private static func enqueued(_ run: String, _ workers: Int) -> RunStoreError {
    let state = workers == 0 ? "and no worker is at it" : "with \(workers) at work"
    return RunStoreError(
      .inUse,
      "The same work is enqueued in run \(run), \(state).",
      remedy: "tabscribe runs work \(run) does it, and then the same command takes its result; "
        + "with the setting force it is sent twice."
    )
  }

  static func inUse(_ run: RunSummary) -> RunStoreError {
    if let workers = run.workers, workers > 0 {
      return RunStoreError(
        .inUse,
        "Workers are at run \(run.id), \(workers) of them.",
        remedy: "Wait for them, or end them; tabscribe runs show \(run.id) names them."
      )
    }
    return RunStoreError(
      .inUse,
      "Process \(run.process.number) on \(run.process.host) works on run \(run.id).",
      remedy: "Wait for it, or end it first."
    )
  }
}
