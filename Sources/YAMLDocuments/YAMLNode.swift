package import OrderedJSON

/// A YAML value with its place.
package struct YAMLNode {
  /// What a value holds.
  package enum Content {
    case scalar(JSONValue)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key of a mapping with its value.
  package struct Entry {
    /// The key.
    package let key: String
    /// Where the key stands.
    package let mark: YAMLMark
    /// The value.
    package let value: YAMLNode
  }

  /// What the value holds.
  package let content: Content
  /// Where the value begins.
  package let mark: YAMLMark

  /// The value without places.
  package var json: JSONValue {
    switch content {
    case .scalar(let value): value
    case .sequence(let nodes): .array(nodes.map(\.json))
    case .mapping(let entries):
      .object(JSONObject(uniqueMembers: entries.map { ($0.key, $0.value.json) }))
    }
  }

  /// The entry of a mapping.
  package subscript(key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }

  /// The number of values in the tree, this one included.
  var count: Int {
    switch content {
    case .scalar: 1
    case .sequence(let nodes): nodes.reduce(1) { $0 + $1.count }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.value.count }
    }
  }
}

/// A place in a YAML text; line and column count from 0, the column in characters.
package struct YAMLMark: Hashable, Sendable {
  /// The line, from 0.
  package let line: Int
  /// The column in characters, from 0.
  package let column: Int
}

/// Why a text is no YAML that can be used.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found or missing.
  package let problem: String
  /// Where.
  package let mark: YAMLMark

  /// The problem with its line and column, both from 1.
  package var description: String { "line \(mark.line + 1), column \(mark.column + 1): \(problem)" }
}
