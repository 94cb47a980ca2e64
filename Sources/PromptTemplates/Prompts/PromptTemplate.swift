internal import OrderedJSON
internal import PlainText

/// A Dotprompt prompt, parsed once and rendered any number of times.
///
///     let template = try PromptTemplate(parsing: "Hello, {{name}}!", name: "greeting")
///     let prompt = try template.render(PromptData(input: ["name": "Ada"]))
///     // prompt.messages: one message of the user, "Hello, Ada!"
public struct PromptTemplate: Sendable {
  /// The file's or prompt's name, as errors show it.
  public let name: String
  /// What the front matter says, with schemas as JSON Schema.
  public let metadata: PromptMetadata
  /// The template below the front matter.
  public let body: String

  let template: ParsedTemplate
  let partials: PartialTable
  private let environment: PromptEnvironment
  private let policy: VariablePolicy

  /// Reads a prompt from text.
  ///
  /// - Throws: ``PromptError`` with the place of the fault.
  public init(
    parsing source: String,
    name: String,
    environment: PromptEnvironment = PromptEnvironment()
  ) throws(PromptError) {
    try self.init(parsing: Array(source.utf8), name: name, environment: environment)
  }

  /// Reads a prompt from the bytes of a file.
  ///
  /// - Throws: ``PromptError`` with the place of the fault, also for bytes that are not UTF-8.
  public init(
    parsing bytes: [UInt8],
    name: String,
    environment: PromptEnvironment = PromptEnvironment()
  ) throws(PromptError) {
    let document = try PromptDocument(PromptText(name: name, bytes: bytes))
    let isLenient = environment.mode == .lenient
    self.name = name
    self.environment = environment
    metadata = try document.metadata(schemas: environment.schemas, isLenient: isLenient)
    body = String(decoding: bytes[document.template], as: UTF8.self)
    let helpers = Helper.all(with: environment.helpers)
    template = try TemplateParser.parse(document.text, document.template, helpers: helpers)
    var partials = PartialTable(resolver: environment.partials, helpers: helpers)
    try partials.add(partialsOf: template)
    self.partials = partials
    policy = VariablePolicy(schema: metadata.inputSchema, isLenient: isLenient)
  }

  /// Whether a value for a variable can change what is rendered: the input schema allows it, or there is
  /// none.
  package func takes(_ variable: String) -> Bool {
    guard let schema = metadata.inputSchema else { return true }
    return VariablePolicy(schema: schema, isLenient: false).allowsMissing(variable)
  }

  /// Renders the prompt.
  ///
  /// - Parameters:
  ///   - data: Variables, conversation and context.
  ///   - options: Metadata that goes before the front matter's: a key replaces one of the same
  ///     name; `config` and `input.default` are merged member by member.
  /// - Throws: ``PromptError`` for an unknown or missing variable (when strict), a partial that is
  ///   missing or has no end, and whatever a helper throws.
  public func render(
    _ data: PromptData = PromptData(),
    options: PromptMetadata? = nil
  ) throws(PromptError)
    -> RenderedPrompt
  {
    let metadata = options.map(self.metadata.overridden) ?? self.metadata
    var input = metadata.inputDefaults
    for (name, value) in data.input.members { input[name] = value }
    if policy.isStrict { try check(input, metadata.inputSchema) }
    let renderer = Renderer(partials: partials, policy: policy, log: environment.log)
    let root = DataFrame(
      .root(data.context) { name in
        switch name {
        case "root": .object(input)
        case "metadata": Self.dataMetadata(metadata, data)
        default: nil
        }
      },
      parent: nil
    )
    let text = try renderer.render(template, input: .object(input), data: root)
    let messages = MessageAssembler.messages(of: text, history: data.messages)
    return RenderedPrompt(metadata: metadata, messages: messages)
  }

  /// The value of `@metadata`.
  private static func dataMetadata(_ metadata: PromptMetadata, _ data: PromptData) -> JSONValue {
    var prompt = metadata.json
    prompt["input"] = nil
    var members: JSONObject = [
      "prompt": .object(prompt), "messages": .array(data.messages.map(\.json)),
    ]
    members["docs"] = data.documents
    return .object(members)
  }

  /// Makes sure that what is required is given, and that a choice is one of those there are.
  private func check(_ input: JSONObject, _ schema: JSONValue?) throws(PromptError) {
    for name in schema?["required"]?.array ?? [] {
      guard let name = name.string, input[name] == nil else { continue }
      throw PromptError(
        .unknownVariable,
        "the input \(name) is required and not given",
        hint: "give \(name) a value",
        at: place(of: name)
      )
    }
    for (name, property) in schema?["properties"]?.object?.members ?? [] {
      guard let choices = property["enum"]?.array, let value = input[name],
        !choices.contains(value)
      else { continue }
      let due = choices.filter { !$0.isNull }.map(JavaScriptText.text)
      let near = Suggestion.nearest(to: JavaScriptText.text(of: value), among: due)
      throw PromptError(
        .value,
        "the input \(name) cannot be \(value.rendered())",
        hint: "it is one of \(due.joined(separator: ", "))"
          + (near.map { "; did you mean \($0)?" } ?? ""),
        at: place(of: name)
      )
    }
  }

  /// Where an input is used first; else where the prompt begins.
  private func place(of input: String) -> PromptLocation {
    uses.first { $0.kind == .input(input) }?.location ?? template.text.location(of: 0)
  }
}

extension PromptDocument {
  /// The metadata of the front matter; empty when there is none.
  fileprivate func metadata(
    schemas: @escaping SchemaResolver,
    isLenient: Bool
  ) throws(PromptError)
    -> PromptMetadata
  {
    guard let frontMatter else { return PromptMetadata() }
    let reader = FrontMatterReader(
      text: text,
      firstLine: frontMatterLine,
      schemas: schemas,
      isLenient: isLenient
    )
    return try reader.metadata(frontMatter)
  }
}

extension PromptMetadata {
  /// The metadata with that of the options before it.
  func overridden(by options: PromptMetadata) -> PromptMetadata {
    var merged = self
    merged.name = options.name ?? name
    merged.description = options.description ?? description
    merged.variant = options.variant ?? variant
    merged.version = options.version ?? version
    merged.model = options.model ?? model
    merged.tools = options.tools ?? tools
    merged.toolDefinitions = options.toolDefinitions ?? toolDefinitions
    merged.output = options.output ?? output
    merged.outputSchemaName = options.output == nil ? outputSchemaName : options.outputSchemaName
    for (key, value) in options.config.members { merged.config[key] = value }
    for (key, value) in options.ext.members { merged.ext[key] = value }
    if let input = options.input {
      let defaults = inputDefaults.members + options.inputDefaults.members
      merged.input = self.input ?? JSONObject()
      for (key, value) in input.members { merged.input?[key] = value }
      if !defaults.isEmpty {
        merged.input?["default"] = .object(JSONObject(defaults.map { ($0.key, $0.value) }))
      }
    }
    return merged
  }
}
