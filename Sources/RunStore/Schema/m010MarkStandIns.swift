extension Migration {
  /// What answered in the place of the service, if anything did; money of it was never billed.
  ///
  /// Of runs of earlier versions only a replay is known, by their command line.
  static let m010MarkStandIns = Migration(
    name: "m010MarkStandIns",
    sql: """
      ALTER TABLE items ADD COLUMN stand_in TEXT;
      UPDATE items SET stand_in = 'recording' WHERE run IN (
        SELECT runs.id FROM runs, json_each(runs.arguments) AS argument
        WHERE argument.value = '--replay' OR argument.value LIKE '--replay=%'
      );

      DROP VIEW view_runs;
      CREATE VIEW view_runs AS
        SELECT items.run || '.' || items.position AS run, sources.uri AS source,
          items.prompt_name AS prompt, items.model, items.settings, items.status,
          datetime(items.started_ms / 1000, 'unixepoch') AS started,
          (items.ended_ms - items.started_ms) / 1000.0 AS seconds,
          items.segments AS row_count, items.speakers AS speaker_count,
          items.findings AS finding_count,
          CASE WHEN items.stand_in IS NULL THEN CAST(items.cost AS REAL) END AS cost_usd,
          items.stand_in
        FROM items JOIN sources ON sources.id = items.source;

      DROP VIEW view_costs;
      CREATE VIEW view_costs AS
        SELECT items.run || '.' || items.position AS run, requests.kind,
          requests.clip_start_ms / 1000.0 AS clip_start_seconds,
          requests.clip_end_ms / 1000.0 AS clip_end_seconds,
          requests.status, requests.finish_reason, requests.attempts,
          CASE WHEN items.stand_in IS NULL THEN CAST(requests.cost AS REAL) END AS cost_usd,
          requests.usage, (requests.ended_ms - requests.started_ms) / 1000.0 AS seconds,
          items.stand_in
        FROM requests JOIN items ON items.id = requests.item;
      """
  )
}
