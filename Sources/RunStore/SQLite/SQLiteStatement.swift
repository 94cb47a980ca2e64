internal import CSQLite

/// A prepared statement; finalised when nothing refers to it any more.
final class SQLiteStatement {
  private let handle: OpaquePointer
  private unowned let connection: SQLiteConnection

  init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Sets all parameters, in order.
  func bind(_ values: [SQLValue]) throws(RunStoreError) {
    for (index, value) in values.enumerated() { try bind(value, at: index + 1) }
  }

  /// Sets a parameter, counted from 1.
  private func bind(_ value: SQLValue, at index: Int) throws(RunStoreError) {
    let index = Int32(index)
    let code =
      switch value.storage {
      case .integer(nil), .text(nil): sqlite3_bind_null(handle, index)
      case .integer(let number?): sqlite3_bind_int64(handle, index, number)
      case .flag(let flag): sqlite3_bind_int64(handle, index, flag ? 1 : 0)
      case .text(let text?): bind(text, at: index)
      case .blob(let bytes): bind(bytes, at: index)
      }
    try connection.check(code)
  }

  // A pointer to nothing would bind NULL, so that empty values are bound from a byte of their own.

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { buffer in
      guard let size = Int32(exactly: buffer.count) else { return SQLITE_TOOBIG }
      guard let start = buffer.baseAddress else { return csqlite_bind_text(handle, index, "", 0) }
      return start.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
        csqlite_bind_text(handle, index, $0, size)
      }
    }
  }

  private func bind(_ bytes: [UInt8], at index: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      guard let size = Int32(exactly: buffer.count) else { return SQLITE_TOOBIG }
      guard size > 0 else { return sqlite3_bind_zeroblob(handle, index, 0) }
      return csqlite_bind_blob(handle, index, buffer.baseAddress, size)
    }
  }

  /// Goes to the next row; `nil` when there is none.
  func step() throws(RunStoreError) -> Row? {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return Row(SQLiteRow(handle: handle))
    case SQLITE_DONE: return nil
    case let code:
      try connection.check(code)
      return nil
    }
  }

  /// Makes the statement ready for another use; also ends the lock that an open reading holds.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }
}

/// The row at which a statement stands; valid until its next step.
private struct SQLiteRow: RowSource {
  let handle: OpaquePointer

  func isNull(_ column: Int) -> Bool {
    sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
  }

  func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

  func flag(_ column: Int) -> Bool { integer(column) != 0 }

  func text(_ column: Int) -> String {
    guard let start = sqlite3_column_text(handle, Int32(column)) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  func append(_ column: Int, to bytes: inout [UInt8]) {
    guard let start = sqlite3_column_blob(handle, Int32(column)) else { return }
    let count = Int(sqlite3_column_bytes(handle, Int32(column)))
    bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
  }
}
