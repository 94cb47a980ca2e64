internal import OrderedJSON
internal import YAMLDocuments

/// Reads the front matter of a prompt into metadata.
struct FrontMatterReader {
  let text: PromptText
  /// The line of the file the front matter begins on, from 0.
  let firstLine: Int
  let schemas: SchemaResolver
  /// Whether a key with a value of the wrong type is left out instead of refused.
  let isLenient: Bool

  func metadata(_ range: Range<Int>) throws(PromptError) -> PromptMetadata {
    var metadata = PromptMetadata()
    metadata.raw = JSONObject()
    guard let root = try document(range) else { return metadata }
    guard case .mapping(let entries) = root.content else {
      if case .scalar(.null) = root.content { return metadata }
      throw error("the front matter must be a list of keys with values", at: root.mark)
    }
    metadata.raw = root.json.object
    for entry in entries { try read(entry, into: &metadata) }
    return metadata
  }

  private func document(_ range: Range<Int>) throws(PromptError) -> YAMLNode? {
    do {
      return try YAMLReader.document(text.bytes[range])
    } catch {
      throw self.error(error.problem, at: error.mark)
    }
  }

  private func read(
    _ entry: YAMLNode.Entry,
    into metadata: inout PromptMetadata
  ) throws(PromptError) {
    switch entry.key {
    case "name": metadata.name = try label(entry)
    case "description": metadata.description = try label(entry)
    case "variant": metadata.variant = try label(entry)
    case "version": metadata.version = try label(entry)
    case "model": metadata.model = try label(entry)
    case "config": metadata.config = try object(entry) ?? JSONObject()
    case "input": metadata.input = try withSchema(entry)
    case "output":
      metadata.output = try withSchema(entry)
      metadata.outputSchemaName = schemaName(entry)
    case "tools": metadata.tools = try array(entry)
    case "toolDefs": metadata.toolDefinitions = try array(entry)
    case "ext": merge(try object(entry) ?? JSONObject(), into: &metadata.ext)
    case "raw": _ = try object(entry)
    default: extend(&metadata.ext, with: entry)
    }
  }

  /// Adds a dotted key; the part before the last dot is the namespace.
  private func extend(_ ext: inout JSONObject, with entry: YAMLNode.Entry) {
    guard let dot = entry.key.lastIndex(of: ".") else { return }
    let namespace = String(entry.key[..<dot])
    var members = ext[namespace]?.object ?? JSONObject()
    members[String(entry.key[entry.key.index(after: dot)...])] = entry.value.json
    ext[namespace] = .object(members)
  }

  private func merge(_ members: JSONObject, into ext: inout JSONObject) {
    for (key, value) in members.members {
      guard var present = ext[key]?.object, let added = value.object else {
        ext[key] = value
        continue
      }
      for (key, value) in added.members { present[key] = value }
      ext[key] = .object(present)
    }
  }

  /// A key with a `schema` in it, which becomes JSON Schema.
  private func withSchema(_ entry: YAMLNode.Entry) throws(PromptError) -> JSONObject? {
    guard var members = try object(entry) else { return nil }
    if let value = members["default"], value.object == nil, !value.isNull {
      members["default"] = nil
      try refuse(entry.value["default"] ?? entry, due: "an object")
    }
    guard let schema = entry.value["schema"] else { return members }
    let reader = PicoschemaReader(schemas: schemas) { message, code, mark in
      PromptError(code, message, at: location(mark))
    }
    members["schema"] = try reader.schema(schema.value)
    return members
  }

  private func schemaName(_ entry: YAMLNode.Entry) -> String? {
    guard case .scalar(.string(let text))? = entry.value["schema"]?.value.content else {
      return nil
    }
    let name = PicoschemaReader.divided(text).type
    return PicoschemaReader.scalarTypes.contains(name) ? nil : name
  }

  /// A text; numbers are taken as written, since `version: 2` is meant as one.
  private func label(_ entry: YAMLNode.Entry) throws(PromptError) -> String? {
    switch entry.value.json {
    case .null: return nil
    case .string(let text): return text
    case .number(let number): return number.text
    default:
      try refuse(entry, due: "a text")
      return nil
    }
  }

  private func object(_ entry: YAMLNode.Entry) throws(PromptError) -> JSONObject? {
    let value = entry.value.json
    if value.object == nil, !value.isNull { try refuse(entry, due: "an object") }
    return value.object
  }

  private func array(_ entry: YAMLNode.Entry) throws(PromptError) -> [JSONValue]? {
    let value = entry.value.json
    if value.array == nil, !value.isNull { try refuse(entry, due: "a list") }
    return value.array
  }

  private func refuse(_ entry: YAMLNode.Entry, due: String) throws(PromptError) {
    if isLenient { return }
    throw error("\(entry.key) must be \(due)", at: entry.value.mark)
  }

  private func error(_ problem: String, at mark: YAMLMark) -> PromptError {
    PromptError(.frontMatter, problem, at: location(mark))
  }

  private func location(_ mark: YAMLMark) -> PromptLocation {
    text.location(line: firstLine + mark.line + 1, column: mark.column + 1)
  }
}
