internal import TestSupport
public import TranscriptModel

extension SampleDocuments {
  /// Every shape by the name of its page.
  public static var shapes: [(name: String, document: TranscriptDocument)] {
    [
      ("one-speaker", meeting(rows: 30, speakers: 1, named: 1)),
      ("no-speakers", withoutSpeakers),
      (
        "empty",
        made(uri: "silence.mp4", title: nil, segments: [], speakers: [], durationMS: 60_000)
      ),
      ("14-speakers", meeting(rows: 593, speakers: 14, named: 11)),
      ("40-speakers", meeting(rows: 853, speakers: 40, named: 29)),
      ("6000-rows", meeting(rows: 6_000, speakers: 9, named: 6)),
      ("arabic", phrases(arabic, names: ["ليلى الخطيب", "سامي حداد", nil])),
      ("japanese", phrases(japanese, names: ["佐藤 美咲", "田中 健一", nil])),
      ("incomplete", incomplete),
      ("youtube", youTube),
    ]
  }

  /// A transcript longer than any video: what must still be usable.
  public static var longest: TranscriptDocument { meeting(rows: 60_000, speakers: 9, named: 6) }

  /// An invented meeting of any size; the same arguments give the same rows.
  public static func meeting(rows: Int, speakers: Int, named: Int) -> TranscriptDocument {
    var generator = SeededGenerator(seed: UInt64(rows + speakers))
    var time = 1_200
    var voice = 1
    var segments: [TranscriptSegment] = []
    segments.reserveCapacity(rows)
    for row in 0..<rows {
      if Int.random(in: 0..<10, using: &generator) < 4 {
        voice = Int.random(in: 1...speakers, using: &generator)
      }
      let text = sentence(&generator)
      let length = text.utf8.count * 62 + 300
      segments.append(
        TranscriptSegment(
          row: row,
          start: Timecode(milliseconds: time / 1000 * 1000),
          end: Timecode(milliseconds: (time + length) / 1000 * 1000),
          endIsEstimate: true,
          voice: voice,
          text: text
        )
      )
      time += length
    }
    var document = made(
      uri: "council-meeting.mp4",
      title: "Harbour council, spring session",
      segments: segments,
      speakers: (1...speakers).map { person($0, isNamed: $0 <= named) },
      durationMS: time + 4_000
    )
    document.findings = meetingFindings(rows: rows)
    return document
  }

  private static func meetingFindings(rows: Int) -> [Finding] {
    func row(_ index: Int) -> Finding.Row { .init(table: "transcripts", index: index) }
    return [
      Finding(
        "impossible-pace",
        .warning,
        "This row holds 41 words in 3 seconds, more than anyone says.",
        rows: [row(rows / 3)]
      ),
      Finding(
        "repeated-row",
        .warning,
        "3 rows repeat the row before them word for word.",
        rows: [row(rows / 2), row(rows / 2 + 1), row(rows / 2 + 2)]
      ),
      Finding(
        "knob-ignored",
        .note,
        "The token counts say that 0.5 frames per second were sent as 1."
      ),
    ]
  }

  private static func person(_ voice: Int, isNamed: Bool) -> Speaker {
    let first = ["Ada", "Ben", "Chiara", "Dov", "Ewa", "Femi", "Grete", "Hugo", "Ines", "Jun"]
    let last = ["Abara", "Brandt", "Costa", "Dahl", "Eriksen", "Fofana", "Grau"]
    let positions = ["Harbour master", "Councillor", "Engineer", "Tide reader", nil]
    return Speaker(
      voice: voice,
      name: isNamed ? "\(first[voice * 3 % 10]) \(last[voice * 5 % 7])" : nil,
      company: isNamed && voice % 3 > 0 ? "Penmorrow Harbour Archive" : nil,
      position: positions[voice % 5],
      role: voice == 1 ? "Chair" : "Speaker",
      nameStatus: isNamed ? (voice % 2 == 0 ? .stated : .inferred) : .unknown
    )
  }

  private static func sentence(_ generator: inout SeededGenerator) -> String {
    let openings = [
      "The gauge was read at six,", "As for the north wall,", "Nobody in this room doubts that",
      "If I may add one thing,", "On the second sheet you see that", "Well,", "[laughter] No,",
      "In the winter of 1953", "What the engineers found is that",
    ]
    let middles = [
      "the water stood four centimetres above the mark", "somebody has to pay for the dredging",
      "the old ledger says something else", "the pen ran off the paper at [?]",
      "we would need two more summers", "the fishing boats came in before the bell",
    ]
    let endings = [
      ".", ", and nobody wrote it down.", ", which is why the minutes matter.", "?",
      ", as Mrs Brandt has told this council more than once.", ".",
    ]
    return (openings.randomElement(using: &generator) ?? "") + " "
      + (middles.randomElement(using: &generator) ?? "")
      + (endings.randomElement(using: &generator) ?? "")
  }

  private static var withoutSpeakers: TranscriptDocument {
    var document = meeting(rows: 24, speakers: 1, named: 1)
    document.transcript.speakers = []
    for index in document.transcript.segments.indices {
      document.transcript.segments[index].voice = nil
    }
    return document
  }

  private static var incomplete: TranscriptDocument {
    var document = meeting(rows: 40, speakers: 3, named: 2)
    document.isComplete = false
    document.run.finishReason = "MAX_TOKENS"
    document.source.durationMS = 600_000
    document.findings.insert(
      Finding(
        "truncated",
        .error,
        "The reply was cut at the output limit; nothing after 03:20 was transcribed."
      ),
      at: 0
    )
    return document
  }

  private static var youTube: TranscriptDocument {
    var document = meeting(rows: 40, speakers: 3, named: 2)
    document.source.kind = "youtube"
    document.source.uri = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    return document
  }

  private static func phrases(_ texts: [String], names: [String?]) -> TranscriptDocument {
    let segments = (0..<24).map { row in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 4_000),
        end: Timecode(milliseconds: row * 4_000 + 3_600),
        endIsEstimate: false,
        voice: row / 3 % names.count + 1,
        text: texts[row % texts.count]
      )
    }
    let speakers = names.enumerated().map { Speaker(voice: $0 + 1, name: $1) }
    return made(
      uri: "talk.mp4",
      title: texts[0],
      segments: segments,
      speakers: speakers,
      durationMS: 98_000
    )
  }

  private static let arabic = [
    "مساء الخير وأهلا بكم في دار الجمارك القديمة.",
    "هذه قصة درج واحد من الورق، أربعة وتسعون عاما من المد والجزر.",
    "قالت: The pen ran dry ثم ضحكت [laughter].",
  ]
  private static let japanese = [
    "こんばんは、旧税関へようこそ。", "今夜は一つの引き出しの話です。ペンが描いた九十四年分の潮の記録です。", "本当ですか？[笑い] 信じられません。",
  ]
}
