internal import CommandLineInterface

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
      CachesListCommand.command, CachesShowCommand.command, CachesDeleteCommand.command,
      CachesPurgeCommand.command,
    ]
  )

  /// A cache's name at the service.
  static let nameReader = ValueReader<String>.text("NAME")
  /// What such a name looks like.
  static let nameHelp = "cachedContents/ID, or the ID"
}
