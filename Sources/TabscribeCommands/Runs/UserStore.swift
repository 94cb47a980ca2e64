internal import CommandLineInterface
internal import RunStore

/// The user's run store.
struct UserStore {
  /// The absolute path of the file.
  let path: String

  init(_ folders: UserFolders) { path = FilePath.joined(folders.data, "tabscribe.db") }

  init(_ context: CommandContext) {
    self.init(UserFolders(environment: context.environment))
  }

  /// Whether anything was ever put into it.
  var isThere: Bool { HostFiles.kind(of: path) != nil }

  /// Opens the store for reading; it must be there.
  func reading() throws(RunStoreError) -> RunStore { try RunStore(readingFrom: path) }

  /// Opens a store that is there for changes; none is made.
  func writing() throws(RunStoreError) -> RunStore {
    guard isThere else { return try reading() }
    return try RunStore(path: path)
  }
}
