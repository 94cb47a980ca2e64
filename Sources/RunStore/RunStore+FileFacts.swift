#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension RunStore {
  /// Files are forgotten that long after they were last examined: their disks may be gone.
  private static let lifetime: TimeInterval = 365 * 86_400

  /// What was found out about a local file that has not changed since, or `nil`.
  public func facts(of file: KnownFile) throws(RunStoreError) -> String? {
    try access { connection throws(RunStoreError) in
      try connection.text(
        "SELECT facts FROM file_facts WHERE path = ? AND size = ? AND modified_ns = ?",
        of: file
      )
    }
  }

  /// The length that was last stated of a source that lies elsewhere, in milliseconds, or `nil`.
  public func statedLength(of address: String) throws(RunStoreError) -> Int? {
    try access { connection throws(RunStoreError) in
      try connection.first(
        """
        SELECT duration_ms FROM sources
        WHERE uri = ? AND kind != 'file' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT 1
        """,
        .text(address)
      ) { $0.int(0) }
    }
  }

  /// Notes what was found out about a local file, in place of what was known before.
  ///
  /// - Parameters:
  ///   - facts: What was found out, in the words of who asks.
  ///   - moment: When; what is a year older is forgotten.
  public func note(
    facts: String,
    of file: KnownFile,
    at moment: Date
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        try connection.run(
          """
          INSERT INTO file_facts (path, size, modified_ns, facts, noted_ms)
          VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (path) DO UPDATE SET size = excluded.size,
            modified_ns = excluded.modified_ns, facts = excluded.facts, noted_ms = excluded.noted_ms
          """,
          .text(connection.place(of: file.path)),
          .int(file.size),
          .int(file.modified),
          .text(facts),
          .time(moment)
        )
        try connection.run(
          "DELETE FROM file_facts WHERE noted_ms < ?",
          .time(moment.addingTimeInterval(-Self.lifetime))
        )
      }
    }
  }
}
