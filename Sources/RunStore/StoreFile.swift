internal import HostSystem

/// The store as a file among files.
enum StoreFile {
  static func exists(_ path: String) -> Bool { HostFiles.kind(of: path) != nil }

  /// Where a file is, whichever links lead there.
  static func place(_ path: String) -> String { HostFiles.resolved(path) ?? path }

  /// Refuses what is no file, such as a pipe, which would never open.
  static func checkIsFile(_ path: String) throws(RunStoreError) {
    guard let kind = HostFiles.kind(of: path), kind != .file else { return }
    throw RunStoreError(
      .notAStore,
      "\(path) is no file.",
      remedy: "Move it away, or name another folder in TABSCRIBE_HOME."
    )
  }

  /// Makes an empty file and the folders above it, for the user alone; leaves what is there.
  ///
  /// SQLite gives the files that it puts beside the database the same rights.
  static func create(_ path: String) throws(RunStoreError) {
    if exists(path) { return }
    try working { () throws(SystemFailure) in
      try HostFiles.createFolder(FilePath.parent(of: path), for: .user)
      _ = try OpenFile(path, for: .appending)
    }
  }

  /// Removes a database and what SQLite keeps beside it; nothing happens when there is none.
  static func removeDatabase(_ path: String) {
    for ending in ["", "-journal", "-wal", "-shm"] { HostFiles.discard(path + ending) }
  }

  /// Gives a finished file its name and makes sure that both survive a loss of power.
  static func rename(_ path: String, to name: String) throws(RunStoreError) {
    try working { () throws(SystemFailure) in try HostFiles.settle(path, as: name) }
  }

  private static func working(
    _ body: () throws(SystemFailure) -> Void
  ) throws(RunStoreError) {
    do {
      try body()
    } catch {
      throw RunStoreError(
        code(of: error),
        "\(error.path) cannot be made: \(error.reason).",
        remedy: "Make room there, or name another folder in TABSCRIBE_HOME."
      )
    }
  }

  private static func code(of failure: SystemFailure) -> RunStoreError.Code {
    switch failure.cause {
    case .forbidden: .readOnly
    case .full: .full
    case .taken: .exists
    case .missing, .other: .unreadable
    }
  }
}
