internal import TestSupport
import Testing
internal import UnicodeText

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

  @Test(arguments: UInt64(0)..<200) func atomsAreTheWholeTextAndFitALine(seed: UInt64) {
    var text = String(String.UnicodeScalarView(Self.flattened(Self.text(seed: seed))))
    let limit = [2, 3, 8, 1000][Int(seed % 4)]
    let outliner = TextOutliner()
    let outline = text.withUTF8(TextOutline.isPlain) ? nil : outliner.outline(of: text)
    var content = CaptionAtoms()
    text.withUTF8 { content.add($0, outline, limit: limit) }
    let line = content.line
    let starts = Set(text.indices.map { $0.utf16Offset(in: text) })
    var end = 0
    for atom in content.atoms {
      let gap = line[end..<atom.start]
      #expect(gap.isEmpty || gap.elementsEqual([0x20]))
      let before = String(decoding: line[..<atom.start], as: UTF8.self)
      // Swift's own characters are those of another version of Unicode where scripts conjoin letters.
      #expect(starts.contains(before.utf16.count) || before.hasSuffix(" ") || !Self.isSimple(text))
      #expect(atom.width <= limit)
      end = atom.end
    }
    #expect(end == line.count && line == Array(text.utf8))
  }

  private static func isSimple(_ text: String) -> Bool {
    !text.unicodeScalars.contains { (0x900...0xDFF).contains($0.value) }
  }
}
