internal import OrderedJSON

/// A YAML value with its place.
struct YAMLNode {
  enum Content {
    case scalar(JSONValue)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  struct Entry {
    let key: String
    let mark: YAMLMark
    let value: YAMLNode
  }

  let content: Content
  let mark: YAMLMark

  /// The value without places.
  var json: JSONValue {
    switch content {
    case .scalar(let value): value
    case .sequence(let nodes): .array(nodes.map(\.json))
    case .mapping(let entries):
      .object(JSONObject(uniqueMembers: entries.map { ($0.key, $0.value.json) }))
    }
  }

  /// The entry of a mapping.
  subscript(key: String) -> Entry? {
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
struct YAMLMark: Hashable {
  let line: Int
  let column: Int
}

/// Why a text is no YAML that can be used.
struct YAMLError: Error {
  let problem: String
  let mark: YAMLMark
}
