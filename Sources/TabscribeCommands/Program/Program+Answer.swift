internal import CommandLineInterface
internal import OrderedJSON

extension Program {
  /// What a command line says with `--json`, carried out within this process.
  ///
  /// - Parameters:
  ///   - words: A command and what follows it.
  ///   - context: Whose folder, environment and clock count; nothing is written to it.
  /// - Returns: The exit code and the one object printed; `nil` where none was.
  func answer(
    to words: [String],
    in context: CommandContext
  ) async -> (code: ExitCode, answer: JSONObject?) {
    let output = TextBuffer()
    let inner = context.writing(output, TextBuffer())
    let code = await run(Array(words.prefix(1)) + ["--json"] + words.dropFirst(), in: inner)
    return (code, (try? JSONValue(parsing: output.text))?.object)
  }
}

extension CommandContext {
  /// The same place and clock for a command within this one, which writes elsewhere and has neither a
  /// terminal nor standard input.
  func writing(_ output: any TextOutput, _ errors: any TextOutput) -> CommandContext {
    CommandContext(
      standardOutput: output,
      standardError: errors,
      environment: environment,
      workingFolder: workingFolder,
      program: program,
      now: now
    )
  }
}
