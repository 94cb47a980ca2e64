internal import CommandLineInterface
internal import OrderedJSON
internal import TranscriptionRuns

/// `runs path`: where the store is.
enum RunsPathCommand {
  static let command = Command(
    "path",
    abstract: "Print the path of the file that holds all runs, or the address of the server",
    examples: [
      .init("tabscribe runs path", "an SQLite database"),
      .init("sqlite3 -readonly \"$(tabscribe runs path)\" .schema", "look into it"),
    ],
    operands: [],
    options: [],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = UserStore(context)
    if context.isJSON {
      context.print(json: ["path": .string(store.path), "exists": .bool(store.isThere)])
    } else {
      context.print(contents: store.path + "\n")
    }
    return .done
  }
}
