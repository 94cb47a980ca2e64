internal import HostSystem
package import OrderedJSON
public import PromptTemplates
internal import TabularExtraction

/// A prompt with everything it refers to, so that it can be read again where its files are not.
public struct PromptSnapshot: Hashable, Sendable {
  /// The prompt's name.
  public let name: String
  /// What errors call its file.
  private let title: String
  private let text: String
  private let partials: [String: String]
  private let schemas: [String: JSONValue]
  /// The tables that it is to ask for instead of its own.
  private var schema: Schema?

  private struct Schema: Hashable {
    let name: String
    let text: JSONValue
  }

  /// Reads a prompt and keeps what it refers to.
  ///
  /// - Throws: `PromptError`; what the environment throws.
  public init(
    name: String,
    title: String,
    text: String,
    environment: PromptEnvironment
  ) throws {
    let partials = Lock<[String: String]>([:])
    let schemas = Lock<[String: JSONValue]>([:])
    var noting = environment
    noting.partials = { name in
      let text = try environment.partials(name)
      if let text { partials.withLock { $0[name] = text } }
      return text
    }
    noting.schemas = { name in
      let schema = try environment.schemas(name)
      if let schema { schemas.withLock { $0[name] = schema } }
      return schema
    }
    _ = try PromptTemplate(parsing: text, name: title, environment: noting)
    self.name = name
    self.title = title
    self.text = text
    self.partials = partials.withLock { $0 }
    self.schemas = schemas.withLock { $0 }
  }

  /// The prompt and its tables.
  ///
  /// - Throws: `PromptError`; ``TranscriptionError`` when it asks for no tables.
  public func prompt() throws -> ExtractionPrompt {
    let (partials, schemas) = (partials, schemas)
    let environment = PromptEnvironment(
      partials: { partials[$0] },
      schemas: { schemas[$0] }
    )
    let template = try PromptTemplate(parsing: text, name: title, environment: environment)
    let prompt = try ExtractionPrompt(name: name, template: template, keptAs: self)
    guard let schema else { return prompt }
    return prompt.asking(
      for: try TableSchema(name: schema.name, parsing: schema.text.rendered())
    )
  }
}

extension PromptSnapshot {
  /// The same prompt asking for other tables.
  func asking(for schema: TableSchema) -> PromptSnapshot {
    var copy = self
    copy.schema = Schema(name: schema.name, text: schema.source)
    return copy
  }

  /// The prompt as a document: `name`, `title`, `text`, `partials` and `schemas` by name, and as `schema`
  /// the tables that it is to ask for instead of its own.
  package var json: JSONValue {
    var object: JSONObject = [
      "name": .string(name), "title": .string(title), "text": .string(text),
      "partials": .object(
        JSONObject(partials.sorted { $0.key < $1.key }.map { ($0, .string($1)) })
      ),
      "schemas": .object(JSONObject(schemas.sorted { $0.key < $1.key }.map { ($0, $1) })),
    ]
    object["schema"] = schema.map { ["name": .string($0.name), "text": $0.text] }
    return .object(object)
  }

  init(_ reader: RecordReader) throws {
    name = try reader.string("name")
    title = try reader.string("title")
    text = try reader.string("text")
    let partials = reader.value["partials"]?.object?.members ?? []
    self.partials = Dictionary(
      partials.compactMap { member in member.value.string.map { (member.key, $0) } }
    ) { $1 }
    let schemas = reader.value["schemas"]?.object?.members ?? []
    self.schemas = Dictionary(schemas.map { ($0.key, $0.value) }) { $1 }
    if let own = reader.value["schema"], let name = own["name"]?.string, let text = own["text"] {
      schema = Schema(name: name, text: text)
    }
  }
}
