internal import CSQLite
internal import RunStore
import TestSupport
import Testing

/// A connection that goes around the store, as another program would.
final class PlainConnection {
  private let path: String
  /// Of a file.
  private let handle: OpaquePointer?

  init(_ path: String) throws {
    self.path = path
    guard !RunStore.isAddress(path) else {
      handle = nil
      return
    }
    var opened: OpaquePointer?
    sqlite3_open(path, &opened)
    try #require(opened != nil)
    handle = opened
    // An index can be dropped only where its tokenizer has a name.
    _ = csqlite_add_tokenizer(opened, "tabscribe") { _, _, _, _, _, _ in SQLITE_OK }
  }

  deinit { sqlite3_close_v2(handle) }

  func execute(_ sql: String) throws {
    guard let handle else {
      try PostgreSQLServer.shared().execute(sql, at: path)
      return
    }
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    #expect(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
  }

  /// The first column of each row, as text.
  func texts(_ query: String) throws -> [String] {
    guard let handle else { return try PostgreSQLServer.shared().execute(query, at: path) }
    var statement: OpaquePointer?
    sqlite3_prepare_v2(handle, query, -1, &statement, nil)
    let prepared = try #require(statement, "\(String(cString: sqlite3_errmsg(handle)))")
    defer { sqlite3_finalize(prepared) }
    var rows: [String] = []
    while sqlite3_step(prepared) == SQLITE_ROW {
      rows.append(
        try #require(sqlite3_column_text(prepared, 0)).withMemoryRebound(
          to: CChar.self,
          capacity: 1
        ) { String(cString: $0) }
      )
    }
    return rows
  }
}

extension TemporaryStore {
  /// Changes the file behind the back of the store.
  func write(_ sql: String) throws { try PlainConnection(path).execute(sql) }
}

/// The code of the error that the body throws.
func code<Value>(
  of body: () throws -> Value,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> RunStoreError.Code {
  let error = try #require(
    #expect(throws: RunStoreError.self, sourceLocation: sourceLocation) { _ = try body() }
  )
  return error.code
}
