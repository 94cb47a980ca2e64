import CICU

/// A script, such as Latin or Devanagari.
package struct TextScript: Hashable, Sendable {
  /// The code of ISO 15924: `Latn`, `Cyrl`, `Hani`.
  package let code: String

  /// The script with a code of ISO 15924.
  package init(code: String) {
    self.code = code
  }

  /// The script of a character; none for what all scripts share, such as digits and punctuation.
  package init?(of character: Unicode.Scalar) {
    let script = cicu_script(Int32(character.value))
    let shared = [USCRIPT_COMMON, USCRIPT_INHERITED, USCRIPT_UNKNOWN].map(\.rawValue)
    guard !shared.contains(script), let name = cicu_script_code(script) else { return nil }
    code = String(cString: name)
  }

  /// The script that most characters of a text are written in; none for a text without letters.
  ///
  /// Of two that are equally common the one whose code comes first.
  package static func dominant(in text: String) -> TextScript? {
    var counts: [TextScript: Int] = [:]
    for scalar in text.unicodeScalars {
      if let script = TextScript(of: scalar) { counts[script, default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key.code) < ($1.value, $0.key.code) }?.key
  }

  /// Whether words stand apart by blanks.
  ///
  /// Where not, dictionaries find them.
  ///
  /// The scripts without: the complex-context class of UAX #14 and those of ICU's dictionary for
  /// Chinese and Japanese.
  package var partsWordsByBlanks: Bool {
    ![
      "Hani", "Hira", "Kana", "Bopo", "Thai", "Laoo", "Khmr", "Mymr", "Tibt", "Lana", "Talu",
      "Tavt",
    ].contains(code)
  }
}
