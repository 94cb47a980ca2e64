internal import HostSystem
package import OrderedJSON
public import PromptTemplates

/// A prompt with everything it refers to, so that it can be read again where its files are not.
public struct PromptSnapshot: Hashable, Sendable {
  /// The prompt's name.
  public let name: String
  /// What errors call its file.
  private let title: String
  private let text: String
  private let partials: [String: String]
  private let schemas: [String: JSONValue]

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
    return try ExtractionPrompt(name: name, template: template, keptAs: self)
  }
}

extension PromptSnapshot {
  /// The prompt as a document: `name`, `title`, `text`, `partials` and `schemas` by name.
  package var json: JSONValue {
    [
      "name": .string(name), "title": .string(title), "text": .string(text),
      "partials": .object(
        JSONObject(partials.sorted { $0.key < $1.key }.map { ($0, .string($1)) })
      ),
      "schemas": .object(JSONObject(schemas.sorted { $0.key < $1.key }.map { ($0, $1) })),
    ]
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
  }
}
