internal import CSQLite

/// A connection to a database file.
final class SQLiteConnection: Connection {
  /// What may be done through a connection.
  enum Access {
    case writing
    case reading
    /// For a file on a medium that cannot be written, which holds no unfinished changes.
    case readingUnchangeable
  }

  let name: String
  let handle: OpaquePointer
  private var statements: [UnsafePointer<UInt8>: SQLiteStatement] = [:]
  var owesSync = false

  /// Opens a file that is there.
  ///
  /// - Parameter patience: How long to wait for other processes, in milliseconds.
  init(path: String, _ access: Access, patience: Int) throws(RunStoreError) {
    name = path
    var handle: OpaquePointer?
    // One thread at a time uses the connection, so that SQLite's own mutex is left out.
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    flags |= access == .writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
    if access == .readingUnchangeable { flags |= SQLITE_OPEN_URI }
    let name = access == .readingUnchangeable ? Self.unchangeableURI(path) : path
    let code = sqlite3_open_v2(name, &handle, flags, nil)
    guard let handle, code == SQLITE_OK else {
      let error = RunStoreError.sqlite(code, path: path, details: "")
      sqlite3_close_v2(handle)
      throw error
    }
    self.handle = handle
    sqlite3_busy_timeout(handle, Int32(clamping: patience))
    try addTokenizer()
    try addRank()
    try addFolding()
  }

  deinit {
    statements = [:]
    sqlite3_close_v2(handle)
  }

  private static func unchangeableURI(_ path: String) -> String {
    let plain = Set("/-_.~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    var uri = "file:"
    for byte in path.utf8 {
      if plain.contains(byte) {
        uri.append(Character(Unicode.Scalar(byte)))
      } else {
        uri += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
      }
    }
    return uri + "?immutable=1"
  }

  /// Turns a result that is not good into an error.
  func check(_ code: Int32) throws(RunStoreError) {
    guard code != SQLITE_OK else { return }
    throw .sqlite(code, path: name, details: String(cString: sqlite3_errmsg(handle)))
  }

  func execute(_ sql: SQL) throws(RunStoreError) {
    let code = sql.sqlite.withUTF8Buffer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { text in
        sqlite3_exec(handle, text.baseAddress, nil, nil, nil)
      }
    }
    try check(code)
  }

  /// The statement of a text, prepared once.
  private func statement(_ sql: StaticString) throws(RunStoreError) -> SQLiteStatement {
    if let known = statements[sql.utf8Start] { return known }
    var prepared: OpaquePointer?
    let code = sql.utf8Start.withMemoryRebound(to: CChar.self, capacity: sql.utf8CodeUnitCount) {
      sqlite3_prepare_v3(
        handle,
        $0,
        Int32(sql.utf8CodeUnitCount),
        UInt32(SQLITE_PREPARE_PERSISTENT),
        &prepared,
        nil
      )
    }
    try check(code)
    guard let prepared else { preconditionFailure("an empty statement") }
    let statement = SQLiteStatement(prepared, of: self)
    statements[sql.utf8Start] = statement
    return statement
  }

  func change(
    _ sql: SQL,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Void
  ) throws(RunStoreError) -> Int {
    let statement = try statement(sql.sqlite)
    defer { statement.reset() }
    try statement.bind(values)
    // Walked to its end: only then is the change made.
    while let row = try statement.step() { try body(row) }
    return Int(sqlite3_changes64(handle))
  }

  func each(
    _ sql: SQL,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Bool
  ) throws(RunStoreError) {
    let statement = try statement(sql.sqlite)
    defer { statement.reset() }
    try statement.bind(values)
    while let row = try statement.step() {
      guard try body(row) else { return }
    }
  }

  func insert(_ rows: some Sequence<[SQLValue]>, by sql: SQL) throws(RunStoreError) {
    let statement = try statement(sql.sqlite)
    defer { statement.reset() }
    for values in rows {
      statement.reset()
      try statement.bind(values)
      _ = try statement.step()
    }
  }

  func setDocument(
    of item: Int64,
    size: Int,
    _ write: (_ take: ([UInt8]) -> Void) -> Void
  ) throws(RunStoreError) {
    try run(
      """
      INSERT INTO documents (item, json) VALUES (?1, zeroblob(?2))
      ON CONFLICT (item) DO UPDATE SET json = excluded.json
      """,
      .int(item),
      .int(size)
    )
    var blob: OpaquePointer?
    try check(sqlite3_blob_open(handle, "main", "documents", "json", item, 1, &blob))
    defer { sqlite3_blob_close(blob) }
    var code = SQLITE_OK
    var offset = 0
    write { piece in
      guard code == SQLITE_OK else { return }
      code = piece.withUnsafeBytes {
        sqlite3_blob_write(blob, $0.baseAddress, Int32($0.count), Int32(offset))
      }
      offset += piece.count
    }
    try check(code)
  }

  /// The store is locked for other writers from the start: a transaction that begins by reading
  /// could not be carried on when another process writes meanwhile.
  func perform(
    _ durability: Durability,
    _ body: () throws(RunStoreError) -> Void
  ) throws(RunStoreError) {
    try run("BEGIN IMMEDIATE")
    do throws(RunStoreError) {
      try body()
      try run("COMMIT")
      if durability == .power { owesSync = true }
    } catch {
      // After some failures SQLite has gone back by itself; what counts is the first error.
      if sqlite3_get_autocommit(handle) == 0 { try? execute("ROLLBACK") }
      throw error
    }
  }

  func reading(_ body: () throws(RunStoreError) -> Void) throws(RunStoreError) {
    try execute("BEGIN")
    defer { try? execute("ROLLBACK") }
    try body()
  }

  var sharesMachines: Bool { false }

  /// That of the machine, which all workers are on.
  func clock() throws(RunStoreError) -> StoreClock {
    let now = try first(
      "SELECT CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
    ) { $0.int64(0) }
    return StoreClock(now: now ?? 0, upSince: 0)
  }

  /// A file tells nobody of changes.
  func awaitChange(milliseconds: Int32) throws(RunStoreError) -> Bool { false }

  func place(of path: String) -> String { path }

  func path(at place: String) -> String { place }
}
