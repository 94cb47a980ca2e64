extension RunStore {
  /// Notes the absolute paths of the results written of an item, in place of those it had.
  ///
  /// What other items had there is gone.
  public func setFiles(_ files: [String], of item: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        try connection.setFiles(files, of: item)
      }
    }
  }

  /// Notes the absolute paths of further results written of an item.
  public func addFiles(_ files: [String], of item: Int64) throws(RunStoreError) {
    guard !files.isEmpty else { return }
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        try connection.addFiles(files, of: item)
      }
    }
  }

  /// The item whose result was written to a path last, or `nil` when none is known.
  public func item(writtenTo path: String) throws(RunStoreError) -> StoredItem? {
    try access { connection throws(RunStoreError) in
      let id = try connection.first(
        "SELECT item FROM results WHERE path = ?",
        .text(connection.place(of: path))
      ) { $0.int64(0) }
      return try id.flatMap { id throws(RunStoreError) in try connection.item(id) }
    }
  }
}

extension Connection {
  /// Replaces what is known of an item's files.
  func setFiles(_ files: [String], of item: Int64) throws(RunStoreError) {
    try run("DELETE FROM results WHERE item = ?", .int(item))
    try addFiles(files, of: item)
  }

  /// Adds files of an item behind those it has.
  func addFiles(_ files: [String], of item: Int64) throws(RunStoreError) {
    for file in files {
      try run(
        """
        INSERT INTO results (path, item, position)
        SELECT ?1, ?2, coalesce(max(position) + 1, 0) FROM results WHERE item = ?2 AND path != ?1
        ON CONFLICT (path) DO UPDATE SET item = excluded.item, position = excluded.position
        """,
        .text(place(of: file)),
        .int(item)
      )
    }
  }
}
