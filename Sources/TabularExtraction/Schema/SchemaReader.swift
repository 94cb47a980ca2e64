internal import OrderedJSON
internal import TranscriptModel

/// Reads the tables and columns out of a JSON Schema.
struct SchemaReader {
  let schema: String

  func tables(of root: JSONValue) throws(TableSchemaError) -> [TableDefinition] {
    let properties = try orderedProperties(of: root, path: "")
    var tables: [TableDefinition] = []
    for (property, value) in properties {
      let table = try table(property, value, path: "properties.\(property)")
      if tables.contains(where: { $0.name == table.name }) {
        throw fault("a second table with the name \(table.name)", "properties.\(property)")
      }
      tables.append(table)
    }
    try checkReferences(in: tables)
    return tables
  }

  private func table(
    _ property: String,
    _ value: JSONValue,
    path: String
  ) throws(TableSchemaError) -> TableDefinition {
    guard try type(of: value, path: path).name == "array" else {
      throw fault("a table is an array of objects", path)
    }
    guard let items = value["items"] else { throw fault("\"items\" is missing", path) }
    let path = path + ".items"
    let required = items["required"]?.array?.compactMap(\.string)
    var columns: [ColumnDefinition] = []
    for (name, value) in try orderedProperties(of: items, path: path) {
      let isRequired = required?.contains(name) ?? true
      columns.append(
        try column(name, value, isRequired: isRequired, path: "\(path).properties.\(name)")
      )
    }
    return TableDefinition(
      property: property,
      name: value["x-table"]?.string ?? property,
      description: value["description"]?.string,
      columns: columns
    )
  }

  private func column(
    _ name: String,
    _ value: JSONValue,
    isRequired: Bool,
    path: String
  ) throws(TableSchemaError) -> ColumnDefinition {
    let type = try type(of: value, path: path)
    guard let valueType = Column.ValueType(rawValue: type.name) else {
      throw fault("a column is a string, integer, number or boolean, not \(type.name)", path)
    }
    guard !name.isEmpty, !name.utf8.contains(where: { $0 < 0x20 }) else {
      throw fault("a column's name has neither tabs nor line breaks", path)
    }
    return ColumnDefinition(
      column: Column(
        name: name,
        type: valueType,
        role: value["x-role"]?.string.map(Column.Role.init(rawValue:))
      ),
      description: value["description"]?.string,
      enumValues: (value["enum"]?.array ?? []).compactMap(\.string)
        + [value["const"]?.string].compactMap(\.self),
      isNullable: type.isNullable,
      isRequired: isRequired,
      references: try reference(value["x-references"], path: path)
    )
  }

  private func reference(
    _ value: JSONValue?,
    path: String
  ) throws(TableSchemaError) -> ColumnDefinition.Reference? {
    guard let value else { return nil }
    let parts = value.string?.split(separator: ".", omittingEmptySubsequences: false) ?? []
    guard parts.count == 2 else {
      throw fault("\"x-references\" has the form \"table.column\"", path)
    }
    return ColumnDefinition.Reference(property: String(parts[0]), column: String(parts[1]))
  }

  private func checkReferences(in tables: [TableDefinition]) throws(TableSchemaError) {
    for table in tables {
      for column in table.columns {
        guard let reference = column.references else { continue }
        let target = tables.first { $0.property == reference.property }
        if target?.header.contains(reference.column) != true {
          throw fault(
            "\"x-references\" names \(reference.property).\(reference.column), which is not there",
            "properties.\(table.property).items.properties.\(column.column.name)"
          )
        }
      }
    }
  }

  /// The properties by `propertyOrdering`, then those it leaves out.
  private func orderedProperties(
    of object: JSONValue,
    path: String
  ) throws(TableSchemaError) -> [(String, JSONValue)] {
    guard try type(of: object, path: path).name == "object" else {
      throw fault("an object with properties is due", path)
    }
    guard let properties = object["properties"]?.object, !properties.isEmpty else {
      throw fault("\"properties\" is missing or empty", path)
    }
    let ordering = (object["propertyOrdering"]?.array ?? []).compactMap(\.string)
    for name in ordering where properties[name] == nil {
      throw fault("\"propertyOrdering\" names \(name), which is not there", path)
    }
    let keys = ordering + properties.keys.filter { !ordering.contains($0) }
    return keys.compactMap { key in properties[key].map { (key, $0) } }
  }

  /// The type in lower case, and whether `null` is allowed beside it.
  private func type(
    of value: JSONValue,
    path: String
  ) throws(TableSchemaError) -> (name: String, isNullable: Bool) {
    let names =
      value["type"]?.string.map { [$0] } ?? (value["type"]?.array ?? []).compactMap(\.string)
    let types = names.map { $0.lowercased() }
    let others = types.filter { $0 != "null" }
    guard others.count == 1 else { throw fault("\"type\" must name one type", path) }
    return (others[0], types.contains("null") || value["nullable"]?.bool == true)
  }

  private func fault(_ problem: String, _ path: String) -> TableSchemaError {
    TableSchemaError(schema: schema, path: path, problem: problem)
  }
}
