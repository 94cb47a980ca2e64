internal import TranscriptFormats
internal import TranscriptModel

/// A transcript of many rows to each format.
///
///     TabscribeBenchmarks formats [ROWS]      60000 rows when not given
///
/// Captions are written twice: with their usual lines, and with one caption of one line for each row
/// and no names, which is what `formats_peers.py` has others write.
enum FormatsBenchmark {
  static func run(arguments: [String]) {
    let rows = arguments.first.flatMap { Int($0) } ?? 60_000
    let document = ReportBenchmark.document(rows: rows)
    for format in TranscriptFormatList.all { measure(format.name, format, document, .init()) }
    var plain = FormatOptions()
    plain.hasSpeakers = false
    plain.lineLength = 1000
    for format: any TranscriptFormat in [SubRipFormat(), WebVTTFormat()] {
      measure("\(format.name)-as-peers", format, document, plain)
    }
  }

  private static func measure(
    _ name: String,
    _ format: any TranscriptFormat,
    _ document: TranscriptDocument,
    _ options: FormatOptions
  ) {
    var best = Duration.seconds(3600)
    var cpu = Double.infinity
    var bytes = 0
    for _ in 0..<7 {
      let (start, before) = (ContinuousClock.now, ProcessUse.now)
      bytes = format.bytes(of: document, options: options).count
      best = min(best, ContinuousClock.now - start)
      cpu = min(cpu, (ProcessUse.now - before).cpu)
    }
    let rows = document.transcript.segments.count
    print(
      "\(name) rows \(rows) bytes \(bytes) best_ms \(best / .milliseconds(1)) "
        + "cpu_ms \(cpu * 1000)"
    )
  }
}
