internal import CommandLineInterface
internal import PromptLab
internal import RunStore
internal import Transcribing

/// `lab`: change a prompt, and know whether it got better.
enum LabCommand {
  static let command = Command(
    "lab",
    abstract: "Try variants of a prompt side by side, and know which is better",
    examples: [
      .init("tabscribe lab run lab.yaml", "asks what was not asked before, and scores it"),
      .init("tabscribe lab report lab.yaml --html lab.html", "a page with moments to play"),
      .init("tabscribe lab gate lab.yaml --baseline main", "for a build server: 100 when it fails"),
    ],
    subcommands: [
      LabRunCommand.command,
      LabReportCommand.command,
      LabGateCommand.command,
      LabBaselineCommand.command,
      LabHistoryCommand.command,
      LabBestCommand.command,
      LabRestoreCommand.command,
      LabWatchCommand.command,
    ]
  )
}

extension RunSummary {
  /// Whether it is a run of a lab, whose results are for its comparison and stay in the run store.
  var isOfLab: Bool { arguments.first == LabCommand.command.name }
}

extension BatchRun {
  /// Whether a lab has handed it in.
  var isOfLab: Bool { run.summary.isOfLab }
}
