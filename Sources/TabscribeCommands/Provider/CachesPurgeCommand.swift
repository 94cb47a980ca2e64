internal import CommandLineInterface
internal import GeminiAPI

/// `caches purge`: removes all caches.
enum CachesPurgeCommand {
  static let command = Command(
    "purge",
    abstract: "Delete every cache that the service keeps",
    examples: [
      .init("tabscribe caches purge", "says what would be deleted"),
      .init("tabscribe caches purge --yes", "deletes it, also what other programs made"),
    ],
    options: [OptionGroup("Purging", [PurgeConsent.flag])] + ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try ProviderSession(arguments, context)
    let caches = try await session.client.allCaches(options: session.options)
    let tokens = NumberText.grouped(caches.compactMap(\.totalTokenCount).reduce(0, +))
    let count = caches.count == 1 ? "1 cache" : "\(NumberText.grouped(caches.count)) caches"
    try PurgeConsent.require(arguments, "\(count) of \(tokens) tokens in all")
    return await session.removeCaches(caches.map(\.name))
  }
}
