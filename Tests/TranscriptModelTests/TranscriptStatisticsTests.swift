import Testing
import TranscriptModel

@Suite struct TranscriptStatisticsTests {
  /// A row; an end given as `nil` is unknown.
  static func segment(
    _ start: Int?,
    _ end: Int?,
    _ voice: Int?,
    words: Int,
    estimated: Bool = false
  ) -> TranscriptSegment {
    TranscriptSegment(
      row: 0,
      start: start.map { Timecode(milliseconds: $0) },
      end: end.map { Timecode(milliseconds: $0) },
      endIsEstimate: estimated,
      voice: voice,
      text: Array(repeating: "word", count: words).joined(separator: " ")
    )
  }

  static let conversation = Transcript(
    segments: [
      segment(0, 6000, 1, words: 12), segment(6000, 8000, 1, words: 4),
      segment(8000, 10000, 2, words: 5), segment(10000, 12000, 1, words: 4),
    ],
    speakers: [Speaker(voice: 2), Speaker(voice: 1), Speaker(voice: 7)]
  )

  @Test("talk time, share, turns, words and pace are counted for each voice")
  func countsVoices() throws {
    let statistics = Self.conversation.statistics()
    #expect(statistics.speakers.map(\.voice) == [2, 1, 7])
    let (second, first, silent) = (
      statistics.speakers[0], statistics.speakers[1], statistics.speakers[2]
    )
    #expect(first.talkTimeMS == 10000)
    #expect(first.turns == 2)
    #expect(first.rows == 3)
    #expect(first.words == 20)
    #expect(first.wordsPerMinute == 120)
    #expect(first.talkToListenRatio == 5)
    #expect(second.firstHeard == Timecode(milliseconds: 8000))
    #expect(abs(second.share - 1.0 / 6) < 1e-9)
    #expect(silent.talkTimeMS == 0)
    #expect(silent.wordsPerMinute == nil)
    #expect(silent.firstHeard == nil)
    #expect(!statistics.isEstimate)
  }

  @Test("a single voice has no talk-to-listen ratio")
  func leavesRatioOpen() {
    let alone = Transcript(
      segments: [Self.segment(0, 1000, 1, words: 2)],
      speakers: [Speaker(voice: 1)]
    )
    #expect(alone.statistics().speakers[0].talkToListenRatio == nil)
    #expect(alone.statistics().speakers[0].share == 1)
  }

  @Test("silence after a row with an estimated end is not talk time")
  func capsEstimates() {
    let rows = [
      Self.segment(0, 60000, 1, words: 5, estimated: true),
      Self.segment(60000, 61000, 1, words: 5, estimated: true),
      Self.segment(61000, nil, 1, words: 5, estimated: true),
      Self.segment(nil, nil, 1, words: 5, estimated: true),
      Self.segment(0, 60000, 1, words: 5),
    ]
    #expect(rows.map { $0.talkTimeMS() } == [5000, 1000, 2000, nil, 60000])
    #expect(Transcript(segments: rows).statistics().isEstimate)
  }

  @Test("coverage counts time once, inside the stretch only, in any order of rows")
  func measuresCoverage() throws {
    let rows = [
      Self.segment(8000, 12000, 1, words: 1), Self.segment(0, 4000, 1, words: 1),
      Self.segment(2000, 3000, 2, words: 1), Self.segment(3000, 5000, 2, words: 1),
    ]
    let stretch = TimeRange(start: Timecode(milliseconds: 1000), end: Timecode(milliseconds: 11000))
    let statistics = Transcript(segments: rows).statistics(of: stretch)
    #expect(statistics.coveredMS == 7000)
    #expect(statistics.coverage == 0.7)
    #expect(Transcript(segments: rows).statistics().coverage == nil)
  }

  @Test(
    "words are counted in scripts with and without blanks",
    arguments: [
      ("", 0), ("one two  three", 3), ("don't — stop…", 2), ("?! ...", 0), ("née été", 2),
      ("今日はいい天気です。", 5), ("我们 now 去", 3), ("สวัสดีครับ", 3), ("안녕하세요 여러분", 2),
      ("Привет, мир!", 2), ("مرحبا بالعالم", 2), ("1 2 3", 3), ("\u{2022}", 0),
    ]
  )
  func countsWords(_ text: String, _ expected: Int) {
    #expect(SpokenWords.count(text) == expected)
  }
}

@Suite struct RowLabelTests {
  @Test("a label is repeated under the same voice only, and is there in full all the same")
  func marksRepetition() {
    let transcript = Transcript(
      segments: [1, 1, 2, 1, nil, nil, 9].map {
        TranscriptStatisticsTests.segment(0, 1, $0, words: 1)
      },
      speakers: [
        Speaker(voice: 1, name: "Ada"), Speaker(voice: 2, position: "Editor", role: "Guest"),
      ]
    )
    let labels = transcript.rowLabels()
    #expect(
      labels.map(\.text) == [
        "Ada", "Ada", "[voice 2, Editor]", "Ada", "[voice ?]", "[voice ?]", "[voice 9]",
      ]
    )
    #expect(labels.map(\.isRepeated) == [false, true, false, false, false, false, false])
  }
}
