internal import CSQLite

extension RunStore {
  /// Takes in what another store has and this one has not: runs with all that was made of them, and
  /// rounds of labs; all of it or nothing.
  ///
  /// The other store is only read; of one of an older version a copy is brought up to date. A run is
  /// known by its id, so that the same store can be taken in again. What was taken in is newer than
  /// what is here, as far as items have an order. Facts about the files of another machine stay there.
  ///
  /// - Parameter path: The absolute path of the other store's file.
  /// - Throws: The code `damaged` when either store is not sound, `inconsistent` when both are one.
  public func merge(from path: String) throws(RunStoreError) -> MergeReport {
    guard StoreFile.place(path) != StoreFile.place(self.path) else { throw .itself(path) }
    let copy = self.path + ".merging"
    StoreFile.removeDatabase(copy)
    defer { StoreFile.removeDatabase(copy) }
    let other = try Self.current(path, copy: copy)
    if let problem = try other.problems().first { throw .unsound(path, problem) }
    let underWay = try other.runs().filter {
      $0.status == .running && $0.process.host == ProcessIdentity.current.host
    }
    return try access { connection throws(RunStoreError) in
      try connection.attached(other.path) { () throws(RunStoreError) in
        try connection.transaction(.power) { () throws(RunStoreError) in
          let merge = StoreMerge(connection, now: now())
          let report = try merge.carryOut(leavingOut: underWay.map(\.id))
          if let problem = try connection.problemsOfRows().first { throw .unsound(path, problem) }
          return report
        }
      }
    }
  }

  /// A store of this version: the one at a path, or a copy of it that was brought up to date.
  private static func current(_ path: String, copy: String) throws(RunStoreError) -> RunStore {
    do throws(RunStoreError) {
      return try RunStore(readingFrom: path)
    } catch {
      guard error.code == .olderVersion else { throw error }
      try StoreFile.create(copy)
      try Connection(path: path, .reading, patience: 10_000).copy(to: copy)
      return try RunStore(path: copy)
    }
  }
}

extension Connection {
  /// Runs the body while another database can be read as `other`.
  fileprivate func attached<Result>(
    _ path: String,
    _ body: () throws(RunStoreError) -> Result
  ) throws(RunStoreError) -> Result {
    try run("ATTACH DATABASE ? AS other", .text(path))
    defer { try? execute("DETACH DATABASE other") }
    return try body()
  }
}

extension RunStoreError {
  fileprivate static func itself(_ path: String) -> RunStoreError {
    RunStoreError(
      .inconsistent,
      "\(path) is the run store itself.",
      remedy: "Name the store of another machine, or a backup."
    )
  }

  fileprivate static func unsound(_ path: String, _ problem: String) -> RunStoreError {
    RunStoreError(
      .damaged,
      "\(path) is damaged (\(problem.prefix(200))), and nothing was taken in.",
      remedy: "Take in a backup of it instead."
    )
  }
}
