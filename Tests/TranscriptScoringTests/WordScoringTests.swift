import Testing
import TranscriptScoring

@Suite("Scores of words, names and times")
struct WordScoringTests {
  @Test("An alignment has one step for each word, and its counts are those of the steps")
  func alignment() {
    let alignment = WordAlignment("the cat sat on a mat", "the cat sits on mat")
    #expect(alignment.steps == [.hit, .hit, .substitution, .hit, .deletion, .hit])
    #expect(alignment.counts.errors == 2)
    #expect(alignment.counts.rate == 2.0 / 6)
  }

  @Test("Nothing against something has defined rates")
  func emptiness() {
    #expect(WordAlignment("", "").counts.rate == 0)
    #expect(WordAlignment("a b", "").counts.rate == 1)
    #expect(WordAlignment("", "a b").counts.rate == 2)
    #expect(WordAlignment("", "a b").counts.matchErrorRate == 1)
    #expect(WordAlignment("a", "").counts.informationLost == 1)
    #expect(SpeakerErrors.concatenated([], []).counts.errors == 0)
    #expect(DiarizationErrors([], []).rate == 0)
    #expect(DiarizationErrors([], [Turn(start: 0, end: 1, speaker: "a")]).rate == 1)
  }

  @Test("Long texts are aligned in parts and the steps are still a shortest way")
  func longTexts() {
    let reference = (0..<4000).map { String($0 * 7919 % 613) }
    let hypothesis = reference.enumerated().compactMap { index, word in
      index % 11 == 3 ? nil : index % 13 == 5 ? "x" : word
    }
    let alignment = WordAlignment(
      reference.joined(separator: " "),
      hypothesis.joined(separator: " ")
    )
    #expect(alignment.counts.referenceCount == 4000)
    #expect(alignment.counts.hypothesisCount == hypothesis.count)
    #expect(alignment.counts.deletions >= 4000 - hypothesis.count)
    #expect(alignment.counts.errors <= 4000 / 11 + 4000 / 13 + 2)
  }

  @Test("Speakers are paired so that errors are fewest, and left-over ones count whole")
  func speakers() {
    let reference = [
      Utterance(speaker: "A", text: "one two three"), Utterance(speaker: "B", text: "four five"),
    ]
    let hypothesis = [
      Utterance(speaker: "1", text: "four five"), Utterance(speaker: "2", text: "one two"),
      Utterance(speaker: "3", text: "six"),
    ]
    let result = SpeakerErrors.concatenated(reference, hypothesis)
    #expect(result.counts == ErrorCounts(hits: 4, deletions: 1, insertions: 1))
    #expect(result.surplusSpeakers == 1)
    #expect(result.pairs.first?.hypothesis == "2")
  }

  @Test("Words that are far apart in time do not pair")
  func timeConstraint() throws {
    let reference = [Utterance(start: 0, end: 1, speaker: "A", text: "yes")]
    let late = [Utterance(start: 60, end: 61, speaker: "A", text: "yes")]
    #expect(try SpeakerErrors.timeConstrained(reference, late, collar: 5).counts.errors == 2)
    #expect(try SpeakerErrors.timeConstrained(reference, late, collar: 90).counts.errors == 0)
    let timeless = [Utterance(speaker: "A", text: "yes")]
    #expect(throws: ScoringError.self) {
      try SpeakerErrors.timeConstrained(timeless, late, collar: 5)
    }
  }

  @Test("A name is the same with a title, without accents and in another order")
  func names() {
    #expect(PersonName("Dr. Maëlle Kervadec") == PersonName("KERVADEC, Maelle"))
    #expect(PersonName("O’Brien, Ann") == PersonName("Ann O'Brien"))
    #expect(PersonName("Ann Brown") != PersonName("Ann Braun"))
    for label in ["Speaker 1", "SPEAKER_00", "[voice 3]", "A", "?", "unknown", "spk12", ""] {
      #expect(PersonName(label) == nil, "\(label)")
    }
  }

  @Test("Names are found, missed or wrong, and words count where they are under the right name")
  func nameErrors() {
    let reference = [
      Utterance(start: 0, speaker: "Hannah Fry", text: "welcome to the show"),
      Utterance(start: 5, speaker: "Anca Dragan", text: "thank you"),
    ]
    let hypothesis = [
      Utterance(start: 0, speaker: "Prof. Hannah Fry", text: "welcome to the show"),
      Utterance(start: 5, speaker: "Anna Dragan", text: "thank you"),
    ]
    let errors = NameErrors(reference, hypothesis)
    #expect(errors.found == ["Hannah Fry"])
    #expect(errors.missed == ["Anca Dragan"])
    #expect(errors.wrong == ["Anna Dragan"])
    #expect(errors.attributedWords == 4)
    #expect(errors.namedWords == 6)
  }

  @Test("Starts that come late by a constant and by a share of the time are told apart")
  func timing() throws {
    let reference = (0..<10).map { Utterance(start: Double($0) * 10, text: "word\($0) more") }
    let hypothesis = (0..<10).map {
      Utterance(start: Double($0) * 10.1 + 2, text: "word\($0) more")
    }
    let errors = try #require(TimingErrors(reference, hypothesis))
    #expect(errors.count == 10)
    #expect(abs(errors.offset - 2) < 1e-9)
    #expect(abs(errors.slope - 0.01) < 1e-9)
    #expect(abs(errors.median - 2.45) < 1e-9)
    #expect(abs(errors.percentile95 - 2.9) < 1e-9)
    #expect(TimingErrors([], hypothesis) == nil)
  }

  @Test(
    "Normalisers say what they part and leave out",
    arguments: [
      (TextNormaliser.none, "Don't panic!", ["Don't", "panic!"]),
      (.basic, "Don't [laughs] (so) panic!", ["don", "t", "panic"]),
      (.words, "Ｄon't panic! 我们今天", ["don't", "panic", "我们", "今天"]),
      (
        .english, "Uh, Dr. Roy won't pay (sighs) two dollars and seven cents for a GREY colour.",
        ["doctor", "roy", "will", "not", "pay", "$2.07", "for", "a", "gray", "color"]
      ),
      (
        .english, "In nineteen ninety, the twenty-first of 1,250 hadn't been one half per cent",
        [
          "in", "1990", "the", "21st", "of", "1250", "had", "not", "been", "one", "half", "per",
          "cent",
        ]
      ),
    ]
  )
  func normalisers(_ normaliser: TextNormaliser, _ text: String, _ words: [String]) {
    #expect(normaliser.words(of: text).map(String.init) == words)
    let spoken = normaliser.normalised([Utterance(text: text)])
    #expect(spoken.map(\.text) == [words.joined(separator: " ")])
  }
}
