internal import CommandLineInterface
internal import Foundation
internal import OrderedJSON
internal import TabscribeCommands

/// One run of a command inside the test's process.
struct CommandRun {
  let code: ExitCode
  let output: String
  let errors: String

  /// The output as JSON.
  var json: JSONValue { get throws { try JSONValue(parsing: output) } }

  /// Runs a command line; the environment holds nothing but what is given.
  ///
  /// - Parameters:
  ///   - day: The day, `YYYY-MM-DD`, for what depends on it; without it the machine's clock.
  ///   - listens: Whether `transcribe` and `batch fetch` listen to the sound, which takes seconds in a build for tests.
  static func tabscribe(
    _ arguments: [String],
    in folder: TemporaryFolder,
    environment: [String: String] = [:],
    day: String? = nil,
    listens: Bool = false
  ) async -> CommandRun {
    let output = TextBuffer()
    let errors = TextBuffer()
    let context = CommandContext(
      standardOutput: output,
      standardError: errors,
      environment: ["HOME": folder.path].merging(environment) { $1 },
      workingFolder: folder.path,
      now: { day.flatMap { try? Date("\($0)T12:00:00Z", strategy: .iso8601) } ?? Date() }
    )
    var arguments = arguments
    for command in [["transcribe"], ["batch", "fetch"]]
    where !listens && arguments.starts(with: command) {
      arguments.insert("--no-check-time", at: command.count)
    }
    let code = await TabscribeProgram.program.run(arguments, in: context)
    return CommandRun(code: code, output: output.text, errors: errors.text)
  }
}
