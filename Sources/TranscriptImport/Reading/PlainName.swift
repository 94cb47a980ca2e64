/// Whether words in ASCII are a name, by the rules of ``SpeakerPrefix`` and in a hundredth of the time: captions of a
/// long film hold thousands of sentences with colons, each another one.
enum PlainName {
  /// Words of names that have no capital.
  private static let particles = Set(
    [
      "van", "von", "de", "of", "der", "den", "di", "da", "dos", "la", "le", "el", "al", "bin",
      "ibn", "and", "und", "et", "y", "speaker", "voice",
    ]
    .map { packed($0.utf8) }
  )
  /// What programs call speakers they do not know, with numbers and signs behind it.
  static let identifiers = ["speaker", "spk", "person", "voice"]
  /// The most words of a name.
  static let mostWords = 5
  /// A word that is longer and has a full stop ends a sentence.
  static let longestShortForm = 5
  private static let forbidden = Set("!?;,\"=<>{}|".utf8)

  /// Whether the bytes are a name; `nil` where they are no ASCII.
  static func verdict(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
    let words = bytes.split(whereSeparator: isBlank)
    return (1...mostWords).contains(words.count) && words.allSatisfy(fits)
      && bytes.contains(where: isLetter)
  }

  /// Whether a word is one that names have in small letters.
  static func isParticle(_ word: some Collection<UInt8>) -> Bool {
    word.count <= 8 && particles.contains(packed(word))
  }

  private static func fits(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    if word.count > longestShortForm, word.last == UInt8(ascii: ".") { return false }
    if word.contains(where: forbidden.contains) { return false }
    guard let letter = word.first(where: isLetter), letter >= 0x61 else { return true }
    return isParticle(word) || identifiers.contains { isIdentifier(word, $0) }
  }

  private static func isIdentifier(
    _ word: Slice<UnsafeBufferPointer<UInt8>>,
    _ prefix: String
  ) -> Bool {
    guard word.starts(with: prefix.utf8) else { return false }
    let rest = word.dropFirst(prefix.utf8.count)
    return !rest.isEmpty && rest.allSatisfy { $0 &- 0x30 < 10 || $0 == 0x5F || $0 == 0x2D }
  }

  /// A number for a word of at most eight bytes.
  private static func packed(_ word: some Sequence<UInt8>) -> UInt64 {
    word.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
