internal import OrderedJSON
package import PromptTemplates

/// Reads prompts with the partials and schemas they name, each by the same order of lookup.
package struct PromptLookup: Sendable {
  /// Where prompts are looked for.
  package let prompts: LibraryLookup
  /// Where partials are looked for.
  package let partials: LibraryLookup
  /// Where schemas are looked for.
  package let schemas: LibraryLookup
  /// How strictly prompts are read.
  package let mode: PromptEnvironment.Mode

  /// - Parameters:
  ///   - partials: A folder of partials that goes before the others.
  ///   - schemas: A folder of schemas that goes before the others.
  package init(
    _ place: Workplace,
    partials: String? = nil,
    schemas: String? = nil,
    mode: PromptEnvironment.Mode = .strict
  ) {
    prompts = LibraryLookup(.prompts, place)
    self.partials = LibraryLookup(.prompts, place, given: partials.map { [$0] } ?? [])
    self.schemas = LibraryLookup(.schemas, place, given: schemas.map { [$0] } ?? [])
    self.mode = mode
  }

  /// The prompt of a name or path, and the file it comes from.
  ///
  /// - Throws: `Refusal` when there is no such file; `PromptError` when it cannot be read.
  package func template(
    _ reference: String
  ) throws -> (template: PromptTemplate, item: LibraryLookup.Item) {
    let item = try prompts.item(reference)
    return (try template(item), item)
  }

  /// The prompt in a file that was found.
  package func template(_ item: LibraryLookup.Item) throws(PromptError) -> PromptTemplate {
    let name = if case .embedded = item.origin { item.name } else { item.origin.description }
    return try PromptTemplate(parsing: item.bytes, name: name, environment: environment)
  }

  /// What prompts may refer to.
  package var environment: PromptEnvironment {
    PromptEnvironment(
      mode: mode,
      partials: { name in try partial(name)?.text },
      schemas: { name in
        guard let item = try schemas.found(name) else { return nil }
        return try JSONValue(parsing: item.text)
      }
    )
  }

  /// A partial, which Dotprompt marks by an underscore before its name; in a folder of partials
  /// the mark may be missing.
  private func partial(_ name: String) throws(Refusal) -> LibraryLookup.Item? {
    if let marked = try partials.found("_" + name) { return marked }
    return try partials.found(name)
  }
}
