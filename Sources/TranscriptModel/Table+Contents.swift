extension Table {
  /// What a cell holds: a value, or the range of its text.
  @usableFromInline package struct Slot: Sendable {
    @usableFromInline package enum Kind: UInt8, Sendable {
      case missing, text, number, invalid, integer, boolean, time
    }

    /// The value of a number, boolean or time; else where the text starts.
    @usableFromInline package var value: Int
    /// The bytes of the text.
    @usableFromInline package var count: UInt32
    /// What it is.
    @usableFromInline package var kind: Kind
    /// Whether the text lies in the table's own buffer and not in the reply.
    @usableFromInline package var isOwn: Bool

    @inlinable package init(kind: Kind, value: Int, count: Int = 0, isOwn: Bool = false) {
      self.kind = kind
      self.value = value
      self.count = UInt32(truncatingIfNeeded: count)
      self.isOwn = isOwn
    }

    /// A slot of a cell, whose text goes behind the others.
    init(_ cell: Cell, keepingTextIn own: inout [UInt8]) {
      switch cell {
      case .missing: self = .missing
      case .integer(let value): self = .integer(value)
      case .boolean(let flag): self = .boolean(flag)
      case .time(let time): self.init(kind: .time, value: time.milliseconds)
      case .text(let text): self.init(.text, of: text, keptIn: &own)
      case .number(let text): self.init(.number, of: text, keptIn: &own)
      case .invalid(let text): self.init(.invalid, of: text, keptIn: &own)
      }
    }

    private init(_ kind: Kind, of text: String, keptIn own: inout [UInt8]) {
      let start = own.count
      own.append(contentsOf: text.utf8)
      self.init(kind: kind, value: start, count: own.count - start, isOwn: true)
    }

    @inlinable package static var missing: Slot { Slot(kind: .missing, value: 0) }

    @inlinable package static func integer(_ value: Int) -> Slot {
      Slot(kind: .integer, value: value)
    }

    @inlinable package static func boolean(_ flag: Bool) -> Slot {
      Slot(kind: .boolean, value: flag ? 1 : 0)
    }

    /// Whether the cell is a range of text.
    @inlinable package var isText: Bool { kind == .text || kind == .number || kind == .invalid }
  }

  /// Where the reply has a row.
  package struct Origin: Sendable {
    package var start: UInt32
    package var end: UInt32

    @inlinable package init(_ range: Range<Int>) {
      start = UInt32(truncatingIfNeeded: range.lowerBound)
      end = UInt32(truncatingIfNeeded: range.upperBound)
    }
  }

  /// What a decoder collects for a table.
  package struct Contents: Sendable {
    package var slots: [Slot] = []
    package var ownText: [UInt8] = []
    package var origins: [Origin] = []

    package init() {}
  }
}
