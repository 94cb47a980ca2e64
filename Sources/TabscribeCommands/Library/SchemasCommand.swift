internal import CommandLineInterface

/// The group `schemas`.
enum SchemasCommand {
  static let command = Command(
    "schemas",
    abstract: "List and show the schemas",
    examples: [
      .init("tabscribe schemas list", "every schema and its tables"),
      .init("tabscribe schemas show transcripts-speakers", "its columns and their roles"),
    ],
    discussion: """
      A schema says which tables a model fills in, and the columns of each. Schemas are looked for \
      in ./schemas, then in the user's configuration folder, then in the program.
      """,
    subcommands: [
      SchemasListCommand.command, SchemasShowCommand.command, SchemasLintCommand.command,
    ]
  )
}
