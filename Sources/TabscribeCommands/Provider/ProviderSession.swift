internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText

/// What the commands about things kept by the service share.
struct ProviderSession {
  /// The options of all these commands.
  static let groups = [
    OptionGroup(
      "Service",
      [TranscriptionOptions.backend, TranscriptionOptions.project, TranscriptionOptions.location]
    ), OptionGroup("Sending", TranscriptionOptions.sending),
  ]

  let client: GeminiClient
  let context: CommandContext
  /// Remembers uploads; `nil` while a conversation is recorded or replayed.
  let uploads: UploadRegistry?

  /// Connects as the arguments ask.
  ///
  /// - Throws: `CommandError`, `GeminiError`.
  init(_ arguments: ParsedArguments, _ context: CommandContext) throws {
    let settings = try Settings(arguments, context)
    let connection = try ServiceConnection(settings)
    try connection.client.requireCredentials()
    client = connection.client
    uploads = connection.isTaped ? nil : TranscriptionSession.uploads(settings)
    self.context = context
  }

  /// Options of each request: people are told why they wait.
  var options: CallOptions {
    let status = context.status
    return CallOptions(
      deadline: .seconds(120),
      onRetry: { notice in
        status.message(
          "\(SafeText.line(notice.error.description)); trying again in "
            + NumberText.duration(notice.delay)
        )
      }
    )
  }

  /// Removes things by name; one that cannot be removed does not keep others from it.
  func remove(_ names: [String], by delete: (String) async throws -> Void) async -> ExitCode {
    var removed: [String] = []
    var code = ExitCode.done
    for name in names {
      do {
        try await delete(name)
        removed.append(name)
        if !context.isJSON { context.print("deleted \(SafeText.line(name))") }
      } catch {
        let failure = ErrorExplanation.commandError(error)
        context.status.failure(failure, about: name)
        if code == .done { code = failure.exitCode }
      }
    }
    if context.isJSON {
      context.print(json: ["deleted": .array(removed.map { .string($0) })])
    }
    return code
  }
}

/// The consent to removing everything at once.
enum PurgeConsent {
  static let flag = Flag("yes", help: "do it; without it nothing is deleted")
  static let dryRun = Flag("dry-run", help: "list what would be deleted, and delete nothing")
  static let age = ValueOption("older-than", .age, help: "only what is so old, as 12h or 2d")

  static let options: [any CommandOption] = [flag, dryRun, age]

  /// - Throws: `CommandError` that says what would be gone.
  static func require(_ arguments: ParsedArguments, _ what: String) throws(CommandError) {
    guard !arguments[flag] else { return }
    throw .usage("This would delete \(what).", remedy: "Give --yes to do it.")
  }
}
