internal import CommandLineInterface
internal import OrderedJSON
internal import TabularExtraction
internal import TranscriptionRuns

/// `schemas list`: the schemas by name.
enum SchemasListCommand {
  static let command = Command(
    "list",
    abstract: "List the schemas",
    examples: [.init("tabscribe schemas list", "every schema and its tables")],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = LibraryLookup(.schemas, context.workplace)
    var table = TextTable([.words("name"), .words("tables", mayShrink: true), .words("from")])
    var entries: [JSONValue] = []
    for name in lookup.names {
      guard let item = try lookup.found(name) else { continue }
      // One broken file must not hide the others; `show` says what is wrong with it.
      let schema = try? TableSchema(name: name, parsing: item.text)
      let tables = schema?.tables.map(\.name)
      table.add([name, tables?.joined(separator: ", ") ?? "(broken)", item.origin.description])
      entries.append([
        "name": .string(name),
        "tables": tables.map { .array($0.map { .string($0) }) } ?? .null,
        "path": item.origin.json,
      ])
    }
    if context.isJSON {
      context.print(json: ["schemas": .array(entries)])
    } else {
      context.print(table)
    }
    return .done
  }
}
