internal import UnicodeText

/// What Whisper's English normaliser does to a text: contractions are written out, numbers written in
/// figures, British words spelled as in America; fillers, asides in brackets, punctuation and accents
/// go.
///
/// Source of the rules: Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision",
/// appendix C, and `openai/whisper`, whose results are met word by word. Digits are those of ASCII.
enum EnglishNormaliser {
  /// The text in its normal form, words parted by single blanks.
  static func normalised(_ text: String) -> String {
    var bare = scalars(text.lowercased())
    bare = withoutAsides(bare, from: ["<", "["], to: [">", "]"], mayBeEmpty: true)
    bare = withoutAsides(bare, from: ["("], to: [")"], mayBeEmpty: false)
    bare = withBareDigits(EnglishContractions.writtenOut(bare))
    let figures = EnglishFigures.written(plain(string(bare)))
    let spelled = figures.betweenBlanks().map(EnglishSpellings.american)
    return withoutLooseSigns(spelled.joined(separator: " "))
  }

  /// What stands between brackets goes; the first closing one ends it, whichever it is.
  private static func withoutAsides(
    _ text: [Unicode.Scalar],
    from opening: Set<Unicode.Scalar>,
    to closing: Set<Unicode.Scalar>,
    mayBeEmpty: Bool
  ) -> [Unicode.Scalar] {
    guard let last = text.lastIndex(where: closing.contains) else { return text }
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < text.count {
      if opening.contains(text[index]), index < last,
        mayBeEmpty || !closing.contains(text[index + 1]),
        let end = text[(index + 1)...].firstIndex(where: closing.contains)
      {
        index = end + 1
      } else {
        result.append(text[index])
        index += 1
      }
    }
    return result
  }

  /// Digits without commas between them, and no full stop before anything but a digit.
  private static func withBareDigits(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var index = 0
    var isTaken = false
    // A digit that ended one pair begins no other, as with the regular expression this stands for.
    while index < text.count {
      if text[index] == ",", !isTaken, index > 0, index + 1 < text.count, isDigit(text[index - 1]),
        isDigit(text[index + 1])
      {
        result.append(text[index + 1])
        index += 2
        isTaken = true
      } else {
        result.append(text[index])
        index += 1
        isTaken = false
      }
    }
    return withoutFullStops(result)
  }

  private static func withoutFullStops(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < text.count {
      guard text[index] == "." else {
        result.append(text[index])
        index += 1
        continue
      }
      if index + 1 == text.count {
        result.append(" ")
        index += 1
      } else if isDigit(text[index + 1]) {
        result.append(".")
        index += 1
      } else {
        result.append(contentsOf: [" ", text[index + 1]])
        index += 2
      }
    }
    return result
  }

  /// Letters without their accents, and blanks for signs but those of figures.
  private static func plain(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: text.utf8.map { isASCIISign($0) ? 0x20 : $0 }, as: UTF8.self)
    }
    var result = String.UnicodeScalarView()
    for scalar in UnicodeForm.compatibilityDecomposed(text).unicodeScalars {
      if ".%$¢€£".unicodeScalars.contains(scalar) {
        result.append(scalar)
      } else if let letters = letters[scalar] {
        result.append(contentsOf: letters.unicodeScalars)
      } else if scalar.properties.generalCategory == .nonspacingMark {
        continue
      } else {
        result.append(TextNormaliser.isSign(scalar) ? " " : scalar)
      }
    }
    return String(result)
  }

  private static func isASCIISignOfFigures(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%")
  }

  /// Whether a printing character of ASCII is no letter, no digit and no sign of figures.
  private static func isASCIISign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      0...0x20, 0x7F:
      false
    default: !isASCIISignOfFigures(byte)
    }
  }

  /// Letters that Unicode does not take apart.
  private static let letters: [Unicode.Scalar: String] = [
    "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ß": "ss", "ẞ": "SS", "đ": "d",
    "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "th", "ł": "l", "Ł": "L",
  ]

  /// Signs of figures go where no figure is beside them.
  private static func withoutLooseSigns(_ text: String) -> String {
    guard text.utf8.contains(where: { isASCIISignOfFigures($0) || $0 >= 0x80 }) else { return text }
    var scalars = self.scalars(text)
    var result: [Unicode.Scalar] = []
    var index = 0
    while index < scalars.count {
      let isSign = ".$¢€£".unicodeScalars.contains(scalars[index])
      if isSign, index + 1 < scalars.count, !isDigit(scalars[index + 1]) {
        result.append(contentsOf: [" ", scalars[index + 1]])
        index += 2
      } else {
        result.append(scalars[index])
        index += 1
      }
    }
    scalars = result
    for index in scalars.indices.dropFirst()
    where scalars[index] == "%" && !isDigit(result[index - 1]) {
      // The first of two percent signs is no figure, and the second is used up by it.
      if result[index - 1] == "%", scalars[index - 1] == " " { continue }
      scalars[index] = " "
    }
    return string(scalars).betweenBlanks().joined(separator: " ")
  }

  static func scalars(_ text: some StringProtocol) -> [Unicode.Scalar] {
    Array(text.unicodeScalars)
  }

  static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// A letter, a digit or an underscore.
  static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "0"..."9", "_": return true
    case "\0"..."\u{7F}": return false
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }
}
