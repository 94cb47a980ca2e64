/// The quotes around a string: JSON's own, or those that models use instead.
struct JSONQuote {
  private enum Style {
    case ascii(UInt8)
    /// Typographic quotes, of which any closes any; the ASCII quote closes them too.
    case typographic(ascii: UInt8)
  }

  private let style: Style

  /// The quote that begins at an index, or `nil`.
  init?(at index: Int, _ input: Input) {
    switch input[index] {
    case ASCII.quote, ASCII.apostrophe: style = .ascii(input[index])
    default:
      guard let ascii = Self.typographic(at: index, input) else { return nil }
      style = .typographic(ascii: ascii)
    }
  }

  /// The ASCII quote for which a typographic one at an index stands.
  private static func typographic(at index: Int, _ input: Input) -> UInt8? {
    guard index + 2 < input.end, input[index] == 0xE2, input[index + 1] == 0x80 else { return nil }
    switch input[index + 2] {
    case 0x98...0x9B: return ASCII.apostrophe
    case 0x9C...0x9F: return ASCII.quote
    default: return nil
    }
  }

  /// The bytes of the opening quote.
  var length: Int { if case .ascii = style { 1 } else { 3 } }

  /// Whether the quotes are others than JSON's.
  var isOdd: Bool { if case .ascii(ASCII.quote) = style { false } else { true } }

  /// The bytes of the closing quote at an index.
  func closingLength(at index: Int, _ input: Input) -> Int { input[index] == 0xE2 ? 3 : 1 }

  /// The next place of a quote that may close, a backslash or a control character.
  func nextStop(_ input: Input, from index: Int, _ traits: inout RawCell.Traits) -> Int? {
    switch style {
    case .ascii(let quote):
      var bits: UInt64 = 0
      let stop = input.stringStop(from: index, quote: quote, bits: &bits)
      if bits & 0x8080_8080_8080_8080 != 0 { traits.insert(.beyondASCII) }
      return stop < input.end ? stop : nil
    case .typographic(let ascii): return typographicStop(input, index, ascii, &traits)
    }
  }

  private func typographicStop(
    _ input: Input,
    _ start: Int,
    _ ascii: UInt8,
    _ traits: inout RawCell.Traits
  ) -> Int? {
    var index = start
    while index < input.end {
      let byte = input[index]
      if byte >= 0x80 { traits.insert(.beyondASCII) }
      if byte == ascii || byte == ASCII.backslash || byte < 0x20 { return index }
      if byte == 0xE2, Self.typographic(at: index, input) == ascii { return index }
      index += 1
    }
    return nil
  }
}

extension Input {
  /// The first place from an index on of a quote, a backslash or a control character.
  ///
  /// `end` when there is none. `bits` collects the bits of the bytes before it.
  @inline(__always)
  func stringStop(from start: Int, quote: UInt8, bits: inout UInt64) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    let quotes = ones &* UInt64(quote)
    let slashes = ones &* UInt64(ASCII.backslash)
    var index = start
    while index + 8 <= end {
      let word = UInt64(
        littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      )
      // The lowest high bit of each term is exact: borrows only travel upwards from a true hit.
      let quoted = ((word ^ quotes) &- ones) & ~(word ^ quotes)
      let slashed = ((word ^ slashes) &- ones) & ~(word ^ slashes)
      let control = (word &- (ones &* 0x20)) & ~word
      let hits = (quoted | slashed | control) & highs
      if hits != 0 {
        let shift = hits.trailingZeroBitCount & ~7
        bits |= word & ((1 << UInt64(shift)) &- 1)
        return index + shift >> 3
      }
      bits |= word
      index += 8
    }
    while index < end {
      let byte = base[index]
      if byte == quote || byte == ASCII.backslash || byte < 0x20 { return index }
      bits |= UInt64(byte)
      index += 1
    }
    return end
  }
}
