internal import OrderedJSON
public import TranscriptModel

/// Turns a model's reply into typed tables while it arrives, in pieces of any size.
public struct ReplyDecoder: Sendable {
  private let schema: TableSchema
  private let encoding: ReplyEncoding
  private let limits: DecodingLimits
  private var bytes: [UInt8] = []

  /// A decoder of one reply.
  ///
  /// - Parameters:
  ///   - schema: The tables that were asked for.
  ///   - encoding: The encoding that was asked for; a reply in the other one is read all the same.
  ///   - limits: Sizes beyond which the reply is not read.
  public init(schema: TableSchema, encoding: ReplyEncoding, limits: DecodingLimits = .init()) {
    self.schema = schema
    self.encoding = encoding
    self.limits = limits
  }

  /// Reads the next piece of the reply.
  public mutating func feed(_ piece: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: piece)
  }

  /// Reads the next piece of the reply.
  public mutating func feed(_ piece: [UInt8]) { piece.withUnsafeBufferPointer { feed($0) } }

  /// Reads the next piece of the reply.
  public mutating func feed(_ piece: String) {
    var piece = piece
    piece.withUTF8 { feed($0) }
  }

  /// The rows completed so far, by table, in schema order.
  public var rowCounts: [Int] { tables.map(\.rowCount) }

  /// The rows completed so far.
  ///
  /// Cheap, but let go of the value before feeding more: a table that is kept makes the decoder
  /// copy what it has read.
  public var tables: [Table] {
    switch encoding {
    case .json: jsonTables()
    case .tsv: tsvTables()
    }
  }

  /// Ends the reply and returns everything read.
  public mutating func finish() -> DecodedReply { DecodedReply(tables: tables) }

  private func jsonTables() -> [Table] {
    let root = try? JSONValue(parsing: bytes)
    return schema.tables.map { definition in
      var table = Table(name: definition.name, columns: definition.tableColumns)
      for row in root?[definition.property]?.array ?? [] {
        table.append(definition.columns.map { cell(row[$0.column.name], $0.column.type) })
      }
      return table
    }
  }

  private func cell(_ value: JSONValue?, _ type: Column.ValueType) -> Cell {
    switch value {
    case nil, .null, .string("?"), .string(""): .missing
    case .string(let text): type == .string ? .text(text) : .invalid(text)
    case .number(let number): number.int.map(Cell.integer) ?? .number(number.text)
    case .bool(let flag): .boolean(flag)
    case .some(let other): .invalid(other.rendered())
    }
  }

  private func tsvTables() -> [Table] {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return schema.tables.map { definition in
      var table = Table(name: definition.name, columns: definition.tableColumns)
      let block = lines.drop { $0 != "<\(definition.tag)>" }.dropFirst(2)
      for line in block.prefix(while: { $0 != "</\(definition.tag)>" }) {
        let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == definition.columns.count else { continue }
        table.append(
          zip(cells, definition.columns).map { text, column in
            if text == "?" || text.isEmpty { return .missing }
            if column.column.type == .string { return .text(String(text)) }
            return Int(text).map(Cell.integer) ?? .invalid(String(text))
          }
        )
      }
      return table
    }
  }
}
