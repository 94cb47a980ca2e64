import TabularExtraction
import TestSupport
import Testing
import TranscriptModel
import TranscriptStitching

/// What holds for every long video cut into clips; a failure names its seed.
@Suite struct StitchingLawTests {
  static let seeds: [UInt64] = Array(1...24)

  /// A transcript, the replies about its clips, and the stitched whole.
  struct Example {
    let original: SyntheticTranscript
    let replies: [SyntheticTranscript.Reply]
    let whole: StitchedReply

    init(seed: UInt64, isExact: Bool = false, order: (([ReplyPiece]) -> [ReplyPiece]) = { $0 }) {
      var original = SyntheticTranscript(seed: seed)
      let clips = Example.clips(original.length)
      replies = clips.enumerated().map { index, clip in
        let others = clips.enumerated().filter { $0.offset != index }.map(\.element)
        return original.reply(clip, overlapping: others, isExact: isExact)
      }
      self.original = original
      whole = Example.stitcher(original.length).stitch(order(replies.map(\.piece)))
    }

    static func stitcher(_ length: Int) -> TranscriptStitcher {
      TranscriptStitcher(
        assembler: TranscriptAssembler(duration: Timecode(milliseconds: length))
      )
    }

    /// Clips of 8 minutes that overlap by 30 seconds.
    static func clips(_ length: Int) -> [TimeRange] {
      stride(from: 0, to: length - 60_000, by: 480_000).map { start in
        TimeRange(
          start: Timecode(milliseconds: max(0, start - 30_000)),
          end: Timecode(milliseconds: min(length, start + 480_000))
        )
      }
    }
  }

  @Test("clips heard perfectly give the video heard in one piece", arguments: seeds)
  func exactClips(_ seed: UInt64) {
    let example = Example(seed: seed, isExact: true)
    let segments = example.whole.transcript.segments
    #expect(segments.map(\.text) == example.original.rows.map(\.text), "seed \(seed)")
    #expect(
      segments.map { $0.start?.milliseconds } == example.original.rows.map(\.start),
      "seed \(seed)"
    )
    #expect(example.whole.isComplete)
  }

  @Test("no row is lost or doubled when times and words differ in overlaps", arguments: seeds)
  func rowsStay(_ seed: UInt64) {
    let example = Example(seed: seed)
    let (segments, rows) = (example.whole.transcript.segments, example.original.rows)
    #expect(segments.count == rows.count, "seed \(seed)")
    let strange = zip(segments, rows).first { segment, row in
      abs((segment.start?.milliseconds ?? -1) - row.start) > 1000
        || !Self.isAlike(segment.text, row)
    }
    #expect(strange == nil, "seed \(seed)")
  }

  /// All words but one, in order.
  static func isAlike(_ text: String, _ row: SyntheticTranscript.Row) -> Bool {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    let original = row.words.map { $0.lowercased() }
    return words.count == original.count && zip(words, original).count { $0 != $1 } <= 1
  }

  @Test("no two people become one voice", arguments: seeds)
  func voicesStayApart(_ seed: UInt64) {
    let example = Example(seed: seed)
    for voice in example.whole.merges.voices {
      let originals = Set(voice.from.map { example.replies[$0.piece].voices[$0.voice] })
      #expect(originals.count == 1, "seed \(seed): \(voice)")
    }
  }

  @Test("a voice is one wherever clips share a sentence or a name of it", arguments: seeds)
  func voicesAreJoined(_ seed: UInt64) {
    let example = Example(seed: seed)
    var numberOf: [[Int]: Int] = [:]
    for voice in example.whole.merges.voices {
      for member in voice.from {
        numberOf[[member.piece, example.replies[member.piece].voices[member.voice] ?? 0]] =
          voice.voice
      }
    }
    for (one, first) in example.replies.enumerated() {
      for (other, second) in example.replies.enumerated() where one < other {
        let sentences = first.whole.intersection(second.whole)
          .filter { example.original.rows[$0].words.count >= 4 }
          .map { example.original.rows[$0].voice }
        let named = Set(first.names.keys).intersection(second.names.keys)
        for voice in Set(sentences).union(named) {
          #expect(
            numberOf[[one, voice]] == numberOf[[other, voice]],
            "seed \(seed): voice \(voice) in clips \(one) and \(other)"
          )
        }
      }
    }
  }

  @Test("the order in which replies come makes no difference", arguments: seeds.prefix(8))
  func orderMakesNoDifference(_ seed: UInt64) {
    let example = Example(seed: seed)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<3 {
      let pieces = example.replies.map(\.piece).shuffled(using: &generator)
      let other = Example.stitcher(example.original.length).stitch(pieces)
      #expect(other.tables == example.whole.tables, "seed \(seed)")
      #expect(other.transcript == example.whole.transcript, "seed \(seed)")
      #expect(other.findings == example.whole.findings, "seed \(seed)")
      #expect(other.merges == example.whole.merges, "seed \(seed)")
    }
  }

  @Test("voices are numbered from 1 by their first rows", arguments: seeds.prefix(4))
  func numbering(_ seed: UInt64) {
    let example = Example(seed: seed)
    var seen: [Int] = []
    for voice in example.whole.transcript.segments.compactMap(\.voice) where !seen.contains(voice) {
      seen.append(voice)
    }
    #expect(seen == Array(1...seen.count), "seed \(seed)")
  }

  @Test("the merge table, through JSON and back, gives the same whole", arguments: seeds.prefix(4))
  func mergeTableIsApplied(_ seed: UInt64) throws {
    let example = Example(seed: seed)
    let table = try VoiceMergeTable(json: example.whole.merges.json)
    #expect(table == example.whole.merges)
    let again = Example.stitcher(example.original.length)
      .stitch(example.replies.map(\.piece), using: table)
    #expect(again.tables == example.whole.tables, "seed \(seed)")
    #expect(again.transcript == example.whole.transcript, "seed \(seed)")
  }
}
