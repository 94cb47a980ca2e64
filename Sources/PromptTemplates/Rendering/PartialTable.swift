/// Finds the text of a partial by its name; `nil` when there is none.
public typealias PartialResolver = @Sendable (_ name: String) throws -> String?

/// The partials a template can reach by fixed names, parsed, and how to find the others.
struct PartialTable: Sendable {
  private(set) var templates: [String: ParsedTemplate] = [:]
  /// The names in order of first use, for the prompt's identity.
  private(set) var names: [String] = []
  private let resolver: PartialResolver
  private let helpers: [String: Helper]

  /// The most partials one prompt may reach.
  static let maximumCount = 1000

  init(resolver: @escaping PartialResolver, helpers: [String: Helper]) {
    self.resolver = resolver
    self.helpers = helpers
  }

  /// Finds and parses the partials of a template, and theirs.
  mutating func add(partialsOf template: ParsedTemplate) throws(PromptError) {
    var waiting = template.partialNames
    var next = 0
    while next < waiting.count {
      let name = waiting[next]
      next += 1
      if templates[name] != nil { continue }
      guard let partial = try parsed(name) else { continue }
      guard names.count < Self.maximumCount else {
        throw PromptError(.limit, "the prompt reaches more than \(Self.maximumCount) partials")
      }
      templates[name] = partial
      names.append(name)
      waiting += partial.partialNames
    }
  }

  /// The partial of a name, also of one that was computed.
  func template(named name: String) throws(PromptError) -> ParsedTemplate? {
    if let template = templates[name] { return template }
    return try parsed(name)
  }

  private func parsed(_ name: String) throws(PromptError) -> ParsedTemplate? {
    let source: String?
    do {
      source = try resolver(name)
    } catch let error as PromptError {
      throw error
    } catch {
      throw PromptError(.unknownPartial, "the partial \(name) cannot be read: \(error)")
    }
    guard let source else { return nil }
    let text = PromptText(name: "partial \(name)", bytes: Array(source.utf8))
    return try TemplateParser.parse(text, helpers: helpers)
  }
}
