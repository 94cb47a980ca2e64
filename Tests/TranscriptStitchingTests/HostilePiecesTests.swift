import TabularExtraction
import TestSupport
import Testing
import TranscriptModel
import TranscriptStitching

/// Replies that no model should give.
@Suite struct HostilePiecesTests {
  @Test(
    "whatever pieces hold, every row is shown, is another version of one shown, or is reported",
    arguments: [1...100, 101...200, 201...300] as [ClosedRange<UInt64>]
  )
  func nothingIsLost(_ seeds: ClosedRange<UInt64>) {
    for seed in seeds {
      var random = SeededGenerator(seed: seed)
      let pieces = (0..<Int.random(in: 2...5, using: &random)).map { _ in Self.piece(&random) }
      let whole = Sample.stitch(pieces, until: 600)
      let shown = Set(whole.origins.joined())
      #expect(shown.count == whole.origins.joined().count, "seed \(seed): a row stands twice")
      #expect(whole.origins.count == whole.transcript.segments.count, "seed \(seed)")
      let given = pieces.map { $0.tables[0].rowCount }.reduce(0, +)
      let isReported = !whole.findings.filter { $0.code == .timeOutsideClip || $0.code == .looped }
        .isEmpty
      #expect(shown.count == given || isReported, "seed \(seed)")
      let texts = Set(whole.transcript.segments.map(\.text))
      #expect(texts.isSubset(of: pieces.flatMap(Self.texts)), "seed \(seed): a row was made up")
      let other = Sample.stitch(pieces.reversed(), until: 600)
      #expect(other.origins.count == whole.origins.count, "seed \(seed)")
    }
  }

  private static func texts(_ piece: ReplyPiece) -> [String] {
    let table = piece.tables[0]
    return (0..<table.rowCount).map {
      table.isMissing(row: $0, column: 1) ? "" : table[$0, 1].rendered
    }
  }

  /// Rows with any times, texts and voices, in no order, in a range of its own.
  private static func piece(_ random: inout SeededGenerator) -> ReplyPiece {
    let start = Int.random(in: 0..<500, using: &random)
    let end = Int.random(in: start...600, using: &random)
    var table = Table(name: "transcripts", columns: SyntheticTranscript.columns)
    let texts = [
      "", "Yes.", "…", "We go on and on and on.", "A B C D E F", "日本語です", "we go on, and on",
    ]
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let time =
        Int.random(in: 0...9, using: &random) == 0
        ? Int.random(in: 0...1_000_000_000, using: &random)
        : Int.random(in: start * 1000...max(start, end) * 1000, using: &random)
      let text = texts[Int.random(in: texts.indices, using: &random)]
      table.append([
        random.next() % 8 == 0 ? .missing : .time(Timecode(milliseconds: time)),
        text.isEmpty ? .missing : .text(text),
        random.next() % 6 == 0 ? .missing : .integer(Int.random(in: -2...6, using: &random)),
      ])
    }
    var speakers = Table(name: "speakers", columns: SyntheticTranscript.speakerColumns)
    let names = ["Ada Byron", "Ada", "?", "Speaker 1", "", "\u{0}"]
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      let name = names[Int.random(in: names.indices, using: &random)]
      speakers.append([
        .integer(Int.random(in: -2...8, using: &random)), name == "?" ? .missing : .text(name),
        .missing,
      ])
    }
    let endings = ReplyPiece.Ending.allCases
    return ReplyPiece(
      range: Sample.range(start, end),
      tables: [table, speakers],
      ending: endings[Int.random(in: endings.indices, using: &random)]
    )
  }

  @Test("rows that all have one time, text and voice take linear time", .timeLimit(.minutes(1)))
  func frozenRows() {
    let rows = (0..<3000).map { (10, "The same words again \($0 % 3).", $0 % 500) }
    let pieces = (0..<3).map { _ in Sample.piece(0, 600, rows) }
    #expect(!Sample.stitch(pieces, until: 600).transcript.segments.isEmpty)
  }

  @Test("no pieces, empty pieces and pieces of one range are stitched as well")
  func oddities() {
    #expect(Sample.stitch([], until: 60).transcript.segments.isEmpty)
    #expect(
      Sample.stitch([Sample.piece(0, 60, []), Sample.piece(0, 60, [])], until: 60).lines.isEmpty
    )
    let piece = Sample.piece(0, 60, [(5, "Once and only once.", 3)])
    #expect(Sample.stitch([piece, piece, piece], until: 60).lines == ["5 1 Once and only once."])
    let open = ReplyPiece(range: .toTheEnd(from: .zero), tables: piece.tables)
    #expect(
      TranscriptStitcher(assembler: TranscriptAssembler()).stitch([open, piece]).lines.count == 1
    )
  }
}
