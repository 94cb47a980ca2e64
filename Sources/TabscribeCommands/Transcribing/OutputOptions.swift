internal import CommandLineInterface

/// The options about results, shared by the commands that write them.
enum OutputOptions {
  static let folder = ValueOption(
    "output-dir",
    short: "o",
    .folder(),
    help: "folder for results (default: the working folder)"
  )
  static let formats = RepeatedOption(
    "format",
    short: "f",
    ValueReader<ResultFormat>.choice("FORMAT"),
    help: "html or json; repeatable (default: both)"
  )
  static let force = Flag("force", help: "replace results that are there")

  static let group = OptionGroup("Results", [folder, formats, force])
}

/// The formats that a transcription is written in.
enum ResultFormat: String, CaseIterable {
  /// The report for a browser.
  case html
  /// The transcript document.
  case json
}
