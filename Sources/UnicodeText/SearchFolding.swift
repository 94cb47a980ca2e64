/// How words of people are compared wherever they are looked for: in the search, in names, in titles.
///
/// The search of web pages folds alike (`fold` in `Reports/basics.js`); shared cases hold both together.
package enum SearchFolding {
  /// The text in the form in which texts are compared: compatibility forms and case are folded,
  /// accents and points taken off.
  package static func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    if text.unicodeScalars.allSatisfy({ isSettled($0.value) }) { return text }
    // Marks first: of the iota below a Greek vowel, case folding would make a letter.
    var bare = String.UnicodeScalarView()
    for scalar in UnicodeForm.compatibilityDecomposed(text).unicodeScalars
    where !isRemoved(scalar.value) { bare.append(scalar) }
    var result = String.UnicodeScalarView()
    for scalar in UnicodeForm.caseFolded(String(bare)).unicodeScalars {
      if let plain = plain[scalar] {
        result.append(contentsOf: plain.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return UnicodeForm.compatibilityComposed(String(result))
  }

  /// Ideographs and kana that stand for themselves, which are most of a text that has them.
  private static func isSettled(_ value: UInt32) -> Bool {
    0x4E00...0x9FFF ~= value || 0x3041...0x3096 ~= value || 0x30A1...0x30FC ~= value
      || 0x0E01...0x0E32 ~= value
  }

  /// Marks that many people leave out: accents, the points of Hebrew, the vowels and the lengthening
  /// sign of Arabic, the points of Syriac; and what is not seen.
  ///
  /// The marks of Indic scripts, Thai and Japanese make other words, and stay.
  private static func isRemoved(_ value: UInt32) -> Bool {
    guard value >= 0xAD else { return false }
    return removed.contains { $0.contains(value) }
  }

  private static let removed: [ClosedRange<UInt32>] = [
    0x00AD...0x00AD, 0x0300...0x036F, 0x0483...0x0489, 0x0591...0x05C7, 0x0610...0x061C,
    0x0640...0x0640, 0x064B...0x065F, 0x0670...0x0670, 0x06D6...0x06ED, 0x0711...0x0711,
    0x0730...0x074A, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200B...0x200F, 0x202A...0x202E,
    0x2060...0x206F, 0x20D0...0x20FF, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xFEFF...0xFEFF,
  ]

  /// Letters whose strokes and joins are no marks by Unicode, as people write them on plain
  /// keyboards; they are lower case when they are looked up.
  private static let plain: [Unicode.Scalar: String] = [
    "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l", "ø": "o", "ŧ": "t", "æ": "ae", "œ": "oe",
    "þ": "th", "ŋ": "n", "ɫ": "l",
  ]
}
