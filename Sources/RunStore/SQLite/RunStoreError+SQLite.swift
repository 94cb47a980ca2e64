internal import CSQLite

extension RunStoreError {
  /// What a result of SQLite means for the user.
  ///
  /// - Parameter details: SQLite's own words, which name tables and columns but hold no values.
  static func sqlite(_ code: Int32, path: String, details: String) -> RunStoreError {
    let store = "The run store \(path)"
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return RunStoreError(
        .busy,
        "\(store) is locked by another process.",
        remedy: "Wait until that process is done and run the command again."
      )
    case SQLITE_FULL:
      return RunStoreError(
        .full,
        "\(store) cannot grow: the disk is full.",
        remedy: "Make room there, or name another folder in TABSCRIBE_HOME; nothing stored is lost."
      )
    case SQLITE_READONLY:
      return RunStoreError(
        .readOnly,
        "\(store) may not be written.",
        remedy: "Give yourself the right to write the file and its folder."
      )
    case SQLITE_CORRUPT:
      return RunStoreError(
        .damaged,
        "\(store) is damaged (\(details)).",
        remedy: "Run tabscribe runs check, and go back to a backup if there is one."
      )
    case SQLITE_NOTADB:
      return RunStoreError(
        .notAStore,
        "\(store) is not a database, or its beginning is damaged.",
        remedy: "Move the file away, or go back to a backup if there is one."
      )
    case SQLITE_TOOBIG:
      return .tooLarge(path)
    case SQLITE_CONSTRAINT:
      return RunStoreError(
        .inconsistent,
        "\(store) does not take what contradicts it (\(details)).",
        remedy: "Run tabscribe runs check."
      )
    default:
      let reason = details.isEmpty ? String(cString: sqlite3_errstr(code)) : details
      return RunStoreError(
        .unreadable,
        "\(store) cannot be used (\(reason), code \(code)).",
        remedy: "Check the disk, the path and its permissions."
      )
    }
  }
}
