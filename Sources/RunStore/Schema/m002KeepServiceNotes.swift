extension Migration {
  /// What is known of things that services keep: uploaded files and caches of our own.
  ///
  /// The table `rates` of the first release was never filled; from here on its key is the service
  /// that taught the rates, a host name. `requests.details` was never filled, either.
  static let m002KeepServiceNotes = Migration(
    name: "m002KeepServiceNotes",
    sql: """
      CREATE TABLE uploads (
        account TEXT NOT NULL,
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        expires_ms INTEGER NOT NULL,
        PRIMARY KEY (account, name)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE known_files (
        path TEXT NOT NULL PRIMARY KEY,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        digest TEXT NOT NULL,
        noted_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE caches (
        label TEXT NOT NULL PRIMARY KEY,
        account TEXT NOT NULL,
        name TEXT,
        expires_ms INTEGER NOT NULL,
        host TEXT NOT NULL,
        process INTEGER NOT NULL,
        process_start TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      ALTER TABLE requests DROP COLUMN details;
      """
  )
}
