internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptStitching

/// Stitches 60,000 rows in clips of 8 minutes and prints what does not vary before the time it took.
///
/// The goal is well under a second.
enum StitchingBenchmark {
  private static let rows = 60_000
  private static let step = 7000
  private static let words = [
    "the", "budget", "we", "agreed", "on", "naïve", "last", "quarter", "is", "not", "what",
    "Zürich",
    "people", "expected", "and", "so", "I", "would", "like", "to", "hear", "from", "everyone",
  ]

  static func run() {
    let length = rows * step
    let pieces = stride(from: 0, to: length, by: 480_000).enumerated().map { number, start in
      piece(max(0, start - 30_000), min(length, start + 480_000), shift: number * 7)
    }
    let stitcher = TranscriptStitcher(
      assembler: TranscriptAssembler(duration: Timecode(milliseconds: length))
    )
    let clock = ContinuousClock()
    var times: [Duration] = []
    var whole = stitcher.stitch([])
    for _ in 0..<5 {
      let start = clock.now
      whole = stitcher.stitch(pieces)
      times.append(clock.now - start)
    }
    let start = clock.now
    let assembled = stitcher.assembler.assemble(timed: whole.tables)
    let building = clock.now - start
    print("pieces: \(pieces.count)")
    print("rows in: \(pieces.map { $0.tables[0].rowCount }.reduce(0, +))")
    print("rows out: \(whole.transcript.segments.count) of \(rows)")
    print("voices: \(whole.merges.voices.count), doubts: \(whole.merges.apart.count)")
    print("stitched in: \(times.sorted()[2])")
    print("of which building and validating \(assembled.transcript.segments.count): \(building)")
  }

  /// What a model says about a clip: ten voices, numbered differently in each clip.
  private static func piece(_ start: Int, _ end: Int, shift: Int) -> ReplyPiece {
    var table = Table(
      name: "transcripts",
      columns: [
        Column(name: "start", role: .start), Column(name: "text", role: .text),
        Column(name: "voice", type: .integer, role: .voice),
      ]
    )
    var speakers = Table(
      name: "speakers",
      columns: [
        Column(name: "voice", type: .integer, role: .voice), Column(name: "name", role: .name),
      ]
    )
    for row in (start + step - 1) / step..<(end + step - 1) / step {
      let said = (0..<14).map { words[(row &* 7 &+ $0 &* ($0 &+ row % 11)) % words.count] }
      table.append([
        .time(Timecode(milliseconds: row * step)), .text("\(row) " + said.joined(separator: " ")),
        .integer((row % 10 + shift) % 10 + 1),
      ])
    }
    for voice in 0..<10 {
      let name: Cell = voice % 2 == 0 ? .text("Ada Number\(voice)") : .missing
      speakers.append([.integer((voice + shift) % 10 + 1), name])
    }
    return ReplyPiece(
      range: TimeRange(
        start: Timecode(milliseconds: start),
        end: Timecode(milliseconds: end)
      ),
      tables: [table, speakers]
    )
  }
}
