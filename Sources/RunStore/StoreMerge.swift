#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The taking in of the attached database `other`, within one transaction.
///
/// What numbers itself gets new numbers, in the same order; temporary tables say which.
struct StoreMerge {
  private let connection: Connection
  private let now: Date

  init(_ connection: Connection, now: Date) { (self.connection, self.now) = (connection, now) }

  /// - Parameter left: The ids of runs that are left out.
  func carryOut(leavingOut left: [String]) throws(RunStoreError) -> MergeReport {
    try connection.execute(
      """
      CREATE TEMP TABLE taken_runs (id TEXT NOT NULL PRIMARY KEY);
      CREATE TEMP TABLE taken_items (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
      CREATE TEMP TABLE taken_batches (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
      CREATE TEMP TABLE taken_requests (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
      CREATE TEMP TABLE taken_rounds (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);
      """
    )
    for run in left {
      try connection.run("INSERT INTO taken_runs (id) VALUES (?)", .text(run))
    }
    var report = MergeReport()
    report.underWay = left
    report.known = try count("SELECT count(*) FROM other.runs WHERE id IN (SELECT id FROM runs)")
    report.differing = try differing()
    try takeRuns()
    report.taken = try connection.rows("SELECT id FROM taken_runs ORDER BY id") { $0.text(0) }
    try takeRequests()
    try takeResults()
    try takeLabs()
    try takeNotes()
    report.results = try count(
      "SELECT count(*) FROM documents WHERE item IN (SELECT new FROM taken_items)"
    )
    report.labRounds = try count("SELECT count(*) FROM taken_rounds")
    try connection.execute(
      """
      DROP TABLE taken_runs;
      DROP TABLE taken_items;
      DROP TABLE taken_batches;
      DROP TABLE taken_requests;
      DROP TABLE taken_rounds;
      """
    )
    return report
  }

  private func count(_ sql: StaticString) throws(RunStoreError) -> Int {
    try connection.first(sql) { $0.int(0) } ?? 0
  }

  /// The runs in both stores of which the other one has something else than this one.
  private func differing() throws(RunStoreError) -> [String] {
    try connection.rows(
      """
      SELECT run FROM (
        SELECT run, position, status, ended_ms, segments FROM other.items WHERE status != 'running'
        EXCEPT SELECT run, position, status, ended_ms, segments FROM main.items
      )
      UNION SELECT run FROM (
        SELECT i.run, i.position, c.position, c.correction, c.is_undone
        FROM other.corrections c JOIN other.items i ON i.id = c.item
        EXCEPT SELECT i.run, i.position, c.position, c.correction, c.is_undone
        FROM main.corrections c JOIN main.items i ON i.id = c.item
      )
      INTERSECT SELECT id FROM main.runs
      ORDER BY run
      """
    ) { $0.text(0) }
  }

  private func takeRuns() throws(RunStoreError) {
    try connection.execute(
      """
      CREATE TEMP TABLE left_runs AS SELECT id FROM taken_runs;
      DELETE FROM taken_runs;
      INSERT INTO taken_runs SELECT id FROM other.runs
        WHERE id NOT IN (SELECT id FROM main.runs) AND id NOT IN (SELECT id FROM left_runs);
      DROP TABLE left_runs;

      INSERT INTO main.runs (id, started_ms, ended_ms, status, tool, arguments, folder, host,
          process, process_start, known_speakers, cost_limit, work)
        SELECT id, started_ms, ended_ms, iif(status = 'running', 'interrupted', status), tool,
          arguments, folder, host, process, process_start, known_speakers, cost_limit, work
        FROM other.runs WHERE id IN (SELECT id FROM taken_runs);

      INSERT INTO main.sources (uri, kind, stem, content_hash, size, mime_type, duration_ms, title)
        SELECT uri, kind, stem, content_hash, size, mime_type, duration_ms, title FROM other.sources
        WHERE id IN (SELECT source FROM other.items WHERE run IN (SELECT id FROM taken_runs))
        ON CONFLICT DO NOTHING;

      INSERT INTO main.texts (digest, text)
        SELECT digest, text FROM other.texts WHERE digest IN (
          SELECT prompt FROM other.items WHERE run IN (SELECT id FROM taken_runs)
          UNION SELECT schema FROM other.items WHERE run IN (SELECT id FROM taken_runs)
          UNION SELECT config FROM other.items WHERE run IN (SELECT id FROM taken_runs)
        )
        ON CONFLICT DO NOTHING;

      INSERT INTO taken_items
        SELECT id, (SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'items')
          + row_number() OVER (ORDER BY id)
        FROM other.items WHERE run IN (SELECT id FROM taken_runs);

      INSERT INTO main.items (id, run, position, source, identity, model, prompt_name, prompt,
          schema_name, schema, config, settings, status, failure, cost, segments, speakers, findings,
          started_ms, ended_ms, estimate, stand_in, language)
        SELECT t.new, i.run, i.position, s.id, i.identity, i.model, i.prompt_name, i.prompt,
          i.schema_name, i.schema, i.config, i.settings,
          CASE WHEN i.status != 'running' THEN i.status
            WHEN EXISTS (SELECT 1 FROM other.documents WHERE item = i.id) THEN 'partial'
            ELSE 'waiting' END,
          i.failure, i.cost, i.segments, i.speakers, i.findings, i.started_ms, i.ended_ms,
          i.estimate, i.stand_in, i.language
        FROM taken_items t
          JOIN other.items i ON i.id = t.old
          JOIN other.sources o ON o.id = i.source
          JOIN main.sources s ON s.uri = o.uri AND s.content_hash = o.content_hash
        ORDER BY t.new;
      """
    )
  }

  private func takeRequests() throws(RunStoreError) {
    try connection.execute(
      """
      INSERT INTO taken_batches
        SELECT id, (SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'batches')
          + row_number() OVER (ORDER BY id)
        FROM other.batches WHERE run IN (SELECT id FROM taken_runs);
      INSERT INTO main.batches (id, run, round, stage, model, storage, retry_of, online_cost,
          batch_cost, name, state, failure, submitted_ms)
        SELECT t.new, b.run, b.round, b.stage, b.model, b.storage, b.retry_of, b.online_cost,
          b.batch_cost, b.name, b.state, b.failure, b.submitted_ms
        FROM taken_batches t JOIN other.batches b ON b.id = t.old ORDER BY t.new;
      INSERT INTO main.batch_answers (batch, line)
        SELECT t.new, a.line FROM other.batch_answers a JOIN taken_batches t ON t.old = a.batch
        ORDER BY a.id;

      INSERT INTO taken_requests
        SELECT id, (SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'requests')
          + row_number() OVER (ORDER BY id)
        FROM other.requests WHERE item IN (SELECT old FROM taken_items);
      INSERT INTO main.requests (id, item, kind, clip_start_ms, clip_end_ms, body_digest, status,
          finish_reason, usage, cost, attempts, error, started_ms, ended_ms, expected_cost, batch,
          body, sent_digest)
        SELECT t.new, i.new, r.kind, r.clip_start_ms, r.clip_end_ms, r.body_digest, r.status,
          r.finish_reason, r.usage, r.cost, r.attempts, r.error, r.started_ms, r.ended_ms,
          r.expected_cost, b.new, r.body, r.sent_digest
        FROM taken_requests t
          JOIN other.requests r ON r.id = t.old
          JOIN taken_items i ON i.old = r.item
          LEFT JOIN taken_batches b ON b.old = r.batch
        ORDER BY t.new;
      INSERT INTO main.reply_chunks (request, bytes)
        SELECT t.new, c.bytes FROM other.reply_chunks c JOIN taken_requests t ON t.old = c.request
        ORDER BY c.id;
      """
    )
  }

  private func takeResults() throws(RunStoreError) {
    try connection.execute(
      """
      INSERT INTO main.documents (item, json)
        SELECT t.new, d.json FROM taken_items t JOIN other.documents d ON d.item = t.old;
      INSERT INTO main.findings (item, position, code, severity, message, rows)
        SELECT t.new, f.position, f.code, f.severity, f.message, f.rows
        FROM taken_items t JOIN other.findings f ON f.item = t.old;
      INSERT INTO main.corrections (item, position, correction, is_undone)
        SELECT t.new, c.position, c.correction, c.is_undone
        FROM taken_items t JOIN other.corrections c ON c.item = t.old;
      INSERT INTO main.merges (item, merges)
        SELECT t.new, m.merges FROM taken_items t JOIN other.merges m ON m.item = t.old;

      INSERT INTO main.segments (id, row, start_ms, end_ms, voice, text)
        SELECT (t.new << 24) + (s.id & 16777215), s.row, s.start_ms, s.end_ms, s.voice, s.text
        FROM taken_items t JOIN other.segments s
          ON s.id BETWEEN t.old << 24 AND (t.old << 24) + 16777215
        ORDER BY 1;
      INSERT INTO main.passages (id, name, row, start_ms, text)
        SELECT (t.new << 24) + (p.id & 16777215), p.name, p.row, p.start_ms, p.text
        FROM taken_items t JOIN other.passages p
          ON p.id BETWEEN t.old << 24 AND (t.old << 24) + 16777215
        ORDER BY 1;
      INSERT INTO text_words (rowid, text)
        SELECT id, text FROM main.searched_texts
        WHERE id >= (SELECT min(new) FROM taken_items) << 24;
      INSERT INTO main.speakers (id, voice, label, name, company, position, role, name_status)
        SELECT (t.new << 24) + (s.id & 16777215), s.voice, s.label, s.name, s.company, s.position,
          s.role, s.name_status
        FROM taken_items t JOIN other.speakers s
          ON s.id BETWEEN t.old << 24 AND (t.old << 24) + 16777215
        ORDER BY 1;
      INSERT INTO speaker_words (rowid, label, company)
        SELECT id, label, company FROM main.speakers
        WHERE id >= (SELECT min(new) FROM taken_items) << 24;
      """
    )
    // Paths of another machine name other files here.
    try connection.run(
      """
      INSERT INTO main.results (path, item, position)
        SELECT f.path, t.new, f.position
        FROM other.results f
          JOIN taken_items t ON t.old = f.item
          JOIN main.items i ON i.id = t.new
          JOIN main.runs r ON r.id = i.run
        WHERE r.host = ?
        ON CONFLICT DO NOTHING
      """,
      .text(ProcessIdentity.current.host)
    )
  }

  private func takeLabs() throws(RunStoreError) {
    try connection.execute(
      """
      INSERT INTO taken_rounds
        SELECT id, (SELECT coalesce(max(seq), 0) FROM main.sqlite_sequence WHERE name = 'lab_rounds')
          + row_number() OVER (ORDER BY id)
        FROM other.lab_rounds o WHERE NOT EXISTS (
          SELECT 1 FROM main.lab_rounds m
          WHERE m.lab = o.lab AND m.started_ms = o.started_ms AND m.folder = o.folder
            AND m.facts = o.facts
        );
      INSERT INTO main.lab_rounds (id, lab, started_ms, folder, facts)
        SELECT t.new, r.lab, r.started_ms, r.folder, r.facts
        FROM taken_rounds t JOIN other.lab_rounds r ON r.id = t.old ORDER BY t.new;
      INSERT INTO main.texts (digest, text)
        SELECT digest, text FROM other.texts WHERE digest IN (
          SELECT prompt FROM other.lab_variants WHERE round IN (SELECT old FROM taken_rounds)
        )
        ON CONFLICT DO NOTHING;
      INSERT INTO main.lab_variants (round, position, name, prompt, settings)
        SELECT t.new, v.position, v.name, v.prompt, v.settings
        FROM taken_rounds t JOIN other.lab_variants v ON v.round = t.old;
      INSERT INTO main.lab_cells (round, position, variant, video, clip, repetition, item, scores)
        SELECT t.new, c.position, c.variant, c.video, c.clip, c.repetition, m.id, c.scores
        FROM taken_rounds t
          JOIN other.lab_cells c ON c.round = t.old
          LEFT JOIN other.items o ON o.id = c.item
          LEFT JOIN main.items m ON m.run = o.run AND m.position = o.position;
      INSERT INTO main.lab_baselines (lab, name, round, variant, set_ms)
        SELECT b.lab, b.name, m.id, b.variant, b.set_ms
        FROM other.lab_baselines b
          JOIN other.lab_rounds o ON o.id = b.round
          JOIN main.lab_rounds m ON m.lab = o.lab AND m.started_ms = o.started_ms
            AND m.folder = o.folder AND m.facts = o.facts
        WHERE true
        ON CONFLICT DO NOTHING;
      """
    )
  }

  /// What services have taught, and what they keep for a while.
  private func takeNotes() throws(RunStoreError) {
    try connection.run(
      "INSERT INTO main.rates SELECT key, value FROM other.rates WHERE true ON CONFLICT DO NOTHING"
    )
    try connection.run(
      """
      INSERT INTO main.uploads (account, name, digest, size, expires_ms)
        SELECT account, name, digest, size, expires_ms FROM other.uploads WHERE expires_ms > ?
        ON CONFLICT DO NOTHING
      """,
      .time(now)
    )
  }
}
