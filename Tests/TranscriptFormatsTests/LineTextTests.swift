internal import TestSupport
import Testing

@testable import TranscriptFormats

@Suite struct LineTextTests {
  /// The rule as it is written down, scalar by scalar.
  private static func flattened(_ text: String) -> [Unicode.Scalar] {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0...0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF: true
      default: false
      }
    }
    return Array(text.unicodeScalars.split(whereSeparator: isBlank).joined(separator: [" "]))
  }

  private static func text(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let rare: [Unicode.Scalar] = [
      "\0", "\t", "\n", "\r", "\u{1F}", "\u{7F}", "\u{80}", "\u{85}", "\u{9F}", "\u{A0}", "é",
      "\u{2027}", "\u{2028}", "\u{2029}", "\u{FEFE}", "\u{FEFF}", "\u{FF00}", "旧", "👩", "\u{200D}",
    ]
    let oddity = [0, 2, 10].randomElement(using: &generator) ?? 0
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<40, using: &generator) {
      if Int.random(in: 0..<20, using: &generator) < oddity {
        text.append(rare.randomElement(using: &generator) ?? " ")
      } else {
        text.append(["a", "b", " ", "z", "~", "!"].randomElement(using: &generator) ?? "a")
      }
    }
    return String(text)
  }

  @Test(arguments: UInt64(0)..<2000) func isWhatTheRuleSays(seed: UInt64) {
    let text = Self.text(seed: seed)
    var line = LineText()
    line.set("left over")
    line.set(text)
    #expect(
      Array(String(decoding: line.bytes, as: UTF8.self).unicodeScalars) == Self.flattened(text)
    )
  }

  @Test(arguments: UInt64(0)..<2000) func wordsAreWhatTheRuleSays(seed: UInt64) {
    let text = Self.text(seed: seed)
    let limit = [1, 3, 8, 1000][Int(seed % 4)]
    var line = LineText()
    line.set(text)
    var words = LineWords()
    words.set(&line, limit: limit)
    let scalars = Self.flattened(text)
    #expect(words.length == scalars.count)
    var due: [[Unicode.Scalar]] = []
    for word in scalars.split(separator: " ") {
      for start in stride(from: word.startIndex, to: word.endIndex, by: limit) {
        due.append(Array(word[start..<min(start + limit, word.endIndex)]))
      }
    }
    let shown = Self.flattened(text)
    var found: [[Unicode.Scalar]] = []
    words.withWords { words in
      found = words.map { Array(shown[$0.offset..<$0.offset + $0.count]) }
      for (index, word) in words.enumerated() {
        let end = index + 1 < words.count ? words[index + 1].start - 1 : line.bytes.count
        let bytes = String(decoding: line.bytes[word.start..<end], as: UTF8.self)
        #expect(Array(bytes.unicodeScalars) == found[index])
      }
    }
    #expect(found == due)
  }
}
