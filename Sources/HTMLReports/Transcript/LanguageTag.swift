/// A language tag that is safe and useful in a `lang` attribute, such as `ja` or `pt-BR`.
struct LanguageTag {
  let text: String

  /// The language that alone is written in a script: Japanese by its kana, Korean by its hangul.
  static func language(byScriptOf text: String) -> String? {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x3041...0x30FF: return "ja"
      case 0xAC00...0xD7A3: return "ko"
      default: continue
      }
    }
    return nil
  }

  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count <= 4, let language = parts.first, (2...3).contains(language.utf8.count),
      parts.allSatisfy({ (1...8).contains($0.utf8.count) }),
      text.utf8.allSatisfy({ Self.isTagByte($0) })
    else { return nil }
    self.text = text
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
