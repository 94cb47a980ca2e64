package import OrderedJSON
internal import TabularExtraction

/// Looks at an output schema as the service will.
package struct SchemaLinter: Sendable {
  /// The deepest nesting of a schema that the service is known to take without trouble.
  ///
  /// A table of flat objects has a depth of 4: object, array, object, value.
  static let greatestDepth = 6

  /// The listed values of a schema, all together, that the service is known to take.
  ///
  /// No limit is published; users report refusals from a few hundred on.
  static let greatestEnumCount = 200

  /// The keywords of `responseJsonSchema` that have an effect.
  ///
  /// Source: Gemini API discovery document of 2026-08-31, `GenerationConfig.responseJsonSchema`;
  /// `nullable` is that of `responseSchema`. Those with `x-` are removed before sending.
  private static let known: Set<String> = [
    "$id", "$defs", "$ref", "$anchor", "$schema", "type", "format", "title", "description", "enum",
    "items", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf",
    "properties", "additionalProperties", "required", "propertyOrdering", "nullable",
  ]

  private let name: String
  private var findings: [LintFinding] = []
  private var enumCount = 0
  private var depth = 0

  private init(name: String) { self.name = name }

  /// What is wrong with a schema; empty when nothing is.
  package static func findings(_ schema: JSONValue, name: String) -> [LintFinding] {
    var linter = SchemaLinter(name: name)
    linter.walk(schema, path: "", level: 1)
    if linter.depth > greatestDepth {
      linter.add(.schemaDepth, "the schema is nested \(linter.depth) levels deep")
    }
    if linter.enumCount > greatestEnumCount {
      linter.add(.enumSize, "the schema lists \(linter.enumCount) values in all")
    }
    return linter.findings
  }

  /// Why a schema in a file of its own describes no tables; empty when it does.
  package static func tableFindings(_ schema: JSONValue, name: String) -> [LintFinding] {
    do throws(TableSchemaError) {
      _ = try TableSchema(name: name, parsing: schema.rendered())
      return []
    } catch {
      let place = error.path.isEmpty ? "" : error.path + ": "
      return [LintFinding(.schemaTables, in: name, place + error.problem)]
    }
  }

  private mutating func add(_ rule: LintRule, _ message: String) {
    findings.append(LintFinding(rule, in: name, message))
  }

  private mutating func walk(_ schema: JSONValue, path: String, level: Int) {
    guard let members = schema.object, level <= 64 else { return }
    depth = max(depth, level)
    checkKeywords(members, path)
    checkOrder(members, path)
    enumCount += members["enum"]?.array?.count ?? 0
    for group in ["properties", "$defs"] {
      for (key, value) in members[group]?.object?.members ?? [] {
        walk(value, path: path + "/" + key, level: level + 1)
      }
    }
    for list in ["anyOf", "oneOf", "prefixItems"] {
      for value in members[list]?.array ?? [] { walk(value, path: path, level: level) }
    }
    if let items = members["items"] { walk(items, path: path + "[]", level: level + 1) }
  }

  private mutating func checkKeywords(_ members: JSONObject, _ path: String) {
    for key in members.keys where !Self.known.contains(key) && !key.hasPrefix("x-") {
      add(
        .schemaKeyword,
        "\(key) at \(path.isEmpty ? "the top" : path) has no effect or is refused"
      )
    }
  }

  private mutating func checkOrder(_ members: JSONObject, _ path: String) {
    guard let properties = members["properties"]?.object?.keys else { return }
    for key in ["required", "propertyOrdering"] {
      guard let list = members[key]?.array?.compactMap(\.string) else { continue }
      let expected = properties.filter(list.contains)
      let place = path.isEmpty ? "the top" : path
      if list.contains(where: { !properties.contains($0) }) {
        add(.schemaOrder, "\(key) at \(place) names what properties lack")
      } else if list != expected || (key == "propertyOrdering" && list.count < properties.count) {
        add(.schemaOrder, "\(key) at \(place) is not in the order of properties")
      }
    }
  }
}
