internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import Transcribing
internal import TranscriptionRuns

/// The group `caches`.
enum CachesCommand {
  static let command = Command(
    "caches",
    abstract: "Look after the prompt caches that are billed by the hour",
    examples: [
      .init("tabscribe caches list", "what is kept, and until when"),
      .init("tabscribe caches purge --yes", "removes all of it"),
    ],
    subcommands: [
      caches.listCommand, caches.showCommand, caches.deleteCommand,
      caches.purgeCommand(options: [own]) { arguments, session in
        guard arguments[own] else { return nil }
        guard !arguments[PurgeConsent.dryRun], arguments[PurgeConsent.age] == nil else {
          throw CommandError.usage(
            "--own takes what nobody looks after any more, whatever its age, and cannot be tried.",
            remedy: "Leave --own out, or --dry-run and --older-than."
          )
        }
        return try await purgeOwn(session)
      },
    ]
  )

  private static let own = Flag(
    "own",
    help: "only what runs of this program that ended early have left; needs no --yes"
  )

  private static let caches = ProviderResource<CachedContent>(
    noun: "cache",
    nameHelp: "cachedContents/ID, or the ID",
    abstracts: (
      list: "List the caches with model, size and expiry",
      show: "Show what the service says about a cache",
      delete: "Delete caches, so that they are billed no longer",
      purge: "Delete every cache that the service keeps"
    ),
    shown: "its model, size and expiry",
    others: "made",
    discussion: "What a cache holds never comes back from the service.",
    columns: [
      .words("name"), .words("title", mayShrink: true), .words("model"), .numbers("tokens"),
      .words("expires"),
    ],
    row: { cache, now in
      [
        cache.shortName, cache.displayName ?? "", cache.shortModel, cache.tokenWords,
        ExpiryText.words(cache.expireTime, now: now),
      ]
    },
    lines: { cache, now in
      var lines = [["name", cache.name]]
      if let title = cache.displayName { lines.append(["title", title]) }
      return lines + [
        ["model", cache.shortModel], ["tokens", cache.tokenWords],
        ["created", cache.createTime ?? "?"],
        ["expires", ExpiryText.moment(cache.expireTime, now: now)],
      ]
    },
    name: \.name,
    json: \.facts,
    createdAt: \.createTime,
    amount: { "\(NumberText.grouped($0.compactMap(\.totalTokenCount).reduce(0, +))) tokens" },
    all: { try await $0.client.allCaches(options: $0.options) },
    one: { try await $0.client.cache($1, options: $0.options) },
    delete: { try await $0.client.deleteCache($1, options: $0.options) }
  )

  /// Deletes what nobody looks after any more, by the notes about it.
  private static func purgeOwn(_ session: ProviderSession) async throws -> ExitCode {
    let context = session.context
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

extension CachedContent {
  fileprivate var tokenWords: String { totalTokenCount.map(NumberText.grouped) ?? "?" }

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
