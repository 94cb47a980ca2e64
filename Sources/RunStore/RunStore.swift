internal import CSQLite
internal import HostSystem

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Everything ever transcribed, in one SQLite file: runs, replies as they arrived, transcripts.
///
/// All calls are short and return when their change survives the end of the process at any moment;
/// the end of a request and a saved document survive a loss of power, too. Several processes may
/// use one store at once. Calls throw ``RunStoreError``.
public final class RunStore: Sendable {
  /// The path of the file.
  public let path: String
  /// Whether the store was opened for reading only.
  public let isReadOnly: Bool
  let now: @Sendable () -> Date
  private let connection: Lock<Connection>
  /// What is waited for where changes are to survive a loss of power.
  package let log: WriteAheadLog

  /// How long to wait for another process that writes, unless told otherwise.
  public static let usualPatience = Duration.seconds(10)

  /// Opens a store, making the file and its folder where there are none.
  ///
  /// - Parameters:
  ///   - path: The absolute path of the file; it and its folder get the user's rights only.
  ///   - patience: How long to wait for another process that writes.
  ///   - now: The clock, for the moments that are noted.
  ///   - isOlder: Told before a store of an earlier version is brought up to date: of a million rows that
  ///     takes up to a minute.
  public init(
    path: String,
    patience: Duration = RunStore.usualPatience,
    now: @escaping @Sendable () -> Date = { Date() },
    whenOlder isOlder: @Sendable () -> Void = {}
  ) throws(RunStoreError) {
    try StoreFile.checkIsFile(path)
    try StoreFile.create(path)
    let connection = try Connection(path: path, .writing, patience: patience.milliseconds)
    // Before anything is changed: the file may belong to another program or a newer version.
    _ = try Migration.pending(in: connection)
    guard sqlite3_db_readonly(connection.handle, "main") == 0 else {
      throw .sqlite(SQLITE_READONLY, path: path, details: "")
    }
    try connection.configureForWriting(patience: patience)
    try Migration.apply(to: connection, at: now().millisecondsSince1970, tell: isOlder)
    self.path = path
    self.now = now
    isReadOnly = false
    log = WriteAheadLog(of: path)
    self.connection = Lock(connection)
    try access { _ in }
  }

  /// Opens a store for reading only; works where nothing may be written.
  public init(
    readingFrom path: String,
    patience: Duration = RunStore.usualPatience
  ) throws(RunStoreError) {
    guard StoreFile.exists(path) else { throw .missing(path) }
    try StoreFile.checkIsFile(path)
    let (connection, pending) = try Self.reading(path, patience: patience.milliseconds)
    guard pending.isEmpty else {
      throw RunStoreError(
        .olderVersion,
        "The run store \(path) was written by an older version.",
        remedy: "Run tabscribe runs check, which brings it up to date."
      )
    }
    self.path = path
    // No moment is noted in it.
    now = { .distantPast }
    isReadOnly = true
    log = WriteAheadLog(of: path)
    self.connection = Lock(connection)
  }

  /// Runs the body while no other thread uses the connection, and returns when what it changed is
  /// as certain as it asked for.
  func access<Result: Sendable>(
    _ body: (Connection) throws(RunStoreError) -> Result
  ) throws(RunStoreError) -> Result {
    let (result, change) = try connection.withLock { connection throws(RunStoreError) in
      let result = try body(connection)
      defer { connection.owesSync = false }
      return (result, connection.owesSync ? log.note() : nil)
    }
    // Others may use the connection meanwhile, and share the wait.
    if let change { try log.secure(change) }
    return result
  }

  private static func reading(
    _ path: String,
    patience: Int
  ) throws(RunStoreError) -> (Connection, [Migration]) {
    do throws(RunStoreError) {
      let connection = try Connection(path: path, .reading, patience: patience)
      return (connection, try Migration.pending(in: connection))
    } catch {
      // SQLite makes a file beside the database even to read it. Where it cannot, nobody else
      // can write either, unless a log of changes lies there.
      let isRefused = error.code == .unreadable || error.code == .readOnly
      guard isRefused, !StoreFile.exists(path + "-wal") else { throw error }
      let connection = try Connection(path: path, .readingUnchangeable, patience: patience)
      return (connection, try Migration.pending(in: connection))
    }
  }
}

extension RunStoreError {
  static func missing(_ path: String) -> RunStoreError {
    RunStoreError(
      .missing,
      "There is no run store at \(path).",
      remedy: "Transcribe something first, or set TABSCRIBE_HOME to the folder of another store."
    )
  }
}

extension Connection {
  fileprivate func configureForWriting(patience: Duration) throws(RunStoreError) {
    // Takes effect in a new file only, so that space can be given back without a rewrite.
    try execute("PRAGMA auto_vacuum = INCREMENTAL")
    let mode = try first("PRAGMA journal_mode") { $0.text(0) }
    if mode != "wal" { try useWriteAheadLog(patience: patience) }
    try execute(
      """
      PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON;
      PRAGMA cache_size = -16000;
      PRAGMA journal_size_limit = 67108864;
      """
    )
  }

  /// SQLite does not wait by itself when several processes do this at once.
  private func useWriteAheadLog(patience: Duration) throws(RunStoreError) {
    let end = ContinuousClock.now + patience
    while true {
      do throws(RunStoreError) {
        return try execute("PRAGMA journal_mode = WAL")
      } catch {
        guard error.code == .busy, ContinuousClock.now < end else { throw error }
        sqlite3_sleep(10)
      }
    }
  }
}

extension Duration {
  fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
