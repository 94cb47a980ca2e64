internal import CommandLineInterface
internal import EmbeddedLibrary
internal import OrderedJSON
internal import PlainText
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptionRuns

/// `schemas show`: one schema, as tables of columns or as its file.
enum SchemasShowCommand {
  private static let name = RequiredOperand(
    .libraryName(.schemas),
    help: "a schema's name or path"
  )
  private static let source = Flag("source", help: "print the file instead of its columns")

  static let command = Command(
    "show",
    abstract: "Show a schema's tables and columns",
    examples: [
      .init("tabscribe schemas show transcripts-speakers", "its columns and their roles"),
      .init("tabscribe schemas show voices --source > schemas/my-voices.json", "a copy to change"),
    ],
    operands: [name],
    options: [OptionGroup("Output", [source])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let item = try LibraryLookup(.schemas, context.workplace).item(arguments[name])
    if context.isJSON {
      var object = item.jsonDescription
      object["schema"] = try JSONValue(parsing: item.text)
      context.print(json: .object(object))
      return .done
    }
    context.status.message(item.explanation)
    if arguments[source] {
      context.print(contents: item.text)
      return .done
    }
    let schema = try TableSchema(name: item.name, parsing: item.text)
    for (index, definition) in schema.tables.enumerated() {
      if index > 0 { context.print("") }
      context.print(context.style.bold(SafeText.line(definition.name)))
      context.print(columns(of: definition))
    }
    return .done
  }

  private static func columns(of definition: TableDefinition) -> TextTable {
    var table = TextTable([
      .words("column"), .words("type"), .words("role"), .words("what it holds", mayShrink: true),
    ])
    for column in definition.columns {
      let words =
        column.enumValues.isEmpty ? [] : ["one of " + column.enumValues.joined(separator: ", ")]
      let target = column.references.map { ["refers to \($0.property).\($0.column)"] } ?? []
      let notes = [column.description].compactMap(\.self) + words + target
      table.add([
        column.column.name, "\(column.column.type)", column.column.role?.rawValue ?? "",
        notes.joined(separator: "; "),
      ])
    }
    return table
  }
}
