internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

/// `runs check`: whether the store is sound.
enum RunsCheckCommand {
  static let command = Command(
    "check",
    abstract: "Check the store that holds all runs",
    examples: [.init("tabscribe runs check", "reads everything and says what is damaged")],
    discussion: """
      A store of an older version is brought up to date first. Nothing else is changed; what is \
      damaged comes back only from a backup.
      """,
    operands: [],
    options: [],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let place = UserStore(context)
    let problems = try open(place).problems()
    if context.isJSON {
      context.print(
        json: [
          "path": .string(place.path), "sound": .bool(problems.isEmpty),
          "problems": .array(problems.map { .string($0) }),
        ]
      )
    } else if problems.isEmpty {
      context.print("\(SafeText.line(place.path)) is sound.")
    } else {
      for problem in problems { context.print(SafeText.line(problem)) }
    }
    return problems.isEmpty ? .done : .failed
  }

  private static func open(_ place: UserStore) throws(RunStoreError) -> RunStore {
    do throws(RunStoreError) {
      return try place.writing()
    } catch {
      guard error.code == .readOnly else { throw error }
      return try place.reading()
    }
  }
}
