extension UInt8 {
  /// Whether it is a letter or a digit of ASCII.
  fileprivate var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (self | 0x20) &- 0x61 < 26
  }
}

extension Character {
  /// Whether it is a letter or a number of any script.
  var isLetterOrNumber: Bool { asciiValue?.isLetterOrDigit ?? (isLetter || isNumber) }
}

/// A text as words, signs and the blanks before them, so that changes of words go over to another text.
struct TextWords {
  private struct Token {
    var space: Substring
    var word: Substring
  }

  private let tokens: [Token]
  /// The words and signs.
  let words: [Substring]

  /// A word is a run of letters, digits and apostrophes; characters of scripts without blanks, as
  /// Chinese, are words each.
  init(_ text: String) {
    var tokens: [Token] = []
    var rest = text[...]
    while !rest.isEmpty {
      let space = rest.prefix(while: \.isWhitespace)
      rest = rest[space.endIndex...]
      let run = rest.prefix(while: Self.isInWord)
      let word = run.isEmpty ? rest.prefix(1) : run
      rest = rest[word.endIndex...]
      if !word.isEmpty { tokens.append(Token(space: space, word: word)) }
    }
    self.tokens = tokens
    words = tokens.map(\.word)
  }

  private static func isInWord(_ character: Character) -> Bool {
    // To ask Unicode takes several times as long.
    if let byte = character.asciiValue { return byte == UInt8(ascii: "'") || byte.isLetterOrDigit }
    guard character.isLetter || character.isNumber || character == "'" || character == "’" else {
      return false
    }
    guard let scalar = character.unicodeScalars.first?.value else { return false }
    // Thai, Lao, Khmer and Burmese; kana, ideographs and their further planes.
    return
      !(0x0E00...0x0EFF ~= scalar || 0x1000...0x109F ~= scalar || 0x1780...0x17FF ~= scalar
      || 0x2E80...0x9FFF ~= scalar || 0x20000...0x3FFFF ~= scalar)
  }

  /// What became of a text.
  enum Merge {
    /// The text with the change.
    case changed(String)
    /// It says already what the change says.
    case there
    /// The change has no place in it.
    case none
  }

  /// Makes the change that led from one text to another in a third.
  ///
  /// Each run of words that were replaced is looked for with the words around it; it must stand in
  /// the third text once.
  static func merge(before: String, after: String, into text: String) -> Merge {
    if text.utf8.elementsEqual(after.utf8) { return .there }
    if text.utf8.elementsEqual(before.utf8) { return .changed(after) }
    let (old, new, own) = (TextWords(before), TextWords(after), TextWords(text))
    if own.words == new.words { return .there }
    // A change of blanks alone has no place of its own.
    let changes = old.changes(to: new)
    guard !changes.isEmpty else { return .none }
    var tokens = own.tokens
    var thereCount = 0
    var limit = tokens.count
    for change in changes.reversed() {
      let replaced = Array(old.words[change.old])
      if let place = own.place(of: change.old, in: old, as: replaced), place.upperBound <= limit {
        limit = place.lowerBound
        tokens.replaceSubrange(place, with: own.inserted(change.new, at: place))
      } else if own.place(of: change.old, in: old, as: change.new.map(\.word)) != nil {
        thereCount += 1
      } else {
        return .none
      }
    }
    if thereCount == changes.count { return .there }
    return .changed(tokens.map { $0.space + $0.word }.joined())
  }

  /// Tokens with the blank of the first that they replace.
  private func inserted(_ new: [Token], at place: Range<Int>) -> [Token] {
    var new = new
    if !new.isEmpty, place.lowerBound < tokens.count, !place.isEmpty || place.lowerBound == 0 {
      new[0].space = tokens[place.lowerBound].space
    }
    return new
  }

  /// A run of words that was replaced.
  private struct Change {
    let old: Range<Int>
    let new: [Token]
  }

  private func changes(to other: TextWords) -> [Change] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in other.words.difference(from: words) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var changes: [Change] = []
    var (one, two) = (0, 0)
    while one < words.count || two < other.words.count {
      let (first, start) = (one, two)
      while removed.contains(one) { one += 1 }
      while inserted.contains(two) { two += 1 }
      if one > first || two > start {
        changes.append(Change(old: first..<one, new: Array(other.tokens[start..<two])))
      } else {
        (one, two) = (one + 1, two + 1)
      }
    }
    return changes
  }

  /// The most words around a change that are asked to stand around it here too.
  private static let mostContext = 3

  /// Where words stand that are surrounded as a stretch of another text is; `nil` when that is nowhere,
  /// or in several places.
  private func place(
    of stretch: Range<Int>,
    in old: TextWords,
    as replaced: [Substring]
  ) -> Range<Int>? {
    for context in stride(from: Self.mostContext, through: 0, by: -1) {
      let before = old.words[max(0, stretch.lowerBound - context)..<stretch.lowerBound]
      let end = min(old.words.count, stretch.upperBound + context)
      let after = old.words[stretch.upperBound..<end]
      // Without any word of its own a change needs one on each side, or on the one it has.
      guard !replaced.isEmpty || context > 0 else { return nil }
      let wanted = before + replaced + after
      guard !wanted.isEmpty, wanted.count <= words.count else { continue }
      let places = (0...(words.count - wanted.count)).filter { start in
        words[start] == wanted[wanted.startIndex]
          && words[start..<start + wanted.count].elementsEqual(wanted)
      }
      if places.count > 1 { return nil }
      guard let start = places.first else { continue }
      return start + before.count..<start + before.count + replaced.count
    }
    return nil
  }
}
