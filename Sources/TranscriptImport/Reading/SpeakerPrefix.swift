/// Who speaks, as texts have it in front of what is said: `Ada:`, `ADA:`, `- Ada:`, `[Ada]`,
/// `(Ada):`, `>> ADA:` and `**Ada:**`.
///
/// One value serves a whole file, so that each spelling is looked at once.
struct SpeakerPrefix {
  /// What stands in front of a text, and the text.
  struct Split {
    /// The speaker as it is spelled; `nil` where nobody is named.
    var speaker: String?
    var text: Substring
    /// Whether a dash or `>>` says that somebody else speaks.
    var isTurn = false
  }

  /// Bytes of the longest name in front of a colon: two names of 60 letters, some of two bytes.
  private static let longest = 120
  private var verdicts: [String: Bool] = [:]

  /// Parts a text from whoever says it.
  mutating func split(_ whole: Substring) -> Split {
    var split = Split(text: whole)
    if let first = whole.utf8.first, first >= 0x80 || "->".utf8.contains(first),
      let rest = Self.withoutTurnSign(whole)
    {
      split.text = rest
      split.isTurn = true
    }
    if let found = found(split.text) {
      split.speaker = found.name
      split.text = found.rest
    }
    return split
  }

  private mutating func found(_ text: Substring) -> Found? {
    switch text.utf8.first {
    case UInt8(ascii: "*"), UInt8(ascii: "_"): emphasised(text) ?? named(text)
    case UInt8(ascii: "["), UInt8(ascii: "("): bracketed(text) ?? named(text)
    default: named(text)
    }
  }

  /// The text behind `>>` or a dash and a blank; `nil` without one.
  static func withoutTurnSign(_ text: Substring) -> Substring? {
    guard let first = text.first, ">-–—‐‑".contains(first) else { return nil }
    if first == ">" {
      guard text.hasPrefix(">>") else { return nil }
      return text.drop { $0 == ">" }.drop(while: \.isWhitespace)
    }
    let rest = text.dropFirst()
    // Without a blank it is a dash only before a capital: «-4 degrees», «-er».
    guard let next = rest.first, next == " " || next.isUppercase || next == "[" else { return nil }
    return rest.drop(while: \.isWhitespace)
  }

  private typealias Found = (name: String, rest: Substring)

  /// `Name: text`, also with a full-width colon.
  private mutating func named(_ text: Substring) -> Found? {
    let head = text.utf8.prefix(Self.longest)
    // The byte that begins U+FF1A stands for it until it is looked at.
    guard let colon = head.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == 0xEF }) else {
      return nil
    }
    let isWide = text.utf8[colon] == 0xEF
    guard !isWide || text[colon...].hasPrefix("：") else { return nil }
    let rest = text[text.utf8.index(colon, offsetBy: isWide ? 3 : 1)...]
    let next = rest.utf8.first
    guard isWide || next == nil || next == 0x20 || next == 0x09 || next == 0xC2 else { return nil }
    guard isName(text[..<colon]) else { return nil }
    let name = Self.trimmed(text[..<colon])
    let behind = rest.utf8.dropFirst()
    if next == 0x20, let byte = behind.first, byte &- 0x21 < 0x5E {
      return (name, rest[behind.startIndex...])
    }
    return (name, rest.drop(while: \.isWhitespace))
  }

  /// `**Name:** text` and `**Name**: text`, as Markdown and models have them.
  private mutating func emphasised(_ text: Substring) -> Found? {
    for mark in ["**", "__", "*"] where text.hasPrefix(mark) {
      let inner = text.dropFirst(mark.count)
      guard let end = inner.firstRange(of: mark) else { continue }
      let name = inner[..<end.lowerBound]
      let rest = inner[end.upperBound...].drop(while: \.isWhitespace)
      let bare = name.hasSuffix(":") ? name.dropLast() : name
      guard isName(bare) || Self.label(bare) != nil else { continue }
      if name.hasSuffix(":") || rest.isEmpty { return (Self.trimmed(bare), rest) }
      if rest.hasPrefix(":") {
        return (Self.trimmed(bare), rest.dropFirst().drop(while: \.isWhitespace))
      }
    }
    return nil
  }

  /// `[Name] text`, `[Name]: text` and `(Name): text`; a sound in brackets is said by nobody.
  private mutating func bracketed(_ text: Substring) -> Found? {
    guard let open = text.first, open == "[" || open == "(" else { return nil }
    let close: Character = open == "[" ? "]" : ")"
    guard let end = text.firstIndex(of: close), text[..<end].utf8.count <= Self.longest else {
      return nil
    }
    let name = text[text.index(after: text.startIndex)..<end]
    var rest = text[text.index(after: end)...]
    let hasColon = rest.first == ":"
    if hasColon { rest = rest.dropFirst() }
    rest = rest.drop(while: \.isWhitespace)
    if Self.label(name) != nil {
      return ("[\(name)]", rest.hasPrefix("- ") ? rest.dropFirst(2) : rest)
    }
    guard hasColon || open == "[" && !rest.isEmpty, !Self.isSound(name), isName(name) else {
      return nil
    }
    return (Self.trimmed(name), rest)
  }

  /// What stands between brackets as our own labels have it, `voice 2` or `voice 2, host`.
  private static func label(_ text: Substring) -> Substring? {
    let bare = text.hasPrefix("[") ? text.dropFirst() : text
    guard bare.hasPrefix("voice ") else { return nil }
    return bare
  }

  private static func trimmed(_ text: Substring) -> String {
    if let first = text.utf8.first, let last = text.utf8.last, first &- 0x21 < 0x5E,
      last &- 0x21 < 0x5E
    {
      return String(text)
    }
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  // MARK: Names

  /// Whether words are a name: few, each with a capital or of a script without, and no sentence.
  mutating func isName(_ text: Substring) -> Bool {
    let verdict = text.utf8.withContiguousStorageIfAvailable(PlainName.verdict) ?? nil
    if let verdict { return verdict }
    let key = String(text)
    if let verdict = verdicts[key] { return verdict }
    let found = Self.looksLikeName(key)
    // A file of sentences with colons would fill the memory with them.
    if verdicts.count < 10_000 { verdicts[key] = found }
    return found
  }

  /// Characters of the longest name in a script without blanks; what is longer is a sentence.
  private static let longestWithoutBlanks = 10

  /// Whether a word is longer than a name is in a script that sets no blanks.
  ///
  /// Ideographs, hiragana, Thai, Lao, Khmer and Burmese; katakana is for foreign names, which are longer.
  private static func isSentence(_ word: Substring) -> Bool {
    let count = word.unicodeScalars.count { scalar in
      switch scalar.value {
      case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3041...0x309F, 0x3400...0x9FFF,
        0x20000...0x3FFFF:
        true
      default: false
      }
    }
    return count > longestWithoutBlanks
  }

  /// What ``isName(_:)`` says of any text; ``PlainName`` says the same of ASCII.
  static func looksLikeName(_ text: String) -> Bool {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard (1...PlainName.mostWords).contains(words.count),
      text.contains(where: { $0.isLetter || $0.isNumber }),
      !text.contains(where: { "!?;,\"“”«»…=<>{}|".contains($0) })
    else { return false }
    // Digits alone are a time or a number; a letter alone is a speaker, as in `A:`.
    guard text.contains(where: \.isLetter) else { return false }
    return words.allSatisfy { word in
      let isSentenceEnd = word.last == "." && word.count > PlainName.longestShortForm
      guard !isSentenceEnd, !isSentence(word) else { return false }
      return word.first(where: \.isLetter)?.isLowercase != true || PlainName.isParticle(word.utf8)
        || isIdentifier(word)
    }
  }

  /// `speaker_01`, `spk0`, `speaker90`: what programs call speakers they do not know.
  private static func isIdentifier(_ word: Substring) -> Bool {
    PlainName.identifiers.contains { prefix in
      guard word.hasPrefix(prefix) else { return false }
      let rest = word.dropFirst(prefix.count)
      return !rest.isEmpty && rest.allSatisfy { $0.isNumber || $0 == "_" || $0 == "-" }
    }
  }

  /// Words for sounds that captions put between brackets.
  private static let sounds: Set<String> = [
    "music", "applause", "laughter", "laughs", "laugh", "cheers", "silence", "inaudible",
    "unintelligible", "crosstalk", "noise", "pause", "sighs", "sigh", "gasps", "cough", "coughs",
    "foreign", "blank", "audio", "beep", "static", "sound", "sounds", "bell", "musik", "musique",
    "applaus", "gelächter", "música", "risas", "rires", "applaudissements",
  ]

  private static func isSound(_ text: Substring) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }
    return words.contains { sounds.contains(String($0)) || $0.count > 4 && $0.hasSuffix("ing") }
  }
}
