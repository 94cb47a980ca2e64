internal import CSQLite
internal import HostSystem

/// Makes sure that changes survive a loss of power.
///
/// SQLite keeps them in a log beside the database, in the order of their commits, and does not wait
/// for the disk itself (`synchronous = NORMAL`). Whoever needs the certainty waits here, and one
/// wait secures all that was committed before it began: many threads wait as long as one.
///
/// The log is opened once more for this. That takes none of SQLite's locks away, as closing the
/// database itself would: it has none on the log (sqlite.org/walformat.html, "WAL Locks").
package final class WriteAheadLog: Sendable {
  private struct State {
    var file: OpenFile?
    /// The last change that is on disk.
    var secured = 0
    var waits = 0
  }

  private let database: String
  private let changes = Lock(0)
  private let state: Lock<State>

  /// - Parameter path: The path of the database.
  package init(of path: String) {
    database = path
    state = Lock(State())
  }

  /// Counts a change that has just been committed.
  package func note() -> Int {
    changes.withLock { changes in
      changes += 1
      return changes
    }
  }

  /// How often the disk was waited for.
  package var waits: Int { state.withLock { $0.waits } }

  private var newest: Int { changes.withLock { $0 } }

  /// Returns when a change is on disk, with all that came before it.
  package func secure(_ change: Int) throws(RunStoreError) {
    do throws(SystemFailure) {
      try state.withLock { state throws(SystemFailure) in
        guard state.secured < change else { return }
        let newest = newest
        if state.file == nil { state.file = try OpenFile(database + "-wal") }
        try state.file?.syncContents()
        state.waits += 1
        state.secured = newest
      }
    } catch {
      throw .sqlite(SQLITE_IOERR, path: database, details: "\(error)")
    }
  }
}
