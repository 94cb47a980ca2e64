internal import CommandLineInterface
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
    let lookup = LibraryLookup(.prompts, context)
    var table = TextTable([.words("name"), .words("from")])
    var entries: [JSONValue] = []
    for name in lookup.names {
      guard let item = try lookup.found(name) else { continue }
      table.add([name, item.origin.description])
      entries.append(["name": .string(name), "path": item.origin.json])
    }
    if context.isJSON {
      context.print(json: ["prompts": .array(entries)])
    } else {
      context.print(table)
    }
    return .done
  }
}
