internal import CPostgreSQL

/// What a statement gave; freed when nothing refers to it any more.
final class PostgreSQLResult {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { PQclear(handle) }

  var status: ExecStatusType { PQresultStatus(handle) }

  /// The class of the error; empty when there is none.
  var state: String { cpostgresql_state(handle).map { String(cString: $0) } ?? "" }

  var message: String { cpostgresql_message(handle).map { String(cString: $0) } ?? "" }

  /// What was done: `COMMIT`, `INSERT 0 1`.
  var command: String { String(cString: PQcmdStatus(handle)) }

  /// How many rows a change concerned.
  var changedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

  var rowCount: Int { Int(PQntuples(handle)) }

  func row(_ index: Int) -> Row { Row(PostgreSQLRow(result: self, index: Int32(index))) }

  fileprivate func value(_ row: Int32, _ column: Int) -> UnsafeBufferPointer<UInt8> {
    let start = PQgetvalue(handle, row, Int32(column))
    return UnsafeBufferPointer(
      start: start.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) },
      count: Int(PQgetlength(handle, row, Int32(column)))
    )
  }

  fileprivate func isNull(_ row: Int32, _ column: Int) -> Bool {
    PQgetisnull(handle, row, Int32(column)) == 1
  }
}

/// A row of a result, whose values are text as servers write it.
private struct PostgreSQLRow: RowSource {
  let result: PostgreSQLResult
  let index: Int32

  func isNull(_ column: Int) -> Bool { result.isNull(index, column) }

  func integer(_ column: Int) -> Int64 {
    var (number, isNegative) = (Int64(0), false)
    for byte in result.value(index, column) {
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 { number = number &* 10 &+ Int64(digit) } else { isNegative = true }
    }
    return isNegative ? -number : number
  }

  func flag(_ column: Int) -> Bool { result.value(index, column).first == UInt8(ascii: "t") }

  func text(_ column: Int) -> String {
    String(decoding: result.value(index, column), as: UTF8.self)
  }

  /// Bytes are written as `\x` and two digits for each (`bytea_output = hex`).
  func append(_ column: Int, to bytes: inout [UInt8]) {
    let digits = result.value(index, column).dropFirst(2)
    bytes.reserveCapacity(bytes.count + digits.count / 2)
    var high: UInt8?
    for digit in digits {
      let value = digit & 0xF &+ (digit > UInt8(ascii: "9") ? 9 : 0)
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
  }
}
