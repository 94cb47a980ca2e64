/// Makes a cell one that no spreadsheet runs and no terminal obeys.
///
/// A piece of a cell is what stands between its ends and each `;`, tab and line break in it, since
/// spreadsheets of some countries part cells there. A piece that begins with `=`, `+`, `-` or `@`, also
/// as a full-width sign, and also behind blanks and signs that are not seen, gets an apostrophe in
/// front. Controls but tab and line breaks become U+FFFD. In JavaScript:
///
///     text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd')
///       .replace(/(^|[;\t\r\n])(?=[ \u00a0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*[=+\-@＝＋－＠])/g, "$1'")
///
/// One value serves many cells, so that its memory is asked for once.
///
/// - Source: OWASP, CSV Injection: the signs that begin formulas, their full-width forms among them.
struct SafeCell {
  private var bytes: [UInt8] = []

  /// Hands the safe form of a cell to a function.
  mutating func with(
    _ cell: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    guard cell.contains(where: { Self.isSuspicious[Int($0)] }) else { return body(cell) }
    set(cell)
    bytes.withUnsafeBufferPointer(body)
  }

  /// Bytes that a cell without anything to change does not have.
  private static let isSuspicious: [Bool] = (0..<256).map { byte in
    byte < 0x20 || byte == 0x7F || [0xC2, 0xEF].contains(byte)
      || "=+-@".utf8.contains(UInt8(byte))
  }

  private mutating func set(_ cell: UnsafeBufferPointer<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    var isPieceStart = true
    var pieceStart = 0
    var index = 0
    while index < cell.count {
      let length = Self.scalarLength(cell, index)
      let scalar = UnsafeBufferPointer(rebasing: cell[index..<index + length])
      index += length
      if isPieceStart, !Self.isUnseen(scalar) {
        if Self.beginsFormula(scalar) { bytes.insert(UInt8(ascii: "'"), at: pieceStart) }
        isPieceStart = false
      }
      if Self.isControl(scalar) {
        bytes.append("\u{FFFD}")
      } else {
        bytes.append(contentsOf: scalar)
      }
      if length == 1, [0x09, 0x0A, 0x0D, 0x3B].contains(scalar[0]) {
        isPieceStart = true
        pieceStart = bytes.count
      }
    }
  }

  private static func scalarLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    var end = index + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end - index
  }

  private static func isControl(_ scalar: UnsafeBufferPointer<UInt8>) -> Bool {
    if scalar.count == 1 {
      return scalar[0] < 0x20 ? ![0x09, 0x0A, 0x0D].contains(scalar[0]) : scalar[0] == 0x7F
    }
    return scalar.count == 2 && scalar[0] == 0xC2 && scalar[1] < 0xA0
  }

  /// A blank on one line, or a sign that is not seen.
  private static func isUnseen(_ scalar: UnsafeBufferPointer<UInt8>) -> Bool {
    switch scalar.count {
    case 1: return scalar[0] == 0x20
    case 2: return scalar[0] == 0xC2 && scalar[1] == 0xA0
    case 3:
      switch (scalar[0], scalar[1], scalar[2]) {
      case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xA8...0xAF), (0xE2, 0x81, 0x9F...0xAF),
        (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
        return true
      default: return false
      }
    default: return false
    }
  }

  private static func beginsFormula(_ scalar: UnsafeBufferPointer<UInt8>) -> Bool {
    if scalar.count == 1 { return "=+-@".utf8.contains(scalar[0]) }
    guard scalar.count == 3, scalar[0] == 0xEF, scalar[1] == 0xBC else { return false }
    // ＋ － ＝ ＠
    return [0x8B, 0x8D, 0x9D, 0xA0].contains(scalar[2])
  }
}
