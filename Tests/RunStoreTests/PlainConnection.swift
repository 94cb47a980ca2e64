internal import CSQLite
internal import RunStore
import Testing

/// A connection that goes around the store, as another program would.
final class PlainConnection {
  private let handle: OpaquePointer

  init(_ path: String) throws {
    var handle: OpaquePointer?
    sqlite3_open(path, &handle)
    self.handle = try #require(handle)
  }

  deinit { sqlite3_close_v2(handle) }

  func execute(_ sql: String) throws {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    #expect(code == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
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
