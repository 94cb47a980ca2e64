internal import CommandLineInterface
internal import RunStore
internal import Transcribing

/// The user's run store.
struct UserStore: Sendable {
  /// The absolute path of the file.
  let path: String
  /// What earlier versions kept beside it.
  private let earlier: EarlierFiles

  init(_ folders: UserFolders) {
    path = FilePath.joined(folders.data, "tabscribe.db")
    earlier = EarlierFiles(folder: folders.data)
  }

  init(_ context: CommandContext) {
    self.init(UserFolders(environment: context.environment))
  }

  /// Whether anything was ever put into it.
  var isThere: Bool { HostFiles.kind(of: path) != nil || earlier.areThere }

  /// Opens the store for reading; it must be there.
  ///
  /// What an earlier version left is brought up to date first, which needs the right to write.
  func reading() throws(RunStoreError) -> RunStore {
    if earlier.areThere { return try opened() }
    do throws(RunStoreError) {
      return try RunStore(readingFrom: path)
    } catch {
      guard error.code == .olderVersion else { throw error }
      return try opened()
    }
  }

  /// Opens a store that is there for changes; none is made.
  func writing() throws(RunStoreError) -> RunStore {
    guard isThere else { return try reading() }
    return try opened()
  }

  /// Opens the store for changes, and makes it when it is not there.
  func opened() throws(RunStoreError) -> RunStore {
    let store = try RunStore(path: path)
    if earlier.areThere { try earlier.takeIn(by: store) }
    return store
  }
}
