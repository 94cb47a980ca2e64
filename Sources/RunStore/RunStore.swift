internal import HostSystem

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Everything ever transcribed: runs, replies as they arrived, transcripts; in a file that SQLite keeps, or
/// on a PostgreSQL server that many machines share.
///
/// All calls are short and return when their change survives the end of the process at any moment;
/// the end of a request and a saved document survive a loss of power, too. Several processes may
/// use one store at once. Where a server goes away, calls wait until it is there again. Calls throw
/// ``RunStoreError``.
public final class RunStore: Sendable {
  /// The path of the file, or the address on a server.
  public let path: String
  /// Whether the store was opened for reading only.
  public let isReadOnly: Bool
  let now: @Sendable () -> Date
  private let connection: Lock<any Connection>
  /// What is waited for where changes are to survive a loss of power; `nil` where a server sees to it.
  package let log: WriteAheadLog?

  /// How long to wait for another process that writes, unless told otherwise.
  public static let usualPatience = Duration.seconds(10)

  /// Whether a store is named by the address of a server, `postgresql://…`, and not by a path.
  public static func isAddress(_ path: String) -> Bool { ServerAddress.isAddress(path) }

  /// Whether an address can be read, and holds no password.
  public static func checkAddress(_ address: String) throws(RunStoreError) {
    _ = try ServerAddress(address)
  }

  /// What keeps the store, with its version: `SQLite 3.40.1` or `PostgreSQL 15.18`.
  public func engine() throws(RunStoreError) -> String {
    try access { connection throws(RunStoreError) in try connection.engine() }
  }

  /// Opens a store, making the file and its folder, or the tables on a server, where there are none.
  ///
  /// - Parameters:
  ///   - path: The absolute path of the file; it and its folder get the user's rights only. Or the
  ///     address of a database, `postgresql://USER@HOST/DATABASE`, as libpq reads it; one with a password
  ///     is refused.
  ///   - patience: How long to wait for another process that writes.
  ///   - now: The clock, for the moments that are noted.
  ///   - isOlder: Told before a store of an earlier version is brought up to date: of a million rows that
  ///     takes up to a minute.
  ///   - tell: Told when a server has gone away and is waited for, a sentence.
  public init(
    path: String,
    patience: Duration = RunStore.usualPatience,
    now: @escaping @Sendable () -> Date = { Date() },
    whenOlder isOlder: @Sendable () -> Void = {},
    whenAway tell: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(RunStoreError) {
    let connection: any Connection
    if Self.isAddress(path) {
      connection = try PostgreSQLConnection(
        ServerAddress(path),
        isReading: false,
        patience: patience,
        tell: tell
      )
      log = nil
    } else {
      connection = try SQLiteConnection.writing(path, patience: patience)
      log = WriteAheadLog(of: path)
    }
    try Migration.apply(to: connection, at: now().millisecondsSince1970, tell: isOlder)
    self.path = path
    self.now = now
    isReadOnly = false
    self.connection = Lock(connection)
    try access { _ in }
  }

  /// Opens a store for reading only; works where nothing may be written.
  public init(
    readingFrom path: String,
    patience: Duration = RunStore.usualPatience
  ) throws(RunStoreError) {
    let connection = try Self.reading(path, patience)
    let pending = try Migration.pending(in: connection)
    guard !Self.isAddress(path) || pending.count < connection.migrations.count else {
      throw .missing(path)
    }
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
    log = nil
    self.connection = Lock(connection)
  }

  /// Runs the body while no other thread uses the connection, and returns when what it changed is
  /// as certain as it asked for.
  func access<Result: Sendable>(
    _ body: (any Connection) throws(RunStoreError) -> Result
  ) throws(RunStoreError) -> Result {
    let (result, change) = try connection.withLock { connection throws(RunStoreError) in
      let result = try body(connection)
      defer { connection.owesSync = false }
      return (result, connection.owesSync ? log?.note() : nil)
    }
    // Others may use the connection meanwhile, and share the wait.
    if let change { try log?.secure(change) }
    return result
  }

  private static func reading(
    _ path: String,
    _ patience: Duration
  ) throws(RunStoreError) -> any Connection {
    guard isAddress(path) else {
      return try SQLiteConnection.reading(path, patience: patience)
    }
    return try PostgreSQLConnection(
      ServerAddress(path),
      isReading: true,
      patience: patience,
      tell: { _ in }
    )
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
