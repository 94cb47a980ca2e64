extension Migration {
  /// Runs whose requests travel by the provider's batches.
  ///
  /// What such a run is to do stands in `runs.work`, so that it can be taken up wherever and whenever
  /// the answers are there. Each time it has something to ask it makes one batch, a round. Answers are
  /// in `batch_answers` as they came until they are taken for replies; what belongs to no request stays
  /// there.
  static let m007KeepBatches = Migration(
    name: "m007KeepBatches",
    sql: """
      ALTER TABLE runs ADD COLUMN work TEXT;

      CREATE TABLE batches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        round INTEGER NOT NULL,
        stage TEXT NOT NULL,
        model TEXT NOT NULL,
        storage TEXT,
        retry_of TEXT,
        online_cost TEXT,
        batch_cost TEXT,
        name TEXT,
        state TEXT,
        failure TEXT,
        submitted_ms INTEGER,
        UNIQUE (run, round)
      ) STRICT;

      CREATE TABLE batch_answers (
        id INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
        line BLOB NOT NULL
      ) STRICT;
      CREATE INDEX batch_answers_by_batch ON batch_answers (batch);

      ALTER TABLE requests ADD COLUMN batch INTEGER REFERENCES batches (id);
      ALTER TABLE requests ADD COLUMN body TEXT;
      ALTER TABLE requests ADD COLUMN sent_digest TEXT;
      CREATE INDEX requests_by_batch ON requests (batch) WHERE batch IS NOT NULL;
      """
  )
}
