/// A secret that is known, looked for in every form in which it may be written.
struct KnownText: Hashable, Sendable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// How a text at a place compares.
  enum Match {
    case none
    /// The bytes end before it is clear.
    case open
    case end(Int)
  }

  /// A character, and what follows it.
  enum Character {
    case none
    case open
    case byte(UInt8, next: Int)
  }

  /// Compares from the second character on; the first has been read up to a place.
  ///
  /// Between any two characters there may be a line break, escaped or not, with blanks behind it;
  /// in a long text a blank alone, which is what messages make of line breaks.
  func match(_ input: Bytes, from start: Int) -> Match {
    var place = start
    let limit = start + Self.mostStretch * bytes.count
    for byte in bytes.dropFirst() {
      guard place <= limit else { return .none }
      place = Self.afterBreaks(input, place, withBlanks: bytes.count >= Self.longLength)
      guard place <= limit else { return .none }
      switch Self.character(input, at: place) {
      case .open: return .open
      case .byte(byte, let next): place = next
      default: return .none
      }
    }
    return .end(place)
  }

  /// How much longer a secret may be where it is escaped and split over lines; without a bound a
  /// stream of blanks would be held back for ever.
  private static let mostStretch = 16

  /// Backslashes before one character; each level of JSON within JSON doubles them.
  private static let mostSlashes = 16

  /// The character at a place, with the escapes of JSON (in any depth) and of addresses undone.
  static func character(_ input: Bytes, at place: Int) -> Character {
    guard place < input.count else { return .open }
    switch input[place] {
    case UInt8(ascii: "\\"):
      let next = input.end(of: slash, from: place, atMost: mostSlashes + 1)
      guard next - place <= mostSlashes else { return .none }
      guard next < input.count else { return .open }
      guard input[next] == UInt8(ascii: "u") else {
        return ByteTable.alphanumerics[input[next]] ? .none : .byte(input[next], next: next + 1)
      }
      guard next + 4 < input.count else { return .open }
      guard input.holds("00", at: next + 1), let byte = input.hexPair(at: next + 3) else {
        return .none
      }
      return .byte(byte, next: next + 5)
    case UInt8(ascii: "%"):
      guard place + 2 < input.count else { return .open }
      return input.hexPair(at: place + 1).map { .byte($0, next: place + 3) }
        ?? .byte(input[place], next: place + 1)
    case let byte: return .byte(byte, next: place + 1)
    }
  }

  /// From here on no two texts are alike by chance.
  private static let longLength = 20

  private static func afterBreaks(_ input: Bytes, _ start: Int, withBlanks: Bool) -> Int {
    var place = withBlanks ? input.end(of: blank, from: start) : start
    while place < input.count {
      let next = afterBreak(input, place)
      guard next > place else { return place }
      place = input.end(of: blank, from: next)
    }
    return place
  }

  private static let blank = ByteTable(" \t")
  private static let slash = ByteTable("\\")
  private static let lineBreak = ByteTable("\r\n")
  private static let escapedBreak = ByteTable("rn")

  private static func afterBreak(_ input: Bytes, _ place: Int) -> Int {
    if lineBreak[input[place]] { return place + 1 }
    let next = input.end(of: slash, from: place, atMost: mostSlashes + 1)
    guard next > place else { return place }
    return next < input.count && escapedBreak[input[next]] ? next + 1 : place
  }
}

extension Secret {
  /// The least bytes of a line of a private key that is looked for by itself.
  private static let leastLine = 32

  /// What is looked for: the text itself, or the body of a private key and its lines.
  var knownTexts: [KnownText] {
    let text = reveal().replacing("\\n", with: "\n")
    let lines: [String] = text.split(whereSeparator: \.isNewline).map(\.trimmingBlanks)
      .filter { !$0.isEmpty }
    guard lines.count > 1 else { return lines.map(KnownText.init) }
    let body = lines.filter { !$0.hasPrefix("-----") }
    let long = body.filter { $0.utf8.count >= Self.leastLine }
    return ([body.joined()] + long).map(KnownText.init)
  }
}

extension KnownText {
  /// Whether the text cannot be a word of a language, so that it may be taken out of any text.
  ///
  /// Keys, tokens and their like are long or mix letters with digits or capitals; people who try
  /// the emulator call their key `anything`, which a transcript may well say.
  var isDistinctive: Bool { Self.isDistinctive(bytes[...]) }

  static func isDistinctive(_ bytes: some Collection<UInt8>) -> Bool {
    guard bytes.count >= 8 else { return false }
    if bytes.count >= longLength { return true }
    let isCapital = { (byte: UInt8) in (0x41...0x5A).contains(byte) }
    return bytes.contains { ByteTable.digits[$0] } || bytes.dropFirst().contains(where: isCapital)
  }
}

extension StringProtocol {
  fileprivate var trimmingBlanks: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
