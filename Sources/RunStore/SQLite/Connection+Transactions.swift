internal import CSQLite

extension Connection {
  /// How certainly a change is on disk when it is made.
  enum Durability {
    /// It survives the end of this process at any moment.
    case process
    /// It survives a loss of power, too, once the log has been secured: `WriteAheadLog`.
    case power
  }

  /// Makes all the changes of the body, or none of them.
  ///
  /// The store is locked for other writers from the start: a transaction that begins by reading
  /// could not be carried on when another process writes meanwhile.
  func transaction<Result>(
    _ durability: Durability = .process,
    _ body: () throws(RunStoreError) -> Result
  ) throws(RunStoreError) -> Result {
    try run("BEGIN IMMEDIATE")
    do throws(RunStoreError) {
      let result = try body()
      try run("COMMIT")
      if durability == .power { owesSync = true }
      return result
    } catch {
      // After some failures SQLite has gone back by itself; what counts is the first error.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }
}
