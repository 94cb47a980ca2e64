internal import CommandLineInterface

/// The options about results, shared by the commands that write them.
enum OutputOptions {
  static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for results (default: here)"
  )
  static let formats = RepeatedOption(
    "format",
    short: "f",
    ValueReader<ResultFormat>.choice("FORMAT"),
    help: "what to write"
  )
  static let force = Flag("force", help: "replace results that are there")

  static let group = OptionGroup("Results", [folder, formats, force])

  /// The formats that are asked for, each once.
  static func chosenFormats(_ settings: Settings) throws(CommandError) -> [ResultFormat] {
    var chosen: [ResultFormat] = []
    for format in try settings.values(of: formats) where !chosen.contains(format) {
      chosen.append(format)
    }
    return chosen.isEmpty ? ResultFormat.usual : chosen
  }
}

/// The formats that a transcription is written in.
enum ResultFormat: String, CaseIterable {
  /// The report for a browser.
  case html
  /// The transcript document.
  case json
  /// Texts, tables and captions.
  case txt, md, csv, tsv, jsonl, srt, vtt

  /// What is written when nothing else is asked for.
  static let usual: [ResultFormat] = [.html, .json]

  /// The formats of a command line, each once.
  static func formats(
    _ arguments: ParsedArguments,
    _ option: RepeatedOption<ResultFormat> = OutputOptions.formats
  ) -> [ResultFormat] {
    var formats: [ResultFormat] = []
    for format in arguments[option] where !formats.contains(format) {
      formats.append(format)
    }
    return formats
  }

  /// Whether rows without a start are left out, which captions cannot show.
  var needsTimes: Bool { self == .srt || self == .vtt }
}
