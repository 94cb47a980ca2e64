internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `caches list`: the caches, a line each.
enum CachesListCommand {
  static let command = Command(
    "list",
    abstract: "List the caches with model, size and expiry",
    examples: [.init("tabscribe caches list", "every cache of the project")],
    options: ProviderSession.groups,
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let session = try ProviderSession(arguments, context)
    let caches = try await session.client.allCaches(options: session.options)
    if context.isJSON {
      context.print(json: ["caches": .array(caches.map(\.facts))])
    } else if caches.isEmpty {
      context.status.message("The service keeps no caches.")
    } else {
      context.print(table(caches, now: context.now()))
    }
    return .done
  }

  private static func table(_ caches: [CachedContent], now: Date) -> TextTable {
    var table = TextTable([
      .words("name"), .words("title", mayShrink: true), .words("model"), .numbers("tokens"),
      .words("expires"),
    ])
    for cache in caches {
      table.add([
        cache.shortName, cache.displayName ?? "", cache.shortModel,
        cache.totalTokenCount.map(NumberText.grouped) ?? "?",
        ExpiryText.words(cache.expireTime, now: now),
      ])
    }
    return table
  }
}

extension CachedContent {
  /// `cachedContents/ID`, without the project that Agent Platform puts in front.
  var shortName: String { name.split(separator: "/").suffix(2).joined(separator: "/") }

  /// The model's id alone.
  var shortModel: String { model.split(separator: "/").last.map(String.init) ?? "?" }

  /// The cache for machines; what the service did not say is left out.
  var facts: JSONValue {
    var object: JSONObject = ["name": .string(name), "model": .string(model)]
    object["displayName"] = displayName.map { .string($0) }
    object["totalTokenCount"] = totalTokenCount.map { JSONValue($0) }
    object["createTime"] = createTime.map { .string($0) }
    object["expireTime"] = expireTime.map { .string($0) }
    return .object(object)
  }
}
