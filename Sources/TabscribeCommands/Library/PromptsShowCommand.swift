internal import CommandLineInterface
internal import OrderedJSON
internal import PromptTemplates
internal import TranscriptionRuns

/// `prompts show`: the file of one prompt, and which file that is.
enum PromptsShowCommand {
  private static let name = RequiredOperand(
    .libraryName(.prompts),
    help: "a prompt's name or path"
  )

  static let command = Command(
    "show",
    abstract: "Show a prompt, and which file it comes from",
    examples: [
      .init("tabscribe prompts show transcribe", "its text; on standard error, its file"),
      .init("tabscribe prompts show sounds --json", "with its model, schema and digest"),
    ],
    discussion: """
      Names are looked for in ./prompts, then in the user's configuration folder, then in the \
      program. With --json: the text, its schema, the model and the digest that runs record. \
      tabscribe prompts new makes a copy to change.
      """,
    operands: [name],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = PromptLookup(context.workplace)
    guard context.isJSON else {
      // The file as it is: also one that cannot be parsed can be looked at.
      let item = try lookup.prompts.item(arguments[name]).nonEmpty()
      context.status.message(item.explanation)
      context.print(contents: item.text)
      return .done
    }
    let item = try lookup.prompts.item(arguments[name]).nonEmpty()
    let template = try lookup.template(item)
    var object = item.jsonDescription
    for (key, value) in template.summary.members where object[key] == nil { object[key] = value }
    object["digest"] = .string(template.digest)
    object["text"] = .string(item.text)
    context.print(json: .object(object))
    return .done
  }
}

extension PromptTemplate {
  /// What a list of prompts says of each one; what is not stated is null.
  var summary: JSONObject {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "description": text(metadata.description),
      "model": text(metadata.model),
      "schema": text(metadata.outputSchemaName),
      "config": .object(metadata.config),
      "isRecipe": .bool(metadata.recipe != nil),
    ]
  }
}
