internal import CommandLineInterface

/// The group `prompts`.
enum PromptsCommand {
  static let command = Command(
    "prompts",
    abstract: "List and show the prompts",
    examples: [
      .init("tabscribe prompts list", "every prompt by name"),
      .init("tabscribe prompts show transcribe", "its text, and which file it comes from"),
    ],
    subcommands: [PromptsListCommand.command, PromptsShowCommand.command]
  )
}
