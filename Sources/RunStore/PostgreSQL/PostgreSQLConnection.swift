internal import CPostgreSQL
internal import HostSystem

/// A connection to a store on a PostgreSQL server, which is made anew where the server was away.
///
/// Changes are made in transactions, and of each it is known whether it was made: one whose end was not
/// seen is asked for by its number (`pg_xact_status`).
final class PostgreSQLConnection: Connection {
  let name: String
  /// Servers see to it themselves.
  var owesSync = false

  private let handle: OpaquePointer
  private let isReading: Bool
  private let patience: Duration
  private let tell: @Sendable (String) -> Void
  private var statements: Set<UnsafePointer<UInt8>> = []
  private var isInTransaction = false
  /// Whether the connection was lost and not made anew.
  private var isLost = false
  /// Whether the server tells of changes.
  private var isListening = false
  /// The class of the last error.
  private var state = ""

  /// How long a server is waited for in the middle of work: a reply that has come is paid for, and is in
  /// the store alone.
  private static let longestAbsence = Duration.seconds(2 * 3600)
  /// How often transactions that hinder each other are tried.
  private static let mostAttempts = 10

  /// Connects to a server.
  ///
  /// - Parameters:
  ///   - patience: How long to wait for other processes that write, and before reading for a server that
  ///     went away.
  ///   - tell: Told once when a server has gone away and is waited for.
  init(
    _ address: ServerAddress,
    isReading: Bool,
    patience: Duration,
    tell: @escaping @Sendable (String) -> Void
  ) throws(RunStoreError) {
    name = address.text
    (self.isReading, self.patience, self.tell) = (isReading, patience, tell)
    guard let handle = address.connect() else { throw .away(address.text, nil) }
    guard PQstatus(handle) == CONNECTION_OK else {
      let error = RunStoreError.away(address.text, handle)
      PQfinish(handle)
      throw error
    }
    self.handle = handle
    try configure()
    try checkEncoding()
  }

  deinit { PQfinish(handle) }

  // MARK: Statements

  func execute(_ sql: SQL) throws(RunStoreError) {
    _ = try result { PQexec(handle, PostgreSQLText.numbered(sql.postgresql)) }
  }

  func change(
    _ sql: SQL,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Void
  ) throws(RunStoreError) -> Int {
    guard isInTransaction else {
      var changed = 0
      try perform(isAlone: false) { () throws(RunStoreError) in
        changed = try change(sql, values, body)
      }
      return changed
    }
    let result = try run(sql, values)
    for index in 0..<result.rowCount { try body(result.row(index)) }
    return result.changedRows
  }

  func each(
    _ sql: SQL,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Bool
  ) throws(RunStoreError) {
    let result = try read(sql, values)
    for index in 0..<result.rowCount {
      guard try body(result.row(index)) else { return }
    }
  }

  private func read(_ sql: SQL, _ values: [SQLValue]) throws(RunStoreError) -> PostgreSQLResult {
    while true {
      do throws(RunStoreError) {
        return try run(sql, values)
      } catch {
        guard error.code == .away, !isInTransaction else { throw error }
        try reconnect()
      }
    }
  }

  private func run(_ sql: SQL, _ values: [SQLValue]) throws(RunStoreError) -> PostgreSQLResult {
    let parameters = PostgreSQLParameters(values)
    guard parameters.size < 1 << 30 else { throw .tooLarge(name) }
    let start = sql.postgresql.utf8Start
    // The statement without a name is planned for its values.
    let name = sql.isPlannedAnew ? "" : "s\(UInt(bitPattern: start))"
    if sql.isPlannedAnew || !statements.contains(start) {
      let text = PostgreSQLText.numbered(sql.postgresql)
      _ = try result {
        PQprepare(handle, name, text, Int32(values.count), parameters.types)
      }
      if !sql.isPlannedAnew { statements.insert(start) }
    }
    return try result {
      parameters.withPointers { pointers in
        PQexecPrepared(
          handle,
          name,
          Int32(values.count),
          pointers,
          parameters.lengths,
          parameters.formats,
          0
        )
      }
    }
  }

  /// What a call of the library gives, if it is good.
  private func result(_ call: () -> OpaquePointer?) throws(RunStoreError) -> PostgreSQLResult {
    guard let handle = call() else { throw lost() }
    let result = PostgreSQLResult(handle)
    switch result.status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_EMPTY_QUERY:
      state = ""
      return result
    default:
      state = result.state
      // A server that shuts down says so and closes the connection; what has no class comes from the library,
      // which found the connection in disorder.
      let isLost = state.isEmpty || state.hasPrefix("57P") || state.hasPrefix("08")
      if PQstatus(self.handle) != CONNECTION_OK || isLost { throw lost() }
      throw .postgresql(state, name: name, details: result.message)
    }
  }

  private func lost() -> RunStoreError {
    isLost = true
    return .away(name, handle)
  }

  func insert(_ rows: some Sequence<[SQLValue]>, by sql: SQL) throws(RunStoreError) {
    _ = try result { PQexec(handle, PostgreSQLText.numbered(sql.postgresql)) }
    var lines: [UInt8] = []
    for row in rows {
      PostgreSQLText.append(row, to: &lines)
      if lines.count >= 1 << 16 { try send(&lines) }
    }
    try send(&lines)
    guard PQputCopyEnd(handle, nil) == 1 else { throw lost() }
    _ = try result { PQgetResult(handle) }
    // The end of the answers.
    while let more = PQgetResult(handle) { PQclear(more) }
  }

  /// A statement takes its values as a whole.
  func setDocument(
    of item: Int64,
    size: Int,
    _ write: (_ take: ([UInt8]) -> Void) -> Void
  ) throws(RunStoreError) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    write { bytes += $0 }
    try setDocument(of: item, bytes)
  }

  private func send(_ lines: inout [UInt8]) throws(RunStoreError) {
    let isSent = lines.withUnsafeBytes { buffer in
      PQputCopyData(
        handle,
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(buffer.count)
      ) == 1
    }
    guard isSent else { throw lost() }
    lines.removeAll(keepingCapacity: true)
  }

  // MARK: Transactions

  /// Every change is certain at once: a server that fell may come back without those that were not, while
  /// this process goes on as if they were there.
  func perform(
    _ durability: Durability,
    _ body: () throws(RunStoreError) -> Void
  ) throws(RunStoreError) {
    try perform(isAlone: true, body)
  }

  /// - Parameter isAlone: Whether no other such transaction may be made meanwhile.
  private func perform(
    isAlone: Bool,
    _ body: () throws(RunStoreError) -> Void
  ) throws(RunStoreError) {
    for attempt in 1... {
      try begin(isAlone: isAlone)
      do throws(RunStoreError) {
        try body()
        if try commit() { return }
      } catch {
        let isHindrance = ["40001", "40P01"].contains(state) && attempt < Self.mostAttempts
        // The body may use another store, which may be the one that is away.
        if isLost {
          try reconnect()
        } else {
          rollBack()
          guard isHindrance else { throw error }
        }
      }
    }
  }

  func reading(_ body: () throws(RunStoreError) -> Void) throws(RunStoreError) {
    try execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    isInTransaction = true
    defer { rollBack() }
    try body()
  }

  private func begin(isAlone: Bool) throws(RunStoreError) {
    while true {
      do throws(RunStoreError) {
        try execute("BEGIN")
        isInTransaction = true
        if isAlone { try execute(Self.lock) }
        return
      } catch {
        guard error.code == .away else {
          rollBack()
          throw error
        }
        try reconnect()
      }
    }
  }

  /// One at a time for each store of a database; the first number is "Tabs" in ASCII.
  private static let lock: SQL =
    "SELECT pg_advisory_xact_lock(1415668339, hashtext(current_schema()))"

  private func rollBack() {
    isInTransaction = false
    // A connection that is lost has gone back by itself.
    try? execute("ROLLBACK")
  }

  /// Ends the transaction; `false` when it was undone since the connection was lost.
  private func commit() throws(RunStoreError) -> Bool {
    let number = try run("SELECT pg_current_xact_id_if_assigned()", []).row(0).optionalText(0)
    do throws(RunStoreError) {
      let result = try result { PQexec(handle, "COMMIT") }
      isInTransaction = false
      guard result.command == "COMMIT" else {
        throw .postgresql("25P02", name: name, details: "the transaction had failed")
      }
      return true
    } catch {
      guard error.code == .away else { throw error }
      try reconnect()
      guard let number else { return true }
      return try isCommitted(number)
    }
  }

  private func isCommitted(_ number: String) throws(RunStoreError) -> Bool {
    while true {
      let status = try read("SELECT pg_xact_status(CAST(? AS xid8))", [.text(number)])
        .row(0).text(0)
      if status != "in progress" { return status == "committed" }
      cpostgresql_wait(100)
    }
  }

  // MARK: Connecting

  /// Connects again; in the middle of work, servers are waited for.
  private func reconnect() throws(RunStoreError) {
    statements = []
    (isInTransaction, isLost, isListening) = (false, false, false)
    let end = ContinuousClock.now + (isReading ? patience : max(patience, Self.longestAbsence))
    var pause: Int32 = 50
    var isTold = false
    while true {
      PQreset(handle)
      if PQstatus(handle) == CONNECTION_OK {
        do throws(RunStoreError) {
          return try configure()
        } catch {
          guard error.code == .away else { throw error }
        }
      }
      guard ContinuousClock.now < end else { throw .away(name, handle) }
      if !isTold, pause > 400 {
        tell("The server of the run store \(name) went away; work goes on when it is there again.")
        isTold = true
      }
      cpostgresql_wait(pause)
      pause = min(pause * 2, 5000)
    }
  }

  private func configure() throws(RunStoreError) {
    cpostgresql_ignore_notices(handle)
    let settings = """
      SET bytea_output = hex;
      SET standard_conforming_strings = on;
      SET jit = off;
      SET default_transaction_read_only = \(isReading ? "on" : "off");
      SET lock_timeout = \(max(1, Int(patience / .milliseconds(1))))
      """
    _ = try result { PQexec(handle, settings) }
  }

  private func checkEncoding() throws(RunStoreError) {
    let encoding = try first("SHOW server_encoding") { $0.text(0) } ?? ""
    guard encoding == "UTF8" else {
      throw RunStoreError(
        .notAStore,
        "The database of \(name) keeps texts as \(encoding), which has no room for all of Unicode.",
        remedy: "Make one in UTF-8: createdb -E UTF8 -T template0."
      )
    }
  }

  // MARK: Paths

  var sharesMachines: Bool { true }

  func clock() throws(RunStoreError) -> StoreClock {
    try first(
      """
      SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint),
        CAST(extract(epoch FROM pg_postmaster_start_time()) * 1000 AS bigint)
      """
    ) { StoreClock(now: $0.int64(0), upSince: $0.int64(1)) } ?? StoreClock(now: 0, upSince: 0)
  }

  /// The server tells of changes of runs: `m014ShareWork`.
  func awaitChange(milliseconds: Int32) throws(RunStoreError) -> Bool {
    if !isListening {
      try execute("LISTEN tabscribe")
      isListening = true
    }
    if cpostgresql_await(handle, milliseconds) < 0 { try reconnect() }
    return true
  }

  /// What lies in a bucket lies there for every machine.
  func place(of path: String) -> String {
    ["s3://", "gs://"].contains(where: path.hasPrefix)
      ? path : "\(ProcessIdentity.current.host):\(path)"
  }

  func path(at place: String) -> String {
    let host = "\(ProcessIdentity.current.host):"
    return place.hasPrefix(host) ? String(place.dropFirst(host.count)) : place
  }
}
