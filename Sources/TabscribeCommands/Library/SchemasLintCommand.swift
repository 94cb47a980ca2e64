internal import CommandLineInterface
internal import OrderedJSON
internal import PromptLinting
internal import TranscriptionRuns

/// `schemas lint`: what the service would refuse or ignore.
enum SchemasLintCommand {
  private static let names = RepeatedOperand(
    .libraryName(.schemas),
    minimum: 0,
    help: "schemas by name or file (default: all that are found by name)"
  )

  static let command = Command(
    "lint",
    abstract: "Find what the service would refuse or ignore in schemas",
    examples: [.init("tabscribe schemas lint", "every schema that is found by name")],
    operands: [names],
    options: [OptionGroup("Checking", [PromptsLintCommand.strict])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = LibraryLookup(.schemas, context.workplace)
    let names = arguments[names].isEmpty ? lookup.names : arguments[names]
    var findings: [LintFinding] = []
    for name in names {
      let item = try lookup.item(name)
      let schema = try JSONValue(parsing: item.bytes)
      findings += SchemaLinter.tableFindings(schema, name: item.name)
      findings += SchemaLinter.findings(schema, name: item.name)
    }
    return LintReport(findings: findings, count: names.count, noun: "schemas")
      .print(context, isStrict: arguments[PromptsLintCommand.strict])
  }
}
