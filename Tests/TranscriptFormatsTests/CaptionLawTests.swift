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
    options.lineLength = [1, 7, 42][Int(seed % 3)]
    options.lineCount = [1, 2, 3][Int(seed / 3 % 3)]
    options.cueLength = [nil, .words(3), .characters(20)][Int(seed / 9 % 3)]
    return options
  }

  @Test(arguments: UInt64(0)..<54) func captionsLastAndFollowEachOther(seed: UInt64) {
    let document = Self.document(seed: seed)
    let transcript = ExportedTranscript(document)
    let cues = Captions(transcript, Self.options(seed: seed), labelsText: false).cues
    #expect(cues.allSatisfy { $0.start < $0.end })
    #expect(zip(cues, cues.dropFirst()).allSatisfy { $0.start <= $1.start })
    let starts = document.transcript.segments.compactMap { $0.start?.milliseconds }
    for (position, ofRow) in Dictionary(grouping: cues, by: \.position) {
      let segment = document.transcript.segments[position]
      #expect(ofRow.first?.start == segment.start?.milliseconds)
      #expect(zip(ofRow, ofRow.dropFirst()).allSatisfy { $0.end == $1.start })
      guard let start = segment.start?.milliseconds, let end = ofRow.last?.end else { continue }
      let stated = segment.end?.milliseconds ?? 0
      if !segment.endIsEstimate, stated > start {
        #expect(end == stated)
      } else {
        #expect(end <= starts.filter { $0 > start }.min() ?? .max)
      }
    }
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
    let cues = Captions(transcript, FormatOptions(), labelsText: false).cues
    #expect(Set(cues.map(\.position)) == [0, 1])
    #expect(transcript.untimedRowCount == 2)
  }

  @Test(arguments: UInt64(0)..<54) func everyWordIsShownOnceAndInOrder(seed: UInt64) {
    let document = Self.document(seed: seed)
    let captions = Captions(
      ExportedTranscript(document),
      Self.options(seed: seed),
      labelsText: false
    )
    let shown = Dictionary(grouping: captions.cues, by: \.position)
    for (position, segment) in document.transcript.segments.enumerated() {
      let text = (shown[position] ?? []).map { Self.text($0, captions) }.joined()
      let due = segment.start == nil ? "" : segment.text
      #expect(text.filter { !$0.isWhitespace } == due.filter { !$0.isWhitespace })
    }
  }

  @Test(arguments: UInt64(0)..<54) func linesKeepToTheirLimits(seed: UInt64) {
    let document = Self.document(seed: seed)
    let options = Self.options(seed: seed)
    let captions = Captions(ExportedTranscript(document), options, labelsText: false)
    for cue in captions.cues {
      let lines = Self.text(cue, captions).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.allSatisfy { (1...options.lineLength).contains($0.unicodeScalars.count) })
      // More lines than allowed only where there is no time to show them one after the other.
      #expect(lines.count <= options.lineCount || cue.end - cue.start < 40 * lines.count)
    }
  }

  private static func text(_ cue: Captions.Cue, _ captions: Captions) -> String {
    String(decoding: captions.text[cue.textStart..<cue.textEnd], as: UTF8.self)
  }
}
