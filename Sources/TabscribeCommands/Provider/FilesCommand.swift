internal import CommandLineInterface
internal import GeminiAPI

/// The group `files`.
enum FilesCommand {
  static let command = Command(
    "files",
    abstract: "Look after the files that the service keeps for two days",
    examples: [
      .init("tabscribe files list", "what is there, and until when"),
      .init("tabscribe files purge --yes", "removes all of it"),
    ],
    discussion: """
      Files too large for a request are uploaded and kept for 48 hours; transcribe does that by \
      itself and sends no file twice. Only the Gemini API keeps files: with Agent Platform they \
      belong in Cloud Storage.
      """,
    subcommands: [
      FilesListCommand.command, FilesShowCommand.command, FilesUploadCommand.command,
      FilesDeleteCommand.command, FilesPurgeCommand.command,
    ]
  )

  /// A file's name at the service.
  static let nameReader = ValueReader<String>.text("NAME")

  static func session(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> ProviderSession {
    let session = try ProviderSession(arguments, context)
    try session.client.requireFileService()
    return session
  }
}
