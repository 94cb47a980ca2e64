internal import CommandLineInterface
internal import GeminiAPI

/// `files purge`: removes all files.
enum FilesPurgeCommand {
  static let command = Command(
    "purge",
    abstract: "Delete every file that the service keeps",
    examples: [
      .init("tabscribe files purge", "says what would be deleted"),
      .init("tabscribe files purge --yes", "deletes it, also what other programs uploaded"),
    ],
    options: [OptionGroup("Purging", [PurgeConsent.flag])] + ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try FilesCommand.session(arguments, context)
    let files = try await session.client.allFiles(options: session.options)
    let size = NumberText.bytes(files.compactMap(\.sizeBytes).reduce(0, +))
    let count = files.count == 1 ? "1 file" : "\(NumberText.grouped(files.count)) files"
    try PurgeConsent.require(arguments, "\(count) of \(size) in all")
    return await session.removeFiles(files.map(\.name))
  }
}
