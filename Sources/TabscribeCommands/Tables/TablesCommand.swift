internal import CommandLineInterface
internal import EmbeddedLibrary
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptionRuns

/// `tables`: a saved reply, decoded and validated as after a request.
enum TablesCommand {
  private static let file = OptionalOperand(
    .file(),
    help:
      "a saved reply: model text, an answer as JSON, or its stream; - or none reads standard input"
  )
  private static let schema = ValueOption(
    "schema",
    .libraryName(.schemas),
    help: "schema by name or path (default transcripts-speakers)"
  )

  static let command = Command(
    "tables",
    abstract: "Decode a saved reply into its tables",
    examples: [
      .init("tabscribe tables reply.json --schema transcripts-speakers", "tables and findings"),
      .init("tabscribe tables reply.txt --encoding tsv --duration 1:02:03", "with times checked"),
      .init("tabscribe tables --json < stream.txt", "from standard input, for machines"),
    ],
    discussion: """
      Nothing is sent. A reply that is cut, lacks a table, or has no row or no time at all, gives \
      what it has, says what is missing, and ends with exit code 3.
      """,
    operands: [file],
    options: [
      OptionGroup(
        "Input",
        [schema] + SettingArgument.options(of: "encoding", "durationMS")
      )
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let item = try LibraryLookup(.schemas, context.workplace)
      .item(arguments[schema] ?? "transcripts-speakers")
    let schema = try TableSchema(name: item.name, parsing: item.text)
    let reply = try SavedReply(try read(arguments[file] ?? "-", context))
    let asked = SettingArgument.requestSettings(arguments)
    var decoder = ReplyDecoder(schema: schema, encoding: asked.encoding)
    decoder.feed(reply.text)
    let decoded = decoder.finish(modelStopped: reply.modelStopped)
    let assembled = TranscriptAssembler(duration: asked.duration).assemble(decoded.tables)
    let findings = decoded.findings + assembled.findings
    let isComplete = decoded.isComplete && !findings.tellOfNothing
    if context.isJSON {
      context.print(json: json(assembled.tables, findings, isComplete))
    } else {
      show(assembled.tables, findings, context)
    }
    return isComplete ? .done : .incomplete
  }

  private static func read(
    _ path: String,
    _ context: CommandContext
  ) throws(SystemFailure) -> [UInt8] {
    let path = path == "-" ? "/dev/stdin" : FilePath.joined(context.workingFolder, path)
    return try HostFiles.read(path, limit: 1 << 30)
  }

  private static func json(
    _ tables: [Table],
    _ findings: [Finding],
    _ isComplete: Bool
  ) -> JSONValue {
    [
      "tables": .object(JSONObject(tables.map { ($0.name, $0.json) })),
      "findings": .array(findings.map(\.json)),
      "complete": .bool(isComplete),
    ]
  }

  private static func show(_ tables: [Table], _ findings: [Finding], _ context: CommandContext) {
    for table in tables {
      let count = NumberText.counted(table.rowCount, "row")
      context.print(context.style.bold(SafeText.line(table.name)) + ", \(count)")
      if table.rowCount > 0 { context.print(TableListing.table(table)) }
      context.print("")
    }
    if findings.isEmpty { return context.print("No findings.") }
    for finding in findings { context.print(FindingText.line(finding)) }
  }
}
