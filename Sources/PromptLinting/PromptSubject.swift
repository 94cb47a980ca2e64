internal import OrderedJSON
package import PromptTemplates
internal import TabularExtraction

/// A prompt as the rules look at it.
package struct PromptSubject: Sendable {
  /// A run of literal text.
  struct Passage {
    let text: String
    let use: TemplateUse
    /// Whether it is there in some renderings only.
    var isConditional: Bool { use.depth > 0 }
  }

  /// The prompt's name.
  package let name: String
  let template: PromptTemplate
  let uses: [TemplateUse]
  let passages: [Passage]
  /// The tables asked for; `nil` when the output schema describes none.
  let schema: TableSchema?

  /// A prompt to look at.
  package init(name: String, template: PromptTemplate) {
    self.name = name
    self.template = template
    uses = template.uses
    passages = uses.compactMap { use in
      if case .text(let text) = use.kind { Passage(text: text, use: use) } else { nil }
    }
    schema = template.metadata.outputSchema.flatMap { source in
      try? TableSchema(name: name, parsing: source.rendered())
    }
  }

  /// The whole text, each variable a blank.
  var text: String { passages.map(\.text).joined(separator: " ") }

  /// The inputs that are shown as media.
  var mediaInputs: Set<String> {
    var names: Set<String> = []
    for (use, next) in zip(uses, uses.dropFirst()) {
      if use.kind == .helper("media"), case .input(let name) = next.kind { names.insert(name) }
    }
    return names
  }

  /// Whether the prompt is about a video: recipes work on the words of a finished transcript.
  var asksAboutMedia: Bool {
    let inputs = template.metadata.inputSchema?["properties"]
    return schema != nil && template.metadata.recipe == nil
      && (inputs?["transcript"] == nil || inputs?["video"] != nil)
  }

  func finding(
    _ rule: LintRule,
    _ message: String,
    at location: PromptLocation? = nil
  ) -> LintFinding {
    LintFinding(rule, in: name, message, at: location)
  }

  /// The lines of all passages with their places.
  func lines() -> [(text: Substring, location: () -> PromptLocation)] {
    passages.flatMap { passage in
      passage.text.split(separator: "\n").map { line in
        let offset = passage.text.utf8.distance(
          from: passage.text.startIndex,
          to: line.startIndex
        )
        return (line, { passage.use.location(after: offset) })
      }
    }
  }
}
