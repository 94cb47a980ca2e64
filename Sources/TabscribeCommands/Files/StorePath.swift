/// Where the run store is.
enum StorePath {
  /// The path of the store in the user's data folder.
  static func path(_ folders: UserFolders) -> String {
    FilePath.joined(folders.data, "tabscribe.db")
  }
}
