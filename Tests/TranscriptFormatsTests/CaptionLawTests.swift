internal import ReportSamples
internal import TestSupport
import Testing
internal import TranscriptModel

@testable import TranscriptFormats

/// What holds for the captions of any transcript.
@Suite struct CaptionLawTests {
  /// Rows in any order, with ends of every kind, and words of any length.
  private static func document(seed: UInt64) -> TranscriptDocument {
    var generator = SeededGenerator(seed: seed)
    let words = ["a", "the", "tide", "drawer", "ninety-four", "Ünïcödé", "旧税関へようこそ", "👩‍🚀"]
    let segments = (0..<60).map { row in
      let start = Int.random(in: 0..<90_000, using: &generator)
      let count = [0, 1, 4, 30, 200].randomElement(using: &generator) ?? 0
      let length = [-5, 0, 1, 30, 900, 8000].randomElement(using: &generator) ?? 0
      return TranscriptSegment(
        row: row,
        start: row % 9 == 8 ? nil : Timecode(milliseconds: start),
        end: row % 7 == 6 ? nil : Timecode(milliseconds: max(start + length, 0)),
        endIsEstimate: row % 2 == 0,
        voice: row % 4,
        text: (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }
          .joined(separator: [" ", "  ", "\n", ""].randomElement(using: &generator) ?? " ")
      )
    }
    return SampleDocuments.made(uri: "x", title: nil, segments: segments, speakers: [])
  }

  private static func options(seed: UInt64) -> FormatOptions {
    var options = FormatOptions()
    options.hasSpeakers = seed % 2 == 0
    options.lineLength = [1, 7, 42][Int(seed % 3)]
    options.lineCount = [1, 2, 3][Int(seed / 3 % 3)]
    options.cueLength = [nil, .words(3), .characters(20)][Int(seed / 9 % 3)]
    return options
  }

  @Test(arguments: UInt64(0)..<54) func captionsLastFollowEachOtherAndNeverOverlap(seed: UInt64) {
    let document = Self.document(seed: seed)
    let captions = Captions(ExportedTranscript(document), Self.options(seed: seed))
    let cues = captions.cues
    #expect(cues.allSatisfy { $0.start < $0.end })
    #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.end <= $1.start })
    let firsts = Dictionary(cues.map { ($0.part.position, $0.start) }, uniquingKeysWith: min)
    for (position, first) in firsts {
      let start = document.transcript.segments[position].start?.milliseconds ?? .max
      #expect(first >= start)
    }
  }

  /// Rows that are far enough apart keep their own starts, and stated ends.
  @Test func timesThatFitAreKept() {
    let segments = (0..<20).map { row in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 5000),
        end: Timecode(milliseconds: row * 5000 + 2000 + row * 100),
        endIsEstimate: false,
        voice: row % 3,
        text: "A row of some words, number \(row)."
      )
    }
    let document = SampleDocuments.made(uri: "x", title: nil, segments: segments, speakers: [])
    let cues = Captions(ExportedTranscript(document), FormatOptions()).cues
    #expect(cues.map(\.start) == segments.map { $0.start?.milliseconds })
    #expect(cues.map(\.end) == segments.map { $0.end?.milliseconds })
  }

  @Test func absurdTimesAreLeftOutAndNothingOverflows() {
    let times = [0, Captions.latest - 1, Captions.latest, Int.max]
    let segments = times.enumerated().map { row, time in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: time),
        end: Timecode(milliseconds: .max),
        endIsEstimate: false,
        voice: nil,
        text: String(repeating: "word ", count: 1000)
      )
    }
    let document = SampleDocuments.made(uri: "x", title: nil, segments: segments, speakers: [])
    let transcript = ExportedTranscript(document)
    let cues = Captions(transcript, FormatOptions()).cues
    #expect(Set(cues.map(\.part.position)) == [0, 1])
    #expect(transcript.untimedRowCount == 2)
  }

  @Test(arguments: UInt64(0)..<54) func everyWordIsShownOnceAndInOrder(seed: UInt64) {
    let document = Self.document(seed: seed)
    let captions = Captions(ExportedTranscript(document), Self.options(seed: seed))
    var shown: [Int: String] = [:]
    for cue in captions.cues {
      for part in [cue.part] + [cue.lower.map { captions.lower[$0] }].compactMap(\.self) {
        let dash = cue.lower == nil ? "" : "- "
        shown[part.position, default: ""] += Self.text(part, captions).trimmingPrefix(dash)
      }
    }
    for (position, segment) in document.transcript.segments.enumerated() {
      let due = segment.start == nil ? "" : segment.text
      #expect(
        shown[position, default: ""].filter { !$0.isWhitespace } == due.filter { !$0.isWhitespace }
      )
    }
  }

  @Test(arguments: UInt64(0)..<54) func linesKeepToTheirLimits(seed: UInt64) {
    let document = Self.document(seed: seed)
    var options = Self.options(seed: seed)
    options.hasSpeakers = false
    let captions = Captions(ExportedTranscript(document), options)
    let limit = options.lineLength ?? 42
    for cue in captions.cues {
      // A character of two cells stands on a line of one.
      #expect((1...max(limit, 2)).contains(cue.width))
      #expect(Self.text(cue.part, captions).split(separator: "\n").count <= options.lineCount)
    }
  }

  /// A caption's text without its label.
  private static func text(_ part: Captions.Part, _ captions: Captions) -> String {
    String(decoding: captions.text[part.start..<part.labelStart], as: UTF8.self)
      + String(decoding: captions.text[part.labelEnd..<part.end], as: UTF8.self)
  }
}
