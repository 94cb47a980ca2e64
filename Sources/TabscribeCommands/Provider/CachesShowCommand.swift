internal import CommandLineInterface
internal import GeminiAPI

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `caches show`: everything the service says about one cache.
enum CachesShowCommand {
  private static let name = RequiredOperand(
    CachesCommand.nameReader,
    help: CachesCommand.nameHelp
  )

  static let command = Command(
    "show",
    abstract: "Show what the service says about a cache",
    examples: [.init("tabscribe caches show cachedContents/abc-123", "its model, size and expiry")],
    discussion: "What a cache holds never comes back from the service.",
    operands: [name],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try ProviderSession(arguments, context)
    let cache = try await session.client.cache(arguments[name], options: session.options)
    if context.isJSON {
      context.print(json: cache.facts)
    } else {
      context.print(table(cache, now: context.now()))
    }
    return .done
  }

  private static func table(_ cache: CachedContent, now: Date) -> TextTable {
    var table = TextTable([.words(""), .words("")])
    table.add(["name", cache.name])
    if let title = cache.displayName { table.add(["title", title]) }
    table.add(["model", cache.shortModel])
    table.add(["tokens", cache.totalTokenCount.map(NumberText.grouped) ?? "?"])
    table.add(["created", cache.createTime ?? "?"])
    let words = ExpiryText.words(cache.expireTime, now: now)
    table.add(["expires", "\(words) (\(cache.expireTime ?? "?"))"])
    return table
  }
}
