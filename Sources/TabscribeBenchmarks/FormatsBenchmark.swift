internal import TranscriptFormats
internal import TranscriptImport
internal import TranscriptModel

/// A transcript of many rows to each format, and back from captions and a workbook.
///
///     TabscribeBenchmarks formats [ROWS [NAME]]      60000 rows and everything when not given
///
/// Captions are written and read twice: with their usual lines, and with one caption of one line for each row and
/// no names, which is what `formats_peers.py` has others write and read.
struct FormatsBenchmark {
  static func run(arguments: [String]) {
    let rows = arguments.first.flatMap { Int($0) } ?? 60_000
    let benchmark = Self(only: arguments.dropFirst().first)
    benchmark.run(rows: rows)
  }

  /// The one measurement that is wanted; `nil` for all.
  private let only: String?

  private func run(rows: Int) {
    let document = ReportBenchmark.document(rows: rows)
    for format in TranscriptFormatList.all { measure(format.name, format, document, .init()) }
    var plain = FormatOptions()
    plain.hasSpeakers = false
    plain.lineLength = 1000
    for format: any TranscriptFormat in [SubRipFormat(), WebVTTFormat()] {
      measure("\(format.name)-as-peers", format, document, plain)
    }
    for format: any TranscriptFormat in [SubRipFormat(), WebVTTFormat()] {
      measureReading("read-\(format.name)-as-peers", format.bytes(of: document, options: plain))
    }
    for format: any TranscriptFormat in [SubRipFormat(), WebVTTFormat(), XLSXFormat()] {
      measureReading("read-\(format.name)", format.bytes(of: document, options: .init()))
    }
  }

  private func isWanted(_ name: String) -> Bool { only == nil || only == name }

  private func measureReading(_ name: String, _ file: @autoclosure () -> [UInt8]) {
    guard isWanted(name) else { return }
    let file = file()
    let count = (try? TranscriptImporter.read(file).rows.count) ?? 0
    measure(name, rows: count) {
      _ = try? TranscriptImporter.read(file)
      return file.count
    }
  }

  private func measure(
    _ name: String,
    _ format: any TranscriptFormat,
    _ document: TranscriptDocument,
    _ options: FormatOptions
  ) {
    measure(name, rows: document.transcript.segments.count) {
      format.bytes(of: document, options: options).count
    }
  }

  private func measure(_ name: String, rows: Int, _ work: () -> Int) {
    guard isWanted(name) else { return }
    var best = Duration.seconds(3600)
    var cpu = Double.infinity
    var bytes = 0
    for _ in 0..<7 {
      let (start, before) = (ContinuousClock.now, ProcessUse.now)
      bytes = work()
      best = min(best, ContinuousClock.now - start)
      cpu = min(cpu, (ProcessUse.now - before).cpu)
    }
    print(
      "\(name) rows \(rows) bytes \(bytes) best_ms \(best / .milliseconds(1)) "
        + "cpu_ms \(cpu * 1000)"
    )
  }
}
