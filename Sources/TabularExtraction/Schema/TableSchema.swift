internal import Digests
public import OrderedJSON

/// The tables a reply is to hold: a JSON Schema whose top-level properties are arrays of flat
/// objects.
///
/// The columns, their types, roles and order stand here and nowhere else; what the model is told,
/// how its reply is read, and the columns of every output derive from it.
public struct TableSchema: Sendable {
  /// The schema's name.
  public let name: String
  /// The tables, in the order in which they are written.
  public let tables: [TableDefinition]
  /// The schema as it was read.
  public let source: JSONValue

  /// Reads a schema.
  ///
  /// - Parameters:
  ///   - name: The name that errors use.
  ///   - text: JSON Schema with the keywords `x-table`, `x-role` and `x-references`.
  /// - Throws: ``TableSchemaError`` when the text is not JSON or does not describe tables.
  public init(name: String, parsing text: String) throws(TableSchemaError) {
    do {
      source = try JSONValue(parsing: text)
    } catch {
      throw TableSchemaError(schema: name, path: "", problem: error.description)
    }
    self.name = name
    tables = try SchemaReader(schema: name).tables(of: source)
  }

  /// The SHA-256 of the schema without its white space, in hexadecimal.
  public var digest: String { SHA256.hexadecimal(of: source.rendered()) }

  /// The table of a name: the property's, else the table's.
  public func table(named name: String) -> TableDefinition? {
    tables.first { $0.property == name } ?? tables.first { $0.name == name }
  }
}
