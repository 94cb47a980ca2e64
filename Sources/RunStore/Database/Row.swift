/// A row of a result, which is valid only where it is handed over.
struct Row {
  /// What an engine knows of the row.
  private let source: any RowSource

  init(_ source: any RowSource) { self.source = source }

  func isNull(_ column: Int) -> Bool { source.isNull(column) }

  func int64(_ column: Int) -> Int64 { source.integer(column) }

  func int(_ column: Int) -> Int { Int(int64(column)) }

  func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

  /// Whether something holds; what is missing does not.
  func flag(_ column: Int) -> Bool { source.flag(column) }

  func text(_ column: Int) -> String { source.text(column) }

  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

  /// Adds the bytes of a blob or text to an array.
  func append(_ column: Int, to bytes: inout [UInt8]) { source.append(column, to: &bytes) }

  func bytes(_ column: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    append(column, to: &bytes)
    return bytes
  }
}

/// The values of a row as an engine has them; of what is missing, 0 and nothing.
protocol RowSource {
  func isNull(_ column: Int) -> Bool
  func integer(_ column: Int) -> Int64
  func flag(_ column: Int) -> Bool
  func text(_ column: Int) -> String
  func append(_ column: Int, to bytes: inout [UInt8])
}
