internal import CommandLineInterface

/// `lab`: change a prompt, and know whether it got better.
enum LabCommand {
  static let command = Command(
    "lab",
    abstract: "Try variants of a prompt side by side, and know which is better",
    examples: [
      .init("tabscribe lab run lab.yaml", "asks what was not asked before, and scores it")
    ],
    subcommands: [LabRunCommand.command]
  )
}
