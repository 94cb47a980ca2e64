internal import CSQLite

/// A connection to a database file, with the statements it has prepared.
///
/// Statements are `StaticString`s: none can be put together from values.
final class Connection {
  /// What may be done through a connection.
  enum Access {
    case writing
    case reading
    /// For a file on a medium that cannot be written, which holds no unfinished changes.
    case readingUnchangeable
  }

  /// The path, for messages.
  let path: String
  let handle: OpaquePointer
  private var statements: [UnsafePointer<UInt8>: Statement] = [:]
  /// Whether changes that are to survive a loss of power are not known to be on disk.
  var owesSync = false

  /// Opens a file that is there.
  ///
  /// - Parameter patience: How long to wait for other processes, in milliseconds.
  init(path: String, _ access: Access, patience: Int) throws(RunStoreError) {
    self.path = path
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
    throw .sqlite(code, path: path, details: String(cString: sqlite3_errmsg(handle)))
  }

  /// Runs statements that take and give no values.
  func execute(_ sql: StaticString) throws(RunStoreError) {
    let code = sql.withUTF8Buffer { buffer in
      buffer.withMemoryRebound(to: CChar.self) { text in
        sqlite3_exec(handle, text.baseAddress, nil, nil, nil)
      }
    }
    try check(code)
  }

  /// The statement of a text, prepared once.
  func statement(_ sql: StaticString) throws(RunStoreError) -> Statement {
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
    let statement = Statement(prepared, of: self)
    statements[sql.utf8Start] = statement
    return statement
  }

  /// Runs a statement to its end and returns how many rows it changed.
  @discardableResult
  func run(_ sql: StaticString, _ values: SQLValue...) throws(RunStoreError) -> Int {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.step() != nil {}
    return Int(sqlite3_changes64(handle))
  }

  /// Walks through the rows of a statement until the body returns `false`.
  ///
  /// The body must not use the same statement.
  func each(
    _ sql: StaticString,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Bool
  ) throws(RunStoreError) {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while let row = try statement.step() {
      guard try body(row) else { return }
    }
  }

  /// The rows of a statement.
  func rows<Value>(
    _ sql: StaticString,
    _ values: SQLValue...,
    read: (Row) throws(RunStoreError) -> Value
  ) throws(RunStoreError) -> [Value] {
    var result: [Value] = []
    try each(sql, values) { row throws(RunStoreError) in
      result.append(try read(row))
      return true
    }
    return result
  }

  /// The first row of a statement, if it has one.
  func first<Value>(
    _ sql: StaticString,
    _ values: SQLValue...,
    read: (Row) throws(RunStoreError) -> Value
  ) throws(RunStoreError) -> Value? {
    var result: Value?
    try each(sql, values) { row throws(RunStoreError) in
      result = try read(row)
      return false
    }
    return result
  }

  /// The row that a statement with `RETURNING` certainly gives.
  func one(_ sql: StaticString, _ values: SQLValue...) throws(RunStoreError) -> Int64 {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    var result: Int64?
    // Walked to its end: only then is the change made.
    while let row = try statement.step() { result = row.int64(0) }
    guard let result else { throw .unexpectedValue("nothing where something was just put") }
    return result
  }
}
