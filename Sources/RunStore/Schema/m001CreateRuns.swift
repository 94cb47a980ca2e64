extension Migration {
  /// The tables as first released.
  ///
  /// Moments are milliseconds since 1970 (`…_ms`), times of a video milliseconds from its start,
  /// money is decimal text in US dollars, and JSON is text.
  ///
  /// A segment's and a speaker's `id` is its item's id times 2²⁴ plus its position in the
  /// document: the rows of an item lie together, and are found, walked and removed by a range of
  /// ids without an index. The full-text indexes use the same ids and hold no copy of the text.
  static let m001CreateRuns = Migration(
    name: "m001CreateRuns",
    sql: """
      PRAGMA application_id = 0x54616273;

      CREATE TABLE migrations (
        name TEXT NOT NULL PRIMARY KEY,
        applied_ms INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE runs (
        id TEXT NOT NULL PRIMARY KEY,
        started_ms INTEGER NOT NULL,
        ended_ms INTEGER,
        status TEXT NOT NULL,
        tool TEXT NOT NULL,
        arguments TEXT NOT NULL,
        folder TEXT NOT NULL,
        host TEXT NOT NULL,
        process INTEGER NOT NULL,
        process_start TEXT NOT NULL
      ) STRICT;
      CREATE INDEX runs_by_time ON runs (started_ms);

      CREATE TABLE sources (
        id INTEGER PRIMARY KEY,
        uri TEXT NOT NULL,
        kind TEXT NOT NULL,
        stem TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        size INTEGER,
        mime_type TEXT,
        duration_ms INTEGER,
        title TEXT,
        UNIQUE (uri, content_hash)
      ) STRICT;

      CREATE TABLE texts (
        digest TEXT NOT NULL PRIMARY KEY,
        text TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE items (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL REFERENCES runs (id),
        position INTEGER NOT NULL,
        source INTEGER NOT NULL REFERENCES sources (id),
        identity TEXT NOT NULL,
        model TEXT NOT NULL,
        prompt_name TEXT NOT NULL,
        prompt TEXT NOT NULL REFERENCES texts (digest),
        schema_name TEXT NOT NULL,
        schema TEXT NOT NULL REFERENCES texts (digest),
        config TEXT NOT NULL REFERENCES texts (digest),
        settings TEXT NOT NULL,
        status TEXT NOT NULL,
        failure TEXT,
        files TEXT NOT NULL DEFAULT '[]',
        cost TEXT,
        segments INTEGER NOT NULL DEFAULT 0,
        speakers INTEGER NOT NULL DEFAULT 0,
        findings INTEGER NOT NULL DEFAULT 0,
        started_ms INTEGER,
        ended_ms INTEGER,
        UNIQUE (run, position)
      ) STRICT;
      CREATE INDEX items_by_source ON items (source);
      CREATE INDEX items_by_identity ON items (identity) WHERE status = 'complete';

      CREATE TABLE requests (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        clip_start_ms INTEGER,
        clip_end_ms INTEGER,
        body_digest TEXT NOT NULL,
        details TEXT NOT NULL,
        status TEXT NOT NULL,
        finish_reason TEXT,
        usage TEXT,
        cost TEXT,
        attempts INTEGER NOT NULL DEFAULT 1,
        error TEXT,
        started_ms INTEGER NOT NULL,
        ended_ms INTEGER
      ) STRICT;
      CREATE INDEX requests_by_item ON requests (item);

      CREATE TABLE reply_chunks (
        id INTEGER PRIMARY KEY,
        request INTEGER NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
        bytes BLOB NOT NULL
      ) STRICT;
      CREATE INDEX reply_chunks_by_request ON reply_chunks (request);

      CREATE TABLE documents (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        json BLOB NOT NULL
      ) STRICT;

      CREATE TABLE segments (
        id INTEGER PRIMARY KEY,
        item INTEGER NOT NULL GENERATED ALWAYS AS (id >> 24) VIRTUAL,
        row INTEGER NOT NULL,
        start_ms INTEGER,
        end_ms INTEGER,
        voice INTEGER,
        text TEXT NOT NULL
      ) STRICT;
      CREATE VIRTUAL TABLE segment_words USING fts5 (
        text, content = 'segments', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
      );

      CREATE TABLE speakers (
        id INTEGER PRIMARY KEY,
        item INTEGER NOT NULL GENERATED ALWAYS AS (id >> 24) VIRTUAL,
        voice INTEGER NOT NULL,
        label TEXT NOT NULL,
        name TEXT,
        company TEXT,
        position TEXT,
        role TEXT,
        name_status TEXT NOT NULL
      ) STRICT;
      CREATE VIRTUAL TABLE speaker_words USING fts5 (
        label, company, content = 'speakers', content_rowid = 'id',
        tokenize = 'unicode61 remove_diacritics 2'
      );

      CREATE TABLE findings (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        code TEXT NOT NULL,
        severity TEXT NOT NULL,
        message TEXT NOT NULL,
        rows TEXT NOT NULL,
        PRIMARY KEY (item, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE corrections (
        item INTEGER NOT NULL REFERENCES items (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        correction TEXT NOT NULL,
        is_undone INTEGER NOT NULL,
        PRIMARY KEY (item, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE merges (
        item INTEGER PRIMARY KEY REFERENCES items (id) ON DELETE CASCADE,
        merges TEXT NOT NULL
      ) STRICT;

      CREATE TABLE rates (
        key TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      """
  )
}
