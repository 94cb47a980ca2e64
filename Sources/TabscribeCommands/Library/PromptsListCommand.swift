internal import CommandLineInterface
internal import EmbeddedLibrary
internal import OrderedJSON

/// `prompts list`: the prompts by name.
enum PromptsListCommand {
  static let command = Command(
    "list",
    abstract: "List the prompts",
    examples: [.init("tabscribe prompts list", "every prompt by name")],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let names = EmbeddedLibrary.prompts.files.map(\.name)
    if context.isJSON {
      context.print(json: ["prompts": .array(names.map { .string($0) })])
    } else {
      for name in names { context.print(name) }
    }
    return .done
  }
}
