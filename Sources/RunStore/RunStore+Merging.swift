extension RunStore {
  /// Takes in what another store has and this one has not: runs with all that was made of them, and
  /// rounds of labs; all of it or nothing.
  ///
  /// The other store is only read; of a file of an older version a copy is brought up to date. A run is
  /// known by its id, so that the same store can be taken in again. What was taken in is newer than
  /// what is here, as far as items have an order. Facts about the files of another machine stay there.
  ///
  /// - Parameter path: The absolute path of the other store's file, or its address on a server.
  /// - Throws: The code `damaged` when either store is not sound, `inconsistent` when both are one.
  public func merge(from path: String) throws(RunStoreError) -> MergeReport {
    guard StoreFile.place(path) != StoreFile.place(self.path) else { throw .itself(path) }
    guard !Self.isAddress(path) else { return try merge(from: RunStore(readingFrom: path)) }
    let copy = (Self.isAddress(self.path) ? path : self.path) + ".merging"
    StoreFile.removeDatabase(copy)
    defer { StoreFile.removeDatabase(copy) }
    let other = try Self.current(path, copy: copy)
    if let problem = try other.problems().first { throw .unsound(path, problem) }
    return try merge(from: other)
  }

  private func merge(from other: RunStore) throws(RunStoreError) -> MergeReport {
    let underWay = try other.runs().filter {
      $0.status == .running && $0.process.host == ProcessIdentity.current.host
    }
    return try take(in: other, leavingOut: underWay.map(\.id))
  }

  /// Takes in another store, but for some runs.
  func take(in other: RunStore, leavingOut left: [String]) throws(RunStoreError) -> MergeReport {
    try other.access { there throws(RunStoreError) in
      var report = MergeReport()
      try there.reading { () throws(RunStoreError) in
        report = try take(in: there, leavingOut: left)
      }
      return report
    }
  }

  private func take(
    in there: any Connection,
    leavingOut left: [String]
  ) throws(RunStoreError) -> MergeReport {
    try access { here throws(RunStoreError) in
      try here.transaction(.power) { () throws(RunStoreError) in
        var merge = StoreMerge(from: there, into: here, now: now())
        let report = try merge.carryOut(leavingOut: left)
        if let problem = try here.problemsOfRows().first { throw .unsound(there.name, problem) }
        return report
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
      try SQLiteConnection(path: path, .reading, patience: 10_000).copy(to: copy)
      return try RunStore(path: copy)
    }
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
