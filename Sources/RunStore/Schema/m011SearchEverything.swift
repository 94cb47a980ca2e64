extension Migration {
  /// Beside the rows of transcripts, the rows of other tables are searched, and what the machine wrote
  /// where people changed a row; results know their language.
  ///
  /// The index is filled by the next step.
  static let m011SearchEverything = Migration(
    name: "m011SearchEverything",
    sql: """
      ALTER TABLE items ADD COLUMN language TEXT;
      CREATE INDEX sources_by_content ON sources (content_hash) WHERE content_hash != '';

      CREATE TABLE passages (
        id INTEGER PRIMARY KEY,
        item INTEGER NOT NULL GENERATED ALWAYS AS (id >> 24) VIRTUAL,
        name TEXT,
        row INTEGER NOT NULL,
        start_ms INTEGER,
        text TEXT NOT NULL
      ) STRICT;

      CREATE VIEW searched_texts AS
        SELECT id, text FROM segments UNION ALL SELECT id, text FROM passages;
      DROP TABLE segment_words;
      CREATE VIRTUAL TABLE text_words USING fts5 (
        text, content = 'searched_texts', content_rowid = 'id', tokenize = 'tabscribe'
      );

      DROP TABLE speaker_words;
      CREATE VIRTUAL TABLE speaker_words USING fts5 (
        label, company, content = 'speakers', content_rowid = 'id', tokenize = 'tabscribe'
      );
      """,
    finish: { connection throws(RunStoreError) in try connection.indexDocuments() }
  )
}
