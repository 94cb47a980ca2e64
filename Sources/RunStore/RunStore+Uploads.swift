#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension RunStore {
  /// The files of a length that a service still keeps for an account at a moment, the one that is
  /// kept longest last.
  public func uploads(
    size: Int,
    account: String,
    at moment: Date
  ) throws(RunStoreError) -> [StoredUpload] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        """
        SELECT account, name, digest, size, expires_ms FROM uploads
        WHERE account = ? AND size = ? AND expires_ms > ? ORDER BY expires_ms, name
        """,
        .text(account),
        .int(size),
        .time(moment)
      ) { row in
        StoredUpload(
          account: row.text(0),
          name: row.text(1),
          digest: row.text(2),
          size: row.int(3),
          expiresAt: row.date(4)
        )
      }
    }
  }

  /// Remembers a file that a service keeps, and where its contents came from; those that are kept no
  /// longer at that moment are forgotten.
  public func note(
    _ upload: StoredUpload,
    from file: KnownFile,
    at moment: Date
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        try connection.run("DELETE FROM uploads WHERE expires_ms <= ?", .time(moment))
        try connection.run(
          """
          INSERT INTO uploads (account, name, digest, size, expires_ms) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (account, name) DO UPDATE SET
            digest = excluded.digest, size = excluded.size, expires_ms = excluded.expires_ms
          """,
          .text(upload.account),
          .text(upload.name),
          .text(upload.digest),
          .int(upload.size),
          .time(upload.expiresAt)
        )
        try connection.note(upload.digest, of: file, at: moment)
      }
    }
  }

  /// Forgets a file of a service, whoever it belongs to.
  public func forgetUpload(_ name: String) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run("DELETE FROM uploads WHERE name = ?", .text(name))
    }
  }

  /// The digest of a local file that has not changed since it was last read, or `nil`.
  public func digest(of file: KnownFile) throws(RunStoreError) -> String? {
    try access { connection throws(RunStoreError) in
      try connection.text(
        "SELECT digest FROM known_files WHERE path = ? AND size = ? AND modified_ns = ?",
        of: file
      )
    }
  }
}

/// More local files than anybody works on within the two days that services keep them.
private let mostKnownFiles = 1000

extension Connection {
  /// What a statement tells of a file by its path, length and time of change, if anything.
  func text(_ sql: SQL, of file: KnownFile) throws(RunStoreError) -> String? {
    try first(sql, .text(place(of: file.path)), .int(file.size), .int(file.modified)) { $0.text(0) }
  }

  /// Remembers what is in a local file, in place of what was in it before.
  fileprivate func note(
    _ digest: String,
    of file: KnownFile,
    at moment: Date
  ) throws(RunStoreError) {
    try run(
      """
      INSERT INTO known_files (path, size, modified_ns, digest, noted_ms) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified_ns = excluded.modified_ns,
        digest = excluded.digest, noted_ms = excluded.noted_ms
      """,
      .text(place(of: file.path)),
      .int(file.size),
      .int(file.modified),
      .text(digest),
      .time(moment)
    )
    try run(
      """
      DELETE FROM known_files WHERE path IN (
        SELECT path FROM known_files ORDER BY noted_ms DESC, path LIMIT 1000000 OFFSET ?
      )
      """,
      .int(mostKnownFiles)
    )
  }
}
