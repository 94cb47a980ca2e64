/// Reads times that need more than digits and colons: brackets, ranges, units, other scripts.
struct TimeSpellingCleaner {
  private let original: String
  private let text: String

  init(_ text: String) {
    original = text
    self.text = Self.plainCharacters(of: text)
  }

  func spelling() throws(TimecodeError) -> TimeSpelling {
    let bare = withoutBrackets(text)
    guard !bare.isEmpty else { throw TimecodeError(text: original, reason: .empty) }
    guard bare.utf8.first != UInt8(ascii: "-") else {
      throw TimecodeError(text: original, reason: .negative)
    }
    if let single = single(bare) { return single }
    guard let start = startOfRange(bare) else {
      throw TimecodeError(text: original, reason: .malformed)
    }
    return start
  }

  private func single(_ text: Substring) -> TimeSpelling? {
    let text = withoutBrackets(text)
    let spelling = ClockReader.read(String(text)) ?? TimeUnitReader(text).spelling()
    return spelling.map(TimeSpelling.init(cleaned:))
  }

  /// The start of `A - B`, when both sides are times.
  private func startOfRange(_ text: Substring) -> TimeSpelling? {
    for separator in ["-->", "->", "-", " to "] {
      let sides = text.split(separator: separator, maxSplits: 1)
      guard sides.count == 2 else { continue }
      guard var start = single(sides[0]), single(sides[1]) != nil else { return nil }
      start.isRange = true
      return start
    }
    return nil
  }

  private func withoutBrackets(_ text: some StringProtocol) -> Substring {
    var bare = trimmed(Substring(text))
    let pairs: [(Character, Character)] = [("[", "]"), ("(", ")"), ("<", ">"), ("{", "}")]
    while let pair = pairs.first(where: { $0.0 == bare.first && $0.1 == bare.last }),
      bare.count > 1, !bare.dropFirst().contains(pair.0)
    {
      bare = trimmed(bare.dropFirst().dropLast())
    }
    return bare
  }

  private func trimmed(_ text: Substring) -> Substring {
    let start = text.drop { $0 == " " }
    return start.last == " " ? start.prefix(upTo: trimmedEnd(of: start)) : start
  }

  private func trimmedEnd(of text: Substring) -> Substring.Index {
    text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex
  }

  /// Times are short: what is longer than this is not worth cleaning.
  private static let maximumLength = 64

  /// The text in lower-case ASCII where a sign has a plain equal: digits of any script, typographic
  /// colons and dashes, blanks of any width.
  private static func plainCharacters(of text: String) -> String {
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(maximumLength + 1) {
      switch scalar {
      case "\u{FF1A}", "\u{2236}", "\u{A789}", "\u{FE55}", ";": plain.append(":")
      case "\u{2010}"..."\u{2015}", "\u{2212}", "~", "\u{301C}", "\u{FF5E}": plain.append("-")
      case "\u{2192}": plain.append("-")
      case "\u{FF0E}", "\u{066B}": plain.append(".")
      case "\u{FF0C}": plain.append(",")
      case "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}", "\u{202A}"..."\u{202E}": break
      default: plain.append(simplified(scalar))
      }
    }
    return plain.count > maximumLength ? "?" : String(plain)
  }

  private static func simplified(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar.value >= 0x80, let digit = decimalDigit(scalar) { return digit }
    if scalar.properties.isWhitespace { return " " }
    return ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }

  private static func decimalDigit(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard scalar.properties.numericType == .decimal,
      let value = scalar.properties.numericValue
    else { return nil }
    return Unicode.Scalar(UInt8(ascii: "0") + UInt8(value))
  }
}
