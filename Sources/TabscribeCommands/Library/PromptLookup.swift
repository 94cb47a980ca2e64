internal import CommandLineInterface
internal import OrderedJSON
internal import PromptTemplates

/// Reads prompts with the partials and schemas they name, each by the same order of lookup.
struct PromptLookup: Sendable {
  /// Where prompts and partials are looked for.
  let prompts: LibraryLookup
  /// Where schemas are looked for.
  let schemas: LibraryLookup

  init(_ context: CommandContext) {
    prompts = LibraryLookup(.prompts, context)
    schemas = LibraryLookup(.schemas, context)
  }

  /// The prompt of a name or path, and the file it comes from.
  ///
  /// - Throws: `CommandError` when there is no such file; `PromptError` when it cannot be read.
  func template(_ reference: String) throws -> (template: PromptTemplate, item: LibraryLookup.Item)
  {
    let item = try prompts.item(reference)
    return (try template(item), item)
  }

  /// The prompt in a file that was found.
  func template(_ item: LibraryLookup.Item) throws(PromptError) -> PromptTemplate {
    let name = if case .embedded = item.origin { item.name } else { item.origin.description }
    return try PromptTemplate(parsing: item.bytes, name: name, environment: environment)
  }

  /// What prompts may refer to.
  var environment: PromptEnvironment {
    PromptEnvironment(
      partials: { name in try prompts.found("_" + name)?.text },
      schemas: { name in
        guard let item = try schemas.found(name) else { return nil }
        return try JSONValue(parsing: item.text)
      }
    )
  }
}
