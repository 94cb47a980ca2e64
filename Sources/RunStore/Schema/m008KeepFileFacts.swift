extension Migration {
  /// What was found out about local files, so that ten thousand are not examined again each time.
  static let m008KeepFileFacts = Migration(
    name: "m008KeepFileFacts",
    sql: """
      CREATE TABLE file_facts (
        path TEXT NOT NULL PRIMARY KEY,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        facts TEXT NOT NULL,
        noted_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX file_facts_by_age ON file_facts (noted_ms);
      """
  )
}
