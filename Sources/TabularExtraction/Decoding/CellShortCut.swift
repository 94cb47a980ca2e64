internal import TranscriptModel

/// Reads the cells that need no closer look, which are nearly all: plain text and digits.
///
/// Gives what the longer way gives, or `nil`.
enum CellShortCut: UInt8 {
  case anyText, integer, none

  init(_ column: ColumnShape) {
    switch column.type {
    case .string: self = column.enumValues.isEmpty ? .anyText : .none
    case .integer: self = .integer
    case .number, .boolean: self = .none
    }
  }

  @inline(__always)
  func slot(for cell: RawCell, _ input: Input) -> Table.Slot? {
    switch self {
    case .anyText: text(cell, input)
    case .integer: integer(cell, input)
    case .none: nil
    }
  }

  @inline(__always)
  private func text(_ cell: RawCell, _ input: Input) -> Table.Slot? {
    let count = cell.end - cell.start
    guard cell.form == .quoted || cell.form == .plain, count > 0,
      cell.traits.isSubset(of: .beyondASCII)
    else { return nil }
    let first = input[cell.start]
    guard first > 0x20, input[cell.end - 1] > 0x20, count > 4 || !Self.mayMeanMissing(first),
      cell.traits.isEmpty || UTF8Text.isValid(input.bytes(cell.range))
    else { return nil }
    return Table.Slot(kind: .text, value: cell.start, count: count)
  }

  /// Whether a short text with this first byte may mean a missing value.
  @inline(__always) private static func mayMeanMissing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "?") || byte == ASCII.minus || byte | 0x20 == UInt8(ascii: "n")
  }

  @inline(__always)
  private func integer(_ cell: RawCell, _ input: Input) -> Table.Slot? {
    // Eighteen digits fit in any case.
    guard cell.form == .number || cell.form == .plain, cell.start < cell.end,
      cell.end - cell.start <= 18
    else { return nil }
    var value = 0
    for index in cell.start..<cell.end {
      let digit = input[index] &- 0x30
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
    }
    return .integer(value)
  }
}
