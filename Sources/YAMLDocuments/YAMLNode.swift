public import OrderedJSON

/// A YAML value with its place.
public struct YAMLNode {
  /// What a value holds.
  public enum Content {
    case scalar(JSONValue)
    case sequence([YAMLNode])
    case mapping([Entry])
  }

  /// A key of a mapping with its value.
  public struct Entry {
    /// The key.
    public let key: String
    /// Where the key stands.
    public let mark: YAMLMark
    /// The value.
    public let value: YAMLNode
  }

  /// What the value holds.
  public let content: Content
  /// Where the value begins.
  public let mark: YAMLMark

  /// The value without places.
  public var json: JSONValue {
    switch content {
    case .scalar(let value): value
    case .sequence(let nodes): .array(nodes.map(\.json))
    case .mapping(let entries):
      .object(JSONObject(uniqueMembers: entries.map { ($0.key, $0.value.json) }))
    }
  }

  /// The entry of a mapping.
  public subscript(key: String) -> Entry? {
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
public struct YAMLMark: Hashable, Sendable {
  /// The line, from 0.
  public let line: Int
  /// The column in characters, from 0.
  public let column: Int
}

/// Why a text is no YAML that can be used.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found or missing.
  public let problem: String
  /// Where.
  public let mark: YAMLMark

  /// The problem with its line and column, both from 1.
  public var description: String { "line \(mark.line + 1), column \(mark.column + 1): \(problem)" }
}
