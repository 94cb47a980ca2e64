internal import CommandLineInterface
internal import TranscriptImport
internal import TranscriptionRuns

extension HelpTopic {
  /// `help formats`: what `--format` takes.
  static let formats = HelpTopic(
    "formats",
    "What transcripts can be written as, with --format of transcribe, report and export.",
    columns: ["format", "file", "summary"],
    rows: ResultFormat.all.map { format in
      let rows = format.needsTimes ? " Rows without a time are left out, which is told." : ""
      return [format.name, "STEM" + format.suffix, format.summary.firstUppercased + "." + rows]
    }
  )

  /// `help imports`: what `import` and `score` read.
  static let imports = HelpTopic(
    "imports",
    "What import and score read, told by the content of a file.",
    columns: ["format", "kind", "summary"],
    rows: ImportFormat.all.map { format in
      [format.name, format.kind, format.summary.firstUppercased + "."]
    }
  )
}

extension String {
  fileprivate var firstUppercased: String { prefix(1).uppercased() + dropFirst() }
}
