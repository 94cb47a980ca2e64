/// The sizes beyond which a reply is not read further, so that no reply can exhaust the machine.
public struct DecodingLimits: Hashable, Sendable {
  /// The deepest nesting of JSON, `1...`.
  public var depth: Int
  /// The bytes of one cell, `1...`; a row with a longer one is refused.
  public var cellBytes: Int
  /// The bytes of one line or row, `1...`; a longer one is refused.
  public var rowBytes: Int
  /// The bytes of a reply, `1...4 GiB`; what follows is not read.
  public var replyBytes: Int
  /// The rows that one finding names, and the refused pieces that a reply keeps, `0...`.
  public var findingRows: Int

  /// Limits; those left out are far above anything a model writes.
  public init(
    depth: Int = 64,
    cellBytes: Int = 1 << 20,
    rowBytes: Int = 4 << 20,
    replyBytes: Int = 1 << 30,
    findingRows: Int = 100_000
  ) {
    self.depth = depth
    self.cellBytes = cellBytes
    self.rowBytes = rowBytes
    self.replyBytes = min(replyBytes, Int(UInt32.max))
    self.findingRows = findingRows
  }
}
