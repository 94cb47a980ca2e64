internal import HostSystem
package import RunStore
internal import Transcribing

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// The user's run store.
package struct UserStore: Sendable {
  /// The absolute path of the file, or the address on a server.
  package let path: String
  /// What earlier versions kept beside it, where it is in its usual place.
  private let earlier: EarlierFiles?
  private let now: @Sendable () -> Date
  /// Tells people what takes long.
  private let tell: @Sendable (String) -> Void

  package init(
    _ folders: UserFolders,
    at place: String? = nil,
    now: @escaping @Sendable () -> Date,
    tell: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    path = place ?? FilePath.joined(folders.data, "tabscribe.db")
    earlier = place == nil ? EarlierFiles(folder: folders.data) : nil
    self.now = now
    self.tell = tell
  }

  /// Whether anything was ever put into it.
  ///
  /// A server that cannot be asked is said when the store is opened.
  package var isThere: Bool {
    guard RunStore.isAddress(path) else {
      return HostFiles.kind(of: path) != nil || hasEarlierFiles
    }
    do throws(RunStoreError) {
      _ = try RunStore(readingFrom: path)
      return true
    } catch {
      return error.code != .missing
    }
  }

  private var hasEarlierFiles: Bool { earlier?.areThere ?? false }

  /// Opens the store for reading; it must be there.
  ///
  /// What an earlier version left is brought up to date first, which needs the right to write.
  package func reading() throws(RunStoreError) -> RunStore {
    if hasEarlierFiles { return try opened() }
    do throws(RunStoreError) {
      return try RunStore(readingFrom: path)
    } catch {
      guard error.code == .olderVersion else { throw error }
      return try opened()
    }
  }

  /// Opens a store that is there for changes; none is made.
  package func writing() throws(RunStoreError) -> RunStore {
    guard isThere else { return try reading() }
    return try opened()
  }

  /// Opens the store for changes, and makes it when it is not there.
  package func opened() throws(RunStoreError) -> RunStore {
    let store = try RunStore(
      path: path,
      now: now,
      whenOlder: {
        tell(
          "The run store is of an earlier version and is brought up to date; a large one takes a while."
        )
      },
      whenAway: tell
    )
    if let earlier, earlier.areThere { try earlier.takeIn(by: store, at: now()) }
    return store
  }
}
