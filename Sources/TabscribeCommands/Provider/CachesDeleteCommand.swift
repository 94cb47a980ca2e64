internal import CommandLineInterface
internal import GeminiAPI

/// `caches delete`: removes caches by name.
enum CachesDeleteCommand {
  private static let names = RepeatedOperand(
    CachesCommand.nameReader,
    help: CachesCommand.nameHelp
  )

  static let command = Command(
    "delete",
    abstract: "Delete caches, so that they are billed no longer",
    examples: [.init("tabscribe caches delete cachedContents/abc-123", "removes one cache")],
    operands: [names],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try ProviderSession(arguments, context)
    return await session.removeCaches(arguments[names])
  }
}

extension ProviderSession {
  /// Removes caches.
  func removeCaches(_ names: [String]) async -> ExitCode {
    await remove(names) { try await client.deleteCache($0, options: options) }
  }
}
