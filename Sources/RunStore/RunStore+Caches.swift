extension RunStore {
  /// Keeps a note about a cache, in place of the one of the same label; survives a loss of power.
  public func note(_ cache: StoredCache) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        _ = try connection.run(
          """
          INSERT INTO caches (label, account, name, expires_ms, host, process, process_start)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (label) DO UPDATE SET name = excluded.name, expires_ms = excluded.expires_ms
          """,
          .text(cache.label),
          .text(cache.account),
          .text(cache.name),
          .time(cache.expiresAt),
          .text(cache.process.host),
          .int(cache.process.number),
          .text(cache.process.start)
        )
      }
    }
  }

  /// Removes the note about a cache that is gone.
  public func forgetCache(_ label: String) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run("DELETE FROM caches WHERE label = ?", .text(label))
    }
  }

  /// All notes about caches, by label.
  public func caches() throws(RunStoreError) -> [StoredCache] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        """
        SELECT label, account, name, expires_ms, host, process, process_start FROM caches
        ORDER BY label
        """
      ) { row in
        StoredCache(
          label: row.text(0),
          account: row.text(1),
          name: row.optionalText(2),
          expiresAt: row.date(3),
          process: ProcessIdentity(host: row.text(4), number: row.int(5), start: row.text(6))
        )
      }
    }
  }
}
