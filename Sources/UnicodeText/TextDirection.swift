/// The direction of a text by its first strong character, as HTML's `dir="auto"` takes it.
package enum TextDirection {
  /// Whether the first letter belongs to a script that is written from right to left.
  package static func isRightToLeft(_ text: String) -> Bool {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x41...0x5A, 0x61...0x7A: return false
      case ..<0xC0: continue
      // Hebrew, Arabic, Syriac, Thaana, NKo and their neighbours; their presentation forms; the
      // right-to-left part of the supplementary plane.
      case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
        if scalar.properties.isAlphabetic { return true }
      default: if scalar.properties.isAlphabetic { return false }
      }
    }
    return false
  }
}
