extension Table {
  /// Hands the UTF-8 of a cell to a function, without a copy where the cell is text.
  ///
  /// The bytes are those of ``Cell/rendered``: `?` for a missing value. They are valid UTF-8, and
  /// must not be used after the function returns.
  @inlinable
  public func withUTF8<Result>(
    row: Int,
    column: Int,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let slot = slots[row * columns.count + column]
    if slot.isText { return try withBytes(of: slot, body) }
    var rendered = self[row, column].rendered
    return try rendered.withUTF8(body)
  }

  /// Whether a cell holds no value.
  public func isMissing(row: Int, column: Int) -> Bool {
    slots[row * columns.count + column].kind == .missing
  }

  /// The value of a cell that is a whole number, else `nil`.
  public func integer(row: Int, column: Int) -> Int? {
    let slot = slots[row * columns.count + column]
    return slot.kind == .integer ? slot.value : nil
  }

  /// The milliseconds of a cell that is a time, else `nil`.
  package func time(row: Int, column: Int) -> Int? {
    let slot = slots[row * columns.count + column]
    return slot.kind == .time ? slot.value : nil
  }

  /// Where the reply has a row, in bytes; `nil` for a row that comes from no reply.
  public func replyRange(row: Int) -> Range<Int>? {
    guard origins.indices.contains(row) else { return nil }
    return Int(origins[row].start)..<Int(origins[row].end)
  }

  /// A row as the reply has it, before any decoding; `nil` for a row that comes from no reply.
  public func originalText(row: Int) -> String? {
    replyRange(row: row).map { String(decoding: reply[$0], as: UTF8.self) }
  }

  @inlinable
  func withBytes<Result>(
    of slot: Slot,
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result {
    let range = slot.value..<slot.value + Int(slot.count)
    return try (slot.isOwn ? ownText : reply).withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[range]))
    }
  }
}
