internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptionRuns

/// `prompts path`: where a prompt's file is.
enum PromptsPathCommand {
  private static let name = RequiredOperand(
    .libraryName(.prompts),
    help: "a prompt's name"
  )

  static let command = Command(
    "path",
    abstract: "Print the file a prompt comes from",
    examples: [.init("tabscribe prompts path mine", "prompts/mine.prompt")],
    operands: [name],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let item = try LibraryLookup(.prompts, context.workplace).item(arguments[name])
    if context.isJSON {
      context.print(json: .object(item.jsonDescription))
      return .done
    }
    guard case .embedded = item.origin else {
      context.print(contents: item.origin.description + "\n")
      return .done
    }
    throw CommandError(
      "\(SafeText.line(item.name)) is built into the program and has no file.",
      remedy: "tabscribe prompts new \(SafeText.line(item.name)) makes a copy to change."
    )
  }
}
