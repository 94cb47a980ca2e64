internal import CommandLineInterface

/// The group `models`.
enum ModelsCommand {
  static let command = Command(
    "models",
    abstract: "List the models with their limits, rates and prices",
    examples: [
      .init("tabscribe models list", "every model that answers, with its price of today"),
      .init("tabscribe models show gemini-3.8-flash", "everything known about one"),
      .init("tabscribe models update models.json", "newer data, with what they change"),
    ],
    discussion: """
      Facts about models age. They come from a dated file in the program; a models.json in the \
      configuration folder goes before it, model by model and member by member. models update takes \
      newer data, and doctor tells when the service contradicts those in use.
      """,
    subcommands: [
      ModelsListCommand.command, ModelsShowCommand.command, ModelsUpdateCommand.command,
    ]
  )

  /// Whose limits and prices are shown.
  static let platform = ValueOption(
    "backend",
    .choice("NAME", of: ModelPlatformName.all),
    help: "ai-studio (default) or agent-platform"
  )
}
