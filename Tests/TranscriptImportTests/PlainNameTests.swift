import TestSupport
import Testing

@testable import TranscriptImport

@Suite struct PlainNameTests {
  /// What names are made of, and what ends them.
  private static let parts = [
    "Ada", "Lovelace", "A", "dr", "Dr.", "Prof.", "ended.", "speaker", "speaker_01", "spk0", "spk",
    "person7x", "voice-2", "van", "den", "Row", "12", "7", "3rd", "O'Neil", "(host)", "-", "#1",
    "x=1", "so;", "\"Ada\"", "and", "und", "then", "HOST", "a1", "1a", "Jean-Luc", "{x}", "what?",
  ]
  private static let blanks = [" ", "  ", "\t", " \t "]

  @Test func itAgreesWithTheRulesForAllTexts() {
    var numbers = SeededGenerator(seed: 18)
    var names = 0
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...6, using: &numbers) {
        text += Self.parts.randomElement(using: &numbers) ?? ""
        text += Self.blanks.randomElement(using: &numbers) ?? ""
      }
      let verdict = text.utf8.withContiguousStorageIfAvailable(PlainName.verdict) ?? nil
      #expect(verdict == SpeakerPrefix.looksLikeName(text), "\(text)")
      names += verdict == true ? 1 : 0
    }
    #expect((1000...19_000).contains(names))
  }

  @Test func itLeavesOtherTextsAlone() {
    let verdict = "Zoë".utf8.withContiguousStorageIfAvailable(PlainName.verdict) ?? false
    #expect(verdict == nil)
  }
}
