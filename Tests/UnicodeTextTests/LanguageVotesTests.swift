import Testing

@testable import UnicodeText

@Suite("Languages by their words")
struct LanguageVotesTests {
  @Test("Each common word votes for the languages that have it")
  func words() {
    #expect(LanguageVotes.votes("The gauge, THE drum: it is in the room.") == ["en": 5])
    #expect(
      LanguageVotes.votes("una película con una niña que está")
        == ["es": 5, "it": 3, "fr": 1, "pt": 1]
    )
    #expect(LanguageVotes.votes("1932 — 1994").isEmpty)
  }

  @Test(
    "A text's language",
    arguments: [
      ("She read it to you and that was all.", "en"), ("Wir haben das nicht mit der Hand.", "de"),
      ("Это было весной", "ru"), ("その年の春まで", "ja"), ("直到那年春天", "zh"), ("a ב ג ד", "he"),
    ]
  )
  func languages(_ text: String, _ language: String) {
    var votes = LanguageVotes()
    votes.add(text)
    #expect(votes.language == language)
  }
}
