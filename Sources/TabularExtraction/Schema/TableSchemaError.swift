/// Why a schema does not describe tables, and where.
public struct TableSchemaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The schema's name.
  public let schema: String
  /// The place in the schema, such as `properties.speakers.items`; empty for the whole.
  public let path: String
  /// What was expected and what was found.
  public let problem: String

  /// The problem with its place.
  public var description: String {
    "schema \(schema)" + (path.isEmpty ? "" : ", \(path)") + ": " + problem
  }
}
