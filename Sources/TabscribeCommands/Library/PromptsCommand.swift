internal import CommandLineInterface

/// The group `prompts`.
enum PromptsCommand {
  static let command = Command(
    "prompts",
    abstract: "List, show, render and compare the prompts",
    examples: [
      .init("tabscribe prompts list", "every prompt by name"),
      .init("tabscribe prompts show transcribe", "its text, and which file it comes from"),
      .init("tabscribe prompts diff transcribe voices", "what is different, word by word"),
    ],
    subcommands: [
      PromptsListCommand.command, PromptsShowCommand.command, PromptsRenderCommand.command,
      PromptsDiffCommand.command, PromptsLintCommand.command, PromptsNewCommand.command,
      PromptsPathCommand.command,
    ]
  )
}
