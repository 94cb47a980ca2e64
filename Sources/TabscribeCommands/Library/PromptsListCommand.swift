internal import CommandLineInterface
internal import OrderedJSON
internal import PromptTemplates
internal import TranscriptionRuns

/// `prompts list`: the prompts by name.
enum PromptsListCommand {
  static let command = Command(
    "list",
    abstract: "List the prompts",
    examples: [.init("tabscribe prompts list", "every prompt by name")],
    discussion: "A recipe asks about transcripts that are there: tabscribe derive. The others ask "
      + "about videos.",
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = PromptLookup(context.workplace)
    var table = TextTable([
      .words("name"), .words("kind"), .words("what it asks for", mayShrink: true),
      .words("from"),
    ])
    var entries: [JSONValue] = []
    for name in lookup.prompts.names {
      guard let item = try lookup.prompts.found(name) else { continue }
      // One broken file must not hide the others; `show --json` says what is wrong with it.
      let template = try? lookup.template(item)
      let description = template.map { $0.metadata.description ?? "" } ?? "(broken)"
      let kind = template?.metadata.recipe == nil ? "" : "recipe"
      table.add([name, kind, description, item.origin.description])
      var entry: JSONObject = ["name": .string(name), "path": item.origin.json]
      for (key, value) in template?.summary.members ?? [] { entry[key] = value }
      entries.append(.object(entry))
    }
    if context.isJSON {
      context.print(json: ["prompts": .array(entries)])
    } else {
      context.print(table)
    }
    return .done
  }
}
