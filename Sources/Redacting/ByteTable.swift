/// Which bytes are of a kind, answered by one look.
struct ByteTable: Sendable {
  private var flags = [Bool](repeating: false, count: 256)

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { flags[Int(byte)] = true }
  }

  init(_ text: String) { self.init(text.utf8) }

  subscript(_ byte: UInt8) -> Bool { flags[Int(byte)] }

  func union(_ other: ByteTable) -> ByteTable {
    var copy = self
    copy.flags = zip(flags, other.flags).map { $0 || $1 }
    return copy
  }

  static let letters = ByteTable(Array(0x41...0x5A) + Array(0x61...0x7A))
  static let digits = ByteTable("0123456789")
  static let alphanumerics = letters.union(digits)
  /// What keys and tokens of Google are made of.
  static let token = alphanumerics.union(ByteTable("-_"))
  /// Tokens of all kinds, as they stand behind `Bearer` (RFC 6750).
  static let bearer = token.union(ByteTable(".~+/="))
  /// What ends an address or a bare value in running text.
  static let blanks = ByteTable(Array(0x00...0x20) + [0x7F])
  static let valueEnds = blanks.union(ByteTable("\"'<>`\\,;&#)]}|"))
  static let addressEnds = blanks.union(ByteTable("\"'<>`\\"))
}

/// The bytes that are looked at, read where they are.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension UnsafeBufferPointer where Element == UInt8 {
  /// Whether these characters stand at a place.
  func holds(_ text: StaticString, at place: Int) -> Bool {
    guard place >= 0, place + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where self[place + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// The first place from a start on whose byte is not of the kind.
  ///
  /// - Parameter most: How many bytes are looked at: where a look is taken at each place of a long
  ///   run, one without a bound would take quadratic time.
  func end(of kind: ByteTable, from start: Int, atMost most: Int = .max) -> Int {
    var place = start
    let limit = most < count - start ? start + most : count
    while place < limit, kind[self[place]] { place += 1 }
    return place
  }

  /// The first place from a start on whose byte is of the kind; where the look ends, when there is none.
  func first(of kind: ByteTable, from start: Int, atMost most: Int = .max) -> Int {
    var place = start
    let limit = most < count - start ? start + most : count
    while place < limit, !kind[self[place]] { place += 1 }
    return place
  }

  /// The number that two hexadecimal digits at a place are.
  func hexPair(at place: Int) -> UInt8? {
    guard place + 1 < count else { return nil }
    return UInt8(String(decoding: self[place...place + 1], as: UTF8.self), radix: 16)
  }
}
