internal import CommandLineInterface
internal import TranscriptionRuns

extension HelpTopic {
  /// `help lists`: what a list of sources looks like.
  static let lists = HelpTopic(
    "lists",
    "Files that list sources, for transcribe, plan and batch submit; - reads one from standard "
      + "input. A list is checked whole before anything is sent. A source is a path, an https address, a "
      + "video of YouTube, an object as gs://bucket/talk.mp4 or s3://bucket/talk.mp4, or files/ID; folders, "
      + "and addresses in buckets that end with a slash, stand for all media below them on the command line.",
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
