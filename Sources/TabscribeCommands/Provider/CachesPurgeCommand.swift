internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import Transcribing

/// `caches purge`: removes all caches.
enum CachesPurgeCommand {
  private static let own = Flag(
    "own",
    help: "only what runs of this program that ended early have left; needs no --yes"
  )

  static let command = Command(
    "purge",
    abstract: "Delete every cache that the service keeps",
    examples: [
      .init("tabscribe caches purge", "says what would be deleted"),
      .init("tabscribe caches purge --yes", "deletes it, also what other programs made"),
    ],
    options: [OptionGroup("Purging", [PurgeConsent.flag, own])] + ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try ProviderSession(arguments, context)
    if arguments[own] { return try await purgeOwn(session, context) }
    let caches = try await session.client.allCaches(options: session.options)
    let tokens = NumberText.grouped(caches.compactMap(\.totalTokenCount).reduce(0, +))
    let count = caches.count == 1 ? "1 cache" : "\(NumberText.grouped(caches.count)) caches"
    try PurgeConsent.require(arguments, "\(count) of \(tokens) tokens in all")
    return await session.removeCaches(caches.map(\.name))
  }

  /// Deletes what nobody looks after any more, by the notes about it.
  private static func purgeOwn(
    _ session: ProviderSession,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let keeper = CacheKeeper(
      client: session.client,
      store: try UserStore(context).opened(),
      now: context.now
    )
    let deleted = await keeper.purge()
    for notice in await keeper.notices { context.status.warning(SafeText.line(notice)) }
    if context.isJSON {
      context.print(json: ["deleted": .array(deleted.map { .string($0) })])
    } else {
      for name in deleted { context.print("deleted \(SafeText.line(name))") }
    }
    return await keeper.notices.isEmpty ? .done : .failed
  }
}
