internal import CommandLineInterface
internal import OrderedJSON
internal import PromptLab
internal import TabularExtraction
internal import TranscriptionRuns

/// Schemas for recipes: tables, or the columns of one row alone.
enum RecipeSchema {
  /// The schema of a name or path; an object without lists stands for a table of such rows.
  ///
  /// - Throws: As `SchemaReader.schema`.
  static func read(_ reference: String, _ context: CommandContext) throws -> TableSchema {
    let lookup = PromptLookup(context.workplace)
    let item = try lookup.schemas.item(reference).nonEmpty()
    guard let json = try? JSONValue(parsing: item.text), let row = row(json) else {
      return try SchemaReader.schema(reference, lookup)
    }
    let name = row["title"]?.string ?? item.name
    let table: JSONObject = [
      "type": "array", "x-table": .string(name), "items": row,
    ]
    let property = "task1_" + name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    let schema: JSONObject = [
      "type": "object", "properties": .object(JSONObject([(property, .object(table))])),
      "required": [.string(property)],
    ]
    return try TableSchema(name: item.name, parsing: JSONValue.object(schema).rendered())
  }

  /// The schema itself, when it describes one row.
  private static func row(_ json: JSONValue) -> JSONValue? {
    guard let columns = json["properties"]?.object?.members, !columns.isEmpty,
      !columns.contains(where: { $0.value["type"]?.string?.lowercased() == "array" })
    else { return nil }
    return json
  }
}
