internal import CommandLineInterface
internal import TranscriptionRuns

extension HelpTopic {
  /// `help lists`: what a list of sources looks like.
  static let lists = HelpTopic(
    "lists",
    "Files that list sources, for transcribe, plan and batch submit; - reads one from standard "
      + "input. A list is checked whole before anything is sent.",
    columns: ["list", "form", "summary"],
    rows: SourceListFile.Form.allCases.map { [".\($0.rawValue)", $0.title, $0.summary] }
      + [
        [
          "columns", "what may be given for a source",
          (["source"] + ListedSource.Fact.allCases.map(\.rawValue) + TranscriptionOptions.listable)
            .joined(separator: ", ") + ".",
        ]
      ]
  )
}
