internal import ReportSamples
import Testing
internal import TranscriptModel

@testable import TranscriptFormats

/// Closed captions as a decoder of CEA-608 shows them, frame by frame.
@Suite struct ScenaristTests {
  private static func document(_ rows: [(start: Int, end: Int, text: String)]) -> TranscriptDocument
  {
    let segments = rows.enumerated().map { row, one in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: one.start),
        end: Timecode(milliseconds: one.end),
        endIsEstimate: false,
        voice: 1,
        text: one.text
      )
    }
    return SampleDocuments.made(uri: "x", title: nil, segments: segments, speakers: [])
  }

  private static func text(_ document: TranscriptDocument, isDropFrame: Bool = true) -> String {
    var options = FormatOptions()
    options.hasSpeakers = false
    options.isDropFrame = isDropFrame
    return String(decoding: ScenaristFormat().bytes(of: document, options: options), as: UTF8.self)
  }

  /// The words of a file with the frames that they are sent in, which follow each other.
  private static func words(_ text: String) throws -> [(frame: Int, word: UInt16)] {
    var words: [(frame: Int, word: UInt16)] = []
    for line in text.split(separator: "\n").dropFirst() {
      let parts = line.split(separator: "\t")
      let numbers = try parts[0].split { $0 == ":" || $0 == ";" }.map { try #require(Int($0)) }
      let minutes = numbers[0] * 60 + numbers[1]
      let dropped = parts[0].contains(";") ? 2 * (minutes - minutes / 10) : 0
      let first = (minutes * 60 + numbers[2]) * 30 + numbers[3] - dropped
      #expect(first > words.last?.frame ?? -1, "two words are sent in one frame: \(line)")
      for (index, word) in parts[1].split(separator: " ").enumerated() {
        let value = try #require(UInt16(word, radix: 16))
        for byte in [value >> 8, value & 0xFF] {
          #expect(byte.nonzeroBitCount % 2 == 1, "the parity of \(word) is not odd")
        }
        words.append((first + index, value & 0x7F7F))
      }
    }
    return words
  }

  /// What stands on the screen, from which frame to which; of the basic set.
  private static func shown(_ text: String) throws -> [(start: Int, end: Int, text: String)] {
    var shown: [(start: Int, end: Int, text: String)] = []
    var (loaded, isOn, previous): (String, Bool, UInt16) = ("", false, 0)
    for (frame, word) in try words(text) {
      let isCode = (0x10...0x1F).contains(word >> 8)
      if isCode, word == previous {
        previous = 0
        continue
      }
      previous = isCode ? word : 0
      switch word {
      case 0x142E: loaded = ""
      case 0x142C, 0x142F:
        if isOn { shown[shown.count - 1].end = frame }
        isOn = word == 0x142F
        if isOn { shown.append((frame, .max, loaded.trimmingPrefix(" ") + "")) }
      case 0x1420: break
      case _ where isCode && word & 0x40 != 0: loaded += " "
      case _ where isCode: break
      default:
        for byte in [word >> 8, word & 0x7F] where byte > 0 {
          loaded.unicodeScalars.append(try #require(Unicode.Scalar(UInt32(byte))))
        }
      }
    }
    return shown
  }

  @Test(arguments: [true, false]) func captionsStandWhenTheyAreDue(isDropFrame: Bool) throws {
    let document = Self.document([
      (10_000, 12_000, "Good evening, and welcome to the old customs house."),
      (12_100, 14_000, "It is dry."), (700_000, 702_000, "And late."),
    ])
    let shown = try Self.shown(Self.text(document, isDropFrame: isDropFrame))
    #expect(
      shown.map(\.text) == [
        "Good evening, and welcome to the old customs house.", "It is dry.", "And late.",
      ]
    )
    for (caption, start) in zip(shown, [10_000, 12_100, 700_000]) {
      let milliseconds = caption.start * 1001 / 30
      #expect(abs(milliseconds - start) <= 34, "\(milliseconds) for \(start)")
    }
    #expect(abs(shown[1].end * 1001 / 30 - 14_000) <= 70)
  }

  @Test func numbersAreLeftOutAsTheClockAsksFor() {
    // An hour of the clock is 107,892 frames, which timecodes without gaps count to 00:59:56:12.
    let document = Self.document([(3_600_000, 3_602_000, "An hour.")])
    #expect(Self.text(document).contains("\n00:59:59;"))
    #expect(Self.text(document, isDropFrame: false).contains("\n00:59:56:"))
    #expect(!Self.text(document).contains("9420 9420\n"))
  }

  @Test func speakersAreNamedUnlessTheyAreNotWanted() throws {
    let document = try #require(SampleDocuments.sampleVideo)
    var options = FormatOptions()
    for hasSpeakers in [true, false] {
      options.hasSpeakers = hasSpeakers
      let file = ScenaristFormat().bytes(of: document, options: options)
      let shown = try Self.shown(String(decoding: file, as: UTF8.self)).map(\.text).joined()
      #expect(shown.contains("Tomas Okoye:") == hasSpeakers)
      #expect(shown.contains("customs house."))
    }
  }

  @Test func whatTheSetLacksIsTold() {
    let rows = [(1000, 4000, "Café… 日本 œuvre ł “so” it’s ½ ♪♪ e\u{301}\u{200B}")]
    let document = Self.document(rows.map { (start: $0.0, end: $0.1, text: $0.2) })
    let transcript = ExportedTranscript(document, FormatOptions())
    let lacking = ScenaristFormat().lacking(in: transcript, options: FormatOptions())
    #expect(lacking == ["日": 1, "本": 1, "œ": 1, "ł": 1])
    #expect(SubRipFormat().lacking(in: transcript, options: FormatOptions()).isEmpty)
  }

  @Test func everyCodeIsThatOfTheStandard() {
    let signs: [(Character, ClosedCaptionCharacters.Cell)] = [
      ("®", .special(0x1130)), ("♪", .special(0x1137)), ("à", .special(0x1138)),
      ("û", .special(0x113F)), ("Á", .extended(0x1220, before: 0x41)),
      ("ü", .extended(0x1225, before: 0x75)), ("»", .extended(0x123F, before: 0x22)),
      ("Ã", .extended(0x1320, before: 0x41)), ("{", .extended(0x1329, before: 0x28)),
      ("ß", .extended(0x1334, before: 0x73)), ("┘", .extended(0x133F, before: 0x20)),
      ("é", .basic(0x5C)), ("ñ", .basic(0x7E)), ("'", .basic(0x27)), ("A", .basic(0x41)),
    ]
    for (sign, cell) in signs { #expect(ClosedCaptionCharacters(String(sign)).cells == [cell]) }
  }

  @Test func wordsLongerThanARowGoOnBelow() throws {
    let document = Self.document([(5000, 9000, String(repeating: "x", count: 300))])
    let shown = try Self.shown(Self.text(document))
    #expect(shown.map(\.text).joined().count { $0 == "x" } == 300)
  }
}
