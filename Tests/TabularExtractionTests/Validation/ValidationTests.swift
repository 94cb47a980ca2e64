import TabularExtraction
import Testing
import TranscriptModel

/// What the validator says about a reply, by code.
func findings(
  _ code: Finding.Code,
  _ rows: [(String, String, Int?)],
  speakers: [Int: String]? = nil,
  duration: String? = nil,
  clip: TimeRange? = nil,
  silences: [TimeRange]? = nil
) -> [Finding] {
  let assembler = TranscriptAssembler(
    clip: clip,
    duration: duration.map(time),
    timebase: .source,
    silences: silences
  )
  let tables = [Reply.transcripts(rows)] + (speakers.map { [Reply.speakers(names: $0)] } ?? [])
  return assembler.assemble(tables).findings.filter { $0.code == code }
}

/// The transcript rows that findings point at.
func rows(_ findings: [Finding]) -> [Int] {
  findings.flatMap(\.rows).filter { $0.table == "transcripts" }.map(\.index)
}

func range(_ start: String, _ end: String) -> TimeRange {
  TimeRange(start: time(start), end: time(end))
}

/// A text of so many different words.
func words(_ count: Int) -> String {
  (0..<count).map { "word\($0)" }.joined(separator: " ")
}

@Suite struct TimeOrderTests {
  @Test("a row that starts before the row above is found, and only it")
  func findsReversal() {
    let rows = [
      ("0:05", "a", 1), ("0:09", "b", 1), ("0:07", "c", 1), ("0:07", "d", 2), ("0:12", "e", 1),
    ]
    let found = findings(.timeReversed, rows)
    #expect(TabularExtractionTests.rows(found) == [2])
    #expect(found.first?.severity == .warning)
    #expect(found.first?.message.contains("Row 3 (00:07) starts before row 2 (00:09)") == true)
  }

  @Test("rows in order, at the same time or without a time are left alone")
  func allowsOrder() {
    let rows = [("0:05", "a", 1), ("?", "b", 1), ("0:05", "c", 2), ("0:09", "d", 1)]
    #expect(findings(.timeReversed, rows).isEmpty)
  }

  @Test("an end before the start is found, an end at the start is not")
  func findsReversedEnd() {
    var table = Table(
      name: "sounds",
      columns: [
        Column(name: "start", role: .start), Column(name: "end", role: .end),
        Column(name: "sound", role: .text),
      ]
    )
    table.append([.text("0:05"), .text("0:04"), .text("bell")])
    table.append([.text("0:05"), .text("0:05"), .text("knock")])
    let found = TranscriptAssembler().assemble([table]).findings.filter { $0.code == .timeReversed }
    #expect(found.map(\.rows) == [[Finding.Row(table: "sounds", index: 0)]])
  }

  @Test("rows outside of the clip are one finding for each stretch of rows")
  func findsOutside() {
    let rows = [("0:30", "a", 1), ("1:05", "b", 1), ("2:02", "c", 1), ("2:03", "d", 1)]
    let found = findings(.timeOutsideClip, rows, clip: range("1:00", "2:00"))
    #expect(found.map { TabularExtractionTests.rows([$0]) } == [[0], [2, 3]])
  }

  @Test("a second of rounding at either end, and an unknown length, are no reason")
  func allowsRounding() {
    let rows = [("0:59", "a", 1), ("2:01", "b", 1)]
    #expect(findings(.timeOutsideClip, rows, clip: range("1:00", "2:00")).isEmpty)
    #expect(findings(.timeOutsideClip, [("99:00:00", "a", 1)]).isEmpty)
    #expect(!findings(.timeOutsideClip, [("0:42", "a", 1)], duration: "0:40").isEmpty)
  }
}

@Suite struct PaceTests {
  @Test("more words than can be said until the next row are found")
  func findsPace() {
    let found = findings(.impossiblePace, [("0:05", words(40), 1), ("0:07", "So.", 2)])
    #expect(rows(found) == [0])
    #expect(found[0].message.contains("40 words in 2 s"))
  }

  @Test("rows that start together share their time")
  func sharesTime() {
    let frozen = [("0:05", words(12), 1), ("0:05", words(12), 2), ("0:06", "a", 1)]
    #expect(rows(findings(.impossiblePace, frozen)) == [0, 1])
  }

  @Test(
    "fast but human speech, short interjections and rounding are left alone",
    arguments: [
      [("0:05", words(20), 1), ("0:07", "a", 2)], [("0:05", words(9), 1), ("0:05", "Yes.", 2)],
      [("0:05", words(7), 1), ("0:06", "No.", 2), ("0:06", "Yes.", 1), ("0:07", "No.", 2)],
      [("0:05", words(500), 1)], [("?", words(500), 1), ("0:06", "a", 1)],
    ]
  )
  func allowsPace(_ rows: [(String, String, Int)]) {
    #expect(findings(.impossiblePace, rows.map { ($0.0, $0.1, $0.2) }).isEmpty)
  }

  @Test("a given end is believed without the next row")
  func believesEnds() {
    var table = Table(
      name: "captions",
      columns: [
        Column(name: "start", role: .start), Column(name: "end", role: .end),
        Column(name: "text", role: .text),
      ]
    )
    table.append([.text("0:05.000"), .text("0:05.500"), .text(words(12))])
    table.append([.text("0:10.000"), .text("0:13.000"), .text(words(12))])
    let found = TranscriptAssembler().assemble([table]).findings
    #expect(found.map(\.code) == [.impossiblePace])
    #expect(found.first?.rows.map(\.index) == [0])
  }

  @Test("a transcript far too full or far too thin for its length is found")
  func findsDensity() {
    #expect(findings(.implausibleDensity, [("0:00", words(1500), 1)], duration: "5:00").count == 1)
    let thin = findings(.implausibleDensity, [("0:00", words(90), 1)], duration: "10:00")
    #expect(thin.map(\.severity) == [.note])
  }

  @Test("usual density, short media and unknown length are left alone")
  func allowsDensity() {
    #expect(findings(.implausibleDensity, [("0:00", words(750), 1)], duration: "5:00").isEmpty)
    #expect(findings(.implausibleDensity, [("0:00", "Hi.", 1)], duration: "4:59").isEmpty)
    #expect(findings(.implausibleDensity, [("0:00", words(90), 1)]).isEmpty)
    #expect(findings(.implausibleDensity, [], duration: "60:00").isEmpty)
  }
}

@Suite struct GapTests {
  static let rows = [("0:05", "a b", 1), ("0:20", "b", 1), ("2:00", "c", 2), ("2:10", "d", 2)]

  @Test("more than a minute without a row is found, between rows and at both ends")
  func findsGaps() {
    let found = findings(.gap, Self.rows, duration: "4:00")
    #expect(found.map { TabularExtractionTests.rows([$0]) } == [[1, 2], [3]])
    #expect(found.map(\.severity) == [.note, .warning])
    #expect(found[0].message.contains("from 00:22 to 02:00"))
    let late = findings(.gap, [("1:30", "a", 1)], duration: "1:40")
    #expect(TabularExtractionTests.rows(late) == [0])
  }

  @Test("a long row, a minute's pause and an unknown end are left alone")
  func allowsPauses() {
    #expect(findings(.gap, [("0:05", words(200), 1), ("1:50", "b", 1)]).isEmpty)
    #expect(findings(.gap, [("0:05", "a", 1), ("1:06", "b", 1)], duration: "2:00").isEmpty)
    #expect(findings(.gap, [("0:05", "a", 1)]).isEmpty)
  }

  @Test("silence is no gap; what is left of a gap beside silence counts")
  func knowsSilence() {
    let quiet = findings(.gap, Self.rows, duration: "2:30", silences: [range("0:30", "1:50")])
    #expect(quiet.isEmpty)
    let heard = findings(.gap, Self.rows, duration: "2:30", silences: [range("0:30", "0:40")])
    #expect(heard.map(\.severity) == [.warning])
  }
}

@Suite struct VoiceTests {
  static let rows = [
    ("0:01", "a", 1), ("0:02", "b", 2), ("0:03", "c", 2), ("0:04", "d", nil as Int?),
  ]

  @Test("a voice without a speaker row is one error that points at all of its rows")
  func findsUnknown() {
    let found = findings(.unknownVoice, Self.rows, speakers: [1: "Ada"])
    #expect(TabularExtractionTests.rows(found) == [1, 2])
    #expect(found.map(\.severity) == [.error])
  }

  @Test("described voices, and replies without a speakers table, are left alone")
  func allowsKnown() {
    #expect(findings(.unknownVoice, Self.rows, speakers: [1: "Ada", 2: "Bo"]).isEmpty)
    #expect(findings(.unknownVoice, Self.rows).isEmpty)
  }

  @Test("an empty speakers table is one finding, not one for each voice")
  func findsEmptyTable() {
    #expect(findings(.unknownVoice, Self.rows, speakers: [:]).count == 1)
    #expect(findings(.unknownVoice, [], speakers: [:]).isEmpty)
  }

  @Test("a described voice that is not heard is a note")
  func findsUnused() {
    let found = findings(.unusedSpeaker, Self.rows, speakers: [1: "Ada", 2: "Bo", 7: "Cy"])
    #expect(found.map(\.rows) == [[Finding.Row(table: "speakers", index: 2)]])
    #expect(findings(.unusedSpeaker, Self.rows, speakers: [1: "Ada", 2: "Bo"]).isEmpty)
  }

  @Test("a voice described twice is an error, a name of two voices a warning")
  func findsDuplicates() {
    let speakers = Reply.speakers([
      (1, "Ada Lovelace", "?", "?", "?"), (1, "Bo", "?", "?", "?"),
      (2, "ADA LOVELACE", "?", "?", "?"),
      (3, "?", "?", "?", "?"), (4, "?", "?", "?", "?"), (5, "Cy", "?", "?", "?"),
    ])
    let found = TranscriptAssembler().assemble([Reply.transcripts(Self.rows), speakers]).findings
      .filter { $0.code == .duplicateSpeaker }
    #expect(found.map(\.severity) == [.error, .warning])
    #expect(found.map { $0.rows.map(\.index) } == [[0, 1], [0, 2]])
  }
}

@Suite struct NameSpellingTests {
  static func found(_ text: String, _ names: [Int: String]) -> [Finding] {
    findings(.nameSpelledTwoWays, [("0:01", text, 1)], speakers: names)
  }

  @Test(
    "a name spelled otherwise in a row is found",
    arguments: [
      ("Here is Anka Dragan.", "Anca Dragan"), ("welcome Anca Draghan, who", "Anca Dragan"),
      ("thanks, Anca Dargan", "Anca Dragan"), ("Jon Whitfield's view", "John Whitfield"),
      ("Это Наталья Иваноба", "Наталья Иванова"), ("Prof. Katherine Schmitt", "Katherine Schmidt"),
      ("with Jose Garcia", "José García"), ("Łukasz Kowalski spoke", "Lukasz Kowalski"),
    ]
  )
  func findsInRows(_ text: String, _ name: String) {
    let found = Self.found(text, [1: name])
    #expect(found.count == 1)
    #expect(found.first?.rows.map(\.table) == ["transcripts", "speakers"])
  }

  @Test(
    "the name itself, other people, plurals, genitives and single words are left alone",
    arguments: [
      ("Anca Dragan is here", "Anca Dragan"), ("ANCA DRAGAN", "Anca Dragan"),
      ("Anca Dragans and Anca Dragan's", "Anca Dragan"),
      ("Anca Smith and Bob Dragan", "Anca Dragan"),
      ("Dragon and Anka", "Anca Dragan"), ("Anca, Dragon", "Anca Dragan"),
      ("anca dragon", "Anca Dragan"),
      ("Ann Lee and Ann Lea", "Ann Lee"), ("Anka Dragan", "Anca"),
      ("Ben King met Ken King", "Ken King"),
    ]
  )
  func allowsInRows(_ text: String, _ name: String) {
    #expect(Self.found(text, [1: name]).isEmpty)
  }

  @Test("one spelling in many rows is one finding")
  func aggregates() {
    let rows = (0..<5).map { ("0:0\($0)", "This is Anka Dragan, Anka Dragan.", 1 as Int?) }
    let found = findings(.nameSpelledTwoWays, rows, speakers: [1: "Anca Dragan"])
    #expect(found.map { TabularExtractionTests.rows([$0]) } == [[0, 1, 2, 3, 4]])
  }

  @Test("a spelling that another speaker has is that speaker")
  func knowsOtherSpeakers() {
    let found = Self.found("Erik Holm and Eric Holm", [1: "Erik Holm", 2: "Eric Holm"])
    #expect(found.isEmpty)
  }

  @Test("two speakers whose names differ by a letter are found, short given names are not")
  func comparesSpeakers() {
    #expect(Self.found("Hi.", [1: "Marcus Oberlin", 2: "Marcus Oberlyn"]).count == 1)
    #expect(Self.found("Hi.", [1: "Katherine Lee", 2: "Katharine Lee"]).count == 1)
    #expect(Self.found("Hi.", [1: "Jürgen Müller", 2: "Jürgen Muller"]).count == 1)
    #expect(Self.found("Hi.", [1: "Anna Berg", 2: "Anne Berg"]).isEmpty)
    #expect(Self.found("Hi.", [1: "Marcus Oberlin", 2: "Paulina Oberlin"]).isEmpty)
    #expect(Self.found("Hi.", [1: "Oberlin", 2: "Oberlyn"]).isEmpty)
  }
}

@Suite struct FindingLimitTests {
  @Test("very many findings of a kind become fifty and one that has the rest")
  func limits() {
    let rows = (0..<400).map { ("0:\($0 % 2 == 0 ? 30 : 10)", "row \($0)", 1 as Int?) }
    let found = findings(.timeReversed, rows)
    #expect(found.count == TranscriptValidator.maximumFindings + 1)
    #expect(TabularExtractionTests.rows(found).count == 200)
  }

  @Test("findings come in the order of rows")
  func ordersFindings() {
    let rows = [("0:05", words(80), 1), ("0:06", "x", 9), ("0:02", "y", 1)]
    let found = TranscriptAssembler().assemble([
      Reply.transcripts(rows), Reply.speakers(names: [1: "A"]),
    ])
    #expect(found.findings.compactMap { $0.rows.first?.index } == [0, 1, 2])
  }
}
