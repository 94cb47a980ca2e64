internal import CommandLineInterface
internal import GeminiAPI

/// `files delete`: removes files by name.
enum FilesDeleteCommand {
  private static let names = RepeatedOperand(FilesCommand.nameReader, help: "files/ID, or the ID")

  static let command = Command(
    "delete",
    abstract: "Delete files before they expire",
    examples: [.init("tabscribe files delete files/abc-123", "removes one file")],
    operands: [names],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try FilesCommand.session(arguments, context)
    return await session.removeFiles(arguments[names])
  }
}

extension ProviderSession {
  /// Removes files, and forgets that they were uploaded.
  func removeFiles(_ names: [String]) async -> ExitCode {
    await remove(names) { name in
      try await client.deleteFile(name, options: options)
      // A registry that still names it costs one question at the next upload.
      try? uploads?.forget(name.hasPrefix("files/") ? name : "files/\(name)")
    }
  }
}
