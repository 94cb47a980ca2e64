internal import TranscriptFormats
internal import TranscriptModel

/// A transcript of many rows to each format.
///
///     TabscribeBenchmarks formats [ROWS]      60000 rows when not given
enum FormatsBenchmark {
  static func run(arguments: [String]) {
    let rows = arguments.first.flatMap { Int($0) } ?? 60_000
    let document = ReportBenchmark.document(rows: rows)
    for format in TranscriptFormatList.all {
      var best = Duration.seconds(3600)
      var bytes = 0
      for _ in 0..<7 {
        let start = ContinuousClock.now
        bytes = format.bytes(of: document).count
        best = min(best, ContinuousClock.now - start)
      }
      print("\(format.name) rows \(rows) bytes \(bytes) best_ms \(best / .milliseconds(1))")
    }
  }
}
