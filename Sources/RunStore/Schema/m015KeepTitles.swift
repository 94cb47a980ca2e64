extension Migration {
  /// Lists show when something was recorded, what people call it, and how many rows they compared with the
  /// recording.
  static let m015KeepTitles = Migration(
    name: "m015KeepTitles",
    sql: SQL(
      sqlite: """
        ALTER TABLE sources ADD COLUMN recorded_ms INTEGER;
        ALTER TABLE items ADD COLUMN title TEXT;
        ALTER TABLE items ADD COLUMN folded_title TEXT;
        ALTER TABLE items ADD COLUMN checked INTEGER NOT NULL DEFAULT 0;
        """,
      postgresql: """
        ALTER TABLE sources ADD COLUMN recorded_ms BIGINT;
        ALTER TABLE items ADD COLUMN title TEXT COLLATE "C";
        ALTER TABLE items ADD COLUMN folded_title TEXT COLLATE "C";
        ALTER TABLE items ADD COLUMN checked BIGINT NOT NULL DEFAULT 0;
        """
    ),
    finish: { connection throws(RunStoreError) in
      let items = try connection.rows("SELECT DISTINCT item FROM corrections WHERE NOT is_undone") {
        $0.int64(0)
      }
      for item in items {
        if let document = try? connection.document(of: item) {
          try connection.noteCorrected(document, of: item)
        }
      }
    }
  )
}
