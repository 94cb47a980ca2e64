extension Migration {
  /// Which item each file on disk has the result of: the one that was written there last.
  ///
  /// Before, an item knew its files, and nobody knew whether another result had taken their place.
  static let m005KeepResults = Migration(
    name: "m005KeepResults",
    sql: """
      CREATE TABLE results (
        path TEXT NOT NULL PRIMARY KEY,
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        position INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX results_by_item ON results (item);
      INSERT OR REPLACE INTO results (path, item, position)
        SELECT file.value, items.id, file.key FROM items, json_each(items.files) AS file
        ORDER BY items.id;
      ALTER TABLE items DROP COLUMN files;
      """
  )
}
