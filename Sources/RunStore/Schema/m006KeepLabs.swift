extension Migration {
  /// Rounds of labs: what each variant of a prompt made of each clip, how good that was, and what the
  /// variant was in every letter, so that it can be had again.
  ///
  /// A cell keeps its scores when the run that it points at is deleted. The views are for readers
  /// other than this program: their names and columns stay.
  static let m006KeepLabs = Migration(
    name: "m006KeepLabs",
    sql: """
      CREATE TABLE lab_rounds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        lab TEXT NOT NULL,
        started_ms INTEGER NOT NULL,
        folder TEXT NOT NULL,
        facts TEXT NOT NULL
      ) STRICT;
      CREATE INDEX lab_rounds_by_lab ON lab_rounds (lab, id);

      CREATE TABLE lab_variants (
        round INTEGER NOT NULL REFERENCES lab_rounds (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        prompt TEXT NOT NULL REFERENCES texts (digest),
        settings TEXT NOT NULL,
        PRIMARY KEY (round, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE lab_cells (
        round INTEGER NOT NULL REFERENCES lab_rounds (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        video TEXT NOT NULL,
        clip TEXT NOT NULL,
        repetition INTEGER NOT NULL,
        item INTEGER REFERENCES items (id) ON DELETE SET NULL,
        scores TEXT NOT NULL,
        PRIMARY KEY (round, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX lab_cells_by_item ON lab_cells (item);

      CREATE TABLE lab_baselines (
        lab TEXT NOT NULL,
        name TEXT NOT NULL,
        round INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        set_ms INTEGER NOT NULL,
        PRIMARY KEY (lab, name)
      ) STRICT, WITHOUT ROWID;

      CREATE INDEX items_answered_by_identity ON items (identity) WHERE status = 'partial';

      CREATE VIEW view_runs AS
        SELECT items.run || '.' || items.position AS run, sources.uri AS source,
          items.prompt_name AS prompt, items.model, items.settings, items.status,
          datetime(items.started_ms / 1000, 'unixepoch') AS started,
          (items.ended_ms - items.started_ms) / 1000.0 AS seconds,
          items.segments AS row_count, items.speakers AS speaker_count,
          items.findings AS finding_count, CAST(items.cost AS REAL) AS cost_usd
        FROM items JOIN sources ON sources.id = items.source;

      CREATE VIEW view_rows AS
        SELECT items.run || '.' || items.position AS run, segments.row,
          segments.start_ms / 1000.0 AS start_seconds,
          segments.end_ms / 1000.0 AS end_seconds, segments.voice,
          speakers.label AS speaker, segments.text
        FROM segments JOIN items ON items.id = segments.item
          LEFT JOIN speakers ON speakers.item = segments.item AND speakers.voice = segments.voice
            AND speakers.id BETWEEN items.id << 24 AND (items.id << 24) + 16777215;

      CREATE VIEW view_speakers AS
        SELECT items.run || '.' || items.position AS run, speakers.voice, speakers.label,
          speakers.name, speakers.company, speakers.position, speakers.role, speakers.name_status
        FROM speakers JOIN items ON items.id = speakers.item;

      CREATE VIEW view_costs AS
        SELECT items.run || '.' || items.position AS run, requests.kind,
          requests.clip_start_ms / 1000.0 AS clip_start_seconds,
          requests.clip_end_ms / 1000.0 AS clip_end_seconds,
          requests.status, requests.finish_reason, requests.attempts,
          CAST(requests.cost AS REAL) AS cost_usd, requests.usage,
          (requests.ended_ms - requests.started_ms) / 1000.0 AS seconds
        FROM requests JOIN items ON items.id = requests.item;

      CREATE VIEW view_scores AS
        SELECT lab_rounds.lab, lab_rounds.id AS round,
          datetime(lab_rounds.started_ms / 1000, 'unixepoch') AS started,
          lab_variants.name AS variant, lab_cells.video, lab_cells.clip, lab_cells.repetition,
          items.run || '.' || items.position AS run, score.key AS metric,
          CAST(score.value ->> 0 AS REAL) AS amount, CAST(score.value ->> 1 AS REAL) AS weight,
          CAST(score.value ->> 0 AS REAL) / CAST(score.value ->> 1 AS REAL) AS score
        FROM lab_cells
          JOIN lab_rounds ON lab_rounds.id = lab_cells.round
          JOIN lab_variants ON lab_variants.round = lab_cells.round
            AND lab_variants.position = lab_cells.variant
          LEFT JOIN items ON items.id = lab_cells.item
          JOIN json_each(lab_cells.scores) AS score;
      """
  )
}
