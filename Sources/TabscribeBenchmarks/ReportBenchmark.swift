internal import HTMLReports
internal import TranscriptModel

/// A transcript of many rows to one page.
///
///     TabscribeBenchmarks report [ROWS]      60000 rows when not given
enum ReportBenchmark {
  static func run(arguments: [String]) {
    let rows = arguments.first.flatMap { Int($0) } ?? 60_000
    let document = document(rows: rows)
    var best = Duration.seconds(3600)
    var bytes = 0
    for _ in 0..<(rows > 10_000 ? 5 : 50) {
      let start = ContinuousClock.now
      bytes = HTMLReport(document).rendered().count
      best = min(best, ContinuousClock.now - start)
    }
    print("report rows \(rows) bytes \(bytes) best_ms \(best / .milliseconds(1))")
  }

  /// The rows `report_peers.py` and `formats_peers.py` make, from the same numbers.
  static func document(rows: Int) -> TranscriptDocument {
    let segments = (0..<rows).map { row in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 3000),
        end: Timecode(milliseconds: row * 3000 + 3000),
        endIsEstimate: true,
        voice: row / 3 % 40 + 1,
        text: text(row)
      )
    }
    let speakers = (1...40).map { voice in
      Speaker(voice: voice, name: voice % 4 == 0 ? nil : "Speaker Number \(voice)")
    }
    return TranscriptDocument(
      source: .init(uri: "talk.mp4", kind: "file", stem: "talk", durationMS: rows * 3000),
      run: .init(
        id: "1",
        startedAt: "2026-03-12T18:04:00Z",
        tool: "tabscribe",
        backend: "ai-studio",
        model: "gemini-3.5-flash-lite",
        prompt: "transcribe",
        promptDigest: "",
        schema: "transcripts-speakers",
        encoding: "json"
      ),
      tables: [],
      transcript: Transcript(segments: segments, speakers: speakers),
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
  }

  /// 105 to 165 bytes of text, with the characters that have to be escaped.
  private static func text(_ row: Int) -> String {
    let clause = "the gauge was read at six & the water stood <four> centimetres above the mark"
    return "Row \(row): \(clause), and nobody wrote it down"
      + String(repeating: " again", count: row % 7)
  }
}
