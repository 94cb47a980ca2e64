internal import GeminiAPI
internal import Transcribing

/// Caches that this program has created, and what runs that ended early have left of them.
enum OwnCaches {
  /// Where the notes about them are.
  static func folder(_ folders: UserFolders) -> String { FilePath.joined(folders.data, "caches") }

  /// A keeper of caches that notes what it does.
  static func keeper(_ client: GeminiClient, _ folders: UserFolders) -> CacheKeeper {
    CacheKeeper(client: client, folder: folder(folders))
  }
}
