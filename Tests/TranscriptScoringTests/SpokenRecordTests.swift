import Testing
import TranscriptScoring

@Suite("Transcripts by other tools")
struct SpokenRecordTests {
  @Test(
    "A format is known by its content",
    arguments: [
      ("SRT", "1\n00:00:01,500 --> 00:00:03,000\nAda: Good evening.\n"),
      ("VTT", "WEBVTT\n\n00:01.500 --> 00:03.000 align:start\n<v Ada>Good <i>evening</i>.\n"),
      ("STM", ";; a comment\nrec 1 Ada 1.5 3 <o,f0,female> Good evening.\n"),
      (
        "SegLST",
        """
        [{"session_id": "rec", "speaker": "Ada", "start_time": 1.5, "end_time": "3",
          "words": "Good evening."}]
        """
      ),
    ]
  )
  func formats(_ name: String, _ text: String) throws {
    let record = try SpokenRecord.read(text)
    #expect(record.format == name)
    let utterance = Utterance(start: 1.5, end: 3, speaker: "Ada", text: "Good evening.")
    #expect(record.utterances == [utterance])
  }

  @Test("RTTM has turns and no words")
  func rttm() throws {
    let record = try SpokenRecord.read(
      "SPKR-INFO rec 1 <NA> <NA> <NA> unknown ada <NA>\n"
        + "SPEAKER rec 1 1.5 2.25 <NA> <NA> ada <NA> <NA>\n"
    )
    #expect(record.turns == [Turn(start: 1.5, end: 3.75, speaker: "ada")])
    #expect(!record.hasText)
  }

  @Test("Plain text has a speaker only where a name stands before a colon")
  func text() throws {
    let record = try SpokenRecord.read(
      "Ada Lovelace: Good evening.\nThis is it: a line.\n\n12:30 x"
    )
    #expect(record.utterances.map(\.speaker) == ["Ada Lovelace", "", ""])
    #expect(record.utterances.map(\.text) == ["Good evening.", "This is it: a line.", "12:30 x"])
    #expect(try SpokenRecord.read("").utterances.isEmpty)
  }

  @Test(
    "What begins as a format and does not go on as one is said, with its line",
    arguments: [
      "rec 1 Ada 1.5 3 yes\nrec 1 Ada x y no\n",
      "SPEAKER rec 1 0 1 <NA> <NA> a <NA> <NA>\nSPEAKER rec 1 0 -1 <NA> <NA> a <NA> <NA>\n",
      "WEBVTT\n\nnoon --> later\nwords\n",
      "[{\"words\": \"a\" \"speaker\": 1}]",
      "one 1 Ada 1 2 yes\ntwo 1 Ada 1 2 yes\n",
    ]
  )
  func faults(_ text: String) {
    #expect(throws: ScoringError.self) { try SpokenRecord.read(text) }
  }
}
