#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The taking in of another store, within one transaction; either may be a file or on a server.
///
/// What numbers itself gets new numbers, in the same order.
struct StoreMerge {
  private let here: any Connection
  private let there: any Connection
  private let now: Date
  /// The new numbers by the old ones.
  private var items: [Int64: Int64] = [:]
  private var texts: Set<String> = []

  init(from there: any Connection, into here: any Connection, now: Date) {
    (self.there, self.here, self.now) = (there, here, now)
  }

  /// - Parameter left: The ids of runs that are left out.
  mutating func carryOut(leavingOut left: [String]) throws(RunStoreError) -> MergeReport {
    var report = MergeReport()
    report.underWay = left
    for run in try ids(there) {
      if try here.first("SELECT 1 FROM runs WHERE id = ?", .text(run), read: { _ in true }) != nil {
        report.known += 1
        if try differs(run) { report.differing.append(run) }
      } else if !left.contains(run) {
        report.taken.append(run)
      }
    }
    for run in report.taken { report.results += try take(run: run) }
    report.labRounds = try takeLabs()
    try takeNotes()
    return report
  }

  private func ids(_ connection: any Connection) throws(RunStoreError) -> [String] {
    try connection.rows("SELECT id FROM runs ORDER BY id") { $0.text(0) }
  }

  /// Whether the other store has something else of a run than this one.
  private func differs(_ run: String) throws(RunStoreError) -> Bool {
    try !state(of: run, there).isSubset(of: state(of: run, here))
  }

  private func state(
    of run: String,
    _ connection: any Connection
  ) throws(RunStoreError) -> Set<[String]> {
    let items = try connection.rows(
      """
      SELECT position, status, ended_ms, segments FROM items WHERE run = ? AND status != 'running'
      """,
      .text(run)
    ) { row in (0..<4).map { row.text($0) } }
    let corrections = try connection.rows(
      """
      SELECT i.position, c.position, c.correction, c.is_undone
      FROM corrections c JOIN items i ON i.id = c.item WHERE i.run = ?
      """,
      .text(run)
    ) { row in (0..<3).map { row.text($0) } + [row.flag(3) ? "undone" : "in force"] }
    return Set(items + corrections)
  }

  /// Takes in rows that belong to one thing.
  ///
  /// - Parameters:
  ///   - select: Its rows in the other store, of the key.
  ///   - kinds: What the columns hold.
  ///   - first: What stands in place of the first column.
  private func copy(
    _ select: SQL,
    of key: Int64,
    _ kinds: [ValueKind],
    first: SQLValue,
    by insert: SQL
  ) throws(RunStoreError) {
    var rows: [[SQLValue]] = []
    try there.each(select, [.int(key)]) { row in
      rows.append([first] + row.values(kinds, from: 1))
      return true
    }
    try here.insert(rows, by: insert)
  }

  // MARK: Runs

  /// Takes in a run with all that was made of it; returns how many results it has.
  private mutating func take(run: String) throws(RunStoreError) -> Int {
    let values = try there.first(
      """
      SELECT id, CASE WHEN status = 'running' THEN 'interrupted' ELSE status END, tool, arguments,
        folder, host, process_start, known_speakers, cost_limit, work, started_ms, ended_ms, process
      FROM runs WHERE id = ?
      """,
      .text(run)
    ) { $0.values(Array(repeating: .text, count: 10) + [.integer, .integer, .integer]) }
    _ = try here.change(
      """
      INSERT INTO runs (id, status, tool, arguments, folder, host, process_start, known_speakers,
        cost_limit, work, started_ms, ended_ms, process)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      values ?? []
    ) { _ in }
    let batches = try takeBatches(of: run)
    let found = try there.rows("SELECT id FROM items WHERE run = ? ORDER BY id", .text(run)) {
      $0.int64(0)
    }
    var results = 0
    for old in found {
      let new = try takeItem(old)
      items[old] = new
      try takeRequests(of: old, new, batches)
      if try takeResult(of: old, new) { results += 1 }
      try takeFiles(of: old, new)
    }
    return results
  }

  private func takeBatches(of run: String) throws(RunStoreError) -> [Int64: Int64] {
    var numbers: [Int64: Int64] = [:]
    var batches: [(Int64, [SQLValue])] = []
    try there.each(
      """
      SELECT id, run, stage, model, storage, retry_of, online_cost, batch_cost, name, state, failure,
        round, submitted_ms
      FROM batches WHERE run = ? ORDER BY id
      """,
      [.text(run)]
    ) { row in
      let values = row.values(
        Array(repeating: .text, count: 10) + [.integer, .integer],
        from: 1
      )
      batches.append((row.int64(0), values))
      return true
    }
    for (old, values) in batches {
      let new = try here.one(
        """
        INSERT INTO batches (run, stage, model, storage, retry_of, online_cost, batch_cost, name,
          state, failure, round, submitted_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING id
        """,
        values
      )
      numbers[old] = new
      try copy(
        "SELECT batch, line FROM batch_answers WHERE batch = ? ORDER BY id",
        of: old,
        [.blob],
        first: .int(new),
        by: SQL(
          sqlite: "INSERT INTO batch_answers (batch, line) VALUES (?, ?)",
          postgresql: "COPY batch_answers (batch, line) FROM STDIN"
        )
      )
    }
    return numbers
  }

  private mutating func takeItem(_ old: Int64) throws(RunStoreError) -> Int64 {
    let found = try there.first(
      """
      SELECT s.uri, s.kind, s.stem, s.content_hash, s.mime_type, s.title, s.size, s.duration_ms,
        s.recorded_ms, i.run, i.identity, i.model, i.prompt_name, i.prompt, i.schema_name, i.schema, i.config,
        i.settings,
        CASE WHEN i.status != 'running' THEN i.status
          WHEN EXISTS (SELECT 1 FROM documents WHERE item = i.id) THEN 'partial'
          ELSE 'waiting' END,
        i.failure, i.cost, i.estimate, i.stand_in, i.language,
        i.title, i.folded_title,
        i.position, i.segments, i.speakers, i.findings, i.checked, i.started_ms, i.ended_ms
      FROM items i JOIN sources s ON s.id = i.source WHERE i.id = ?
      """,
      .int(old)
    ) { row in
      (
        source: row.values(
          Array(repeating: .text, count: 6) + Array(repeating: .integer, count: 3)
        ),
        names: (uri: row.text(0), stem: row.text(2), title: row.optionalText(5)),
        hash: row.text(3),
        texts: [row.text(13), row.text(15), row.text(16)],
        item: row.values(
          Array(repeating: .text, count: 17) + Array(repeating: .integer, count: 7),
          from: 9
        )
      )
    }
    guard let found else { throw .unexpectedValue("nothing where an item was just seen") }
    for digest in found.texts { try takeText(digest) }
    let isNew =
      try here.change(
        """
        INSERT INTO sources (uri, kind, stem, content_hash, mime_type, title, size, duration_ms,
          recorded_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
        found.source
      ) { _ in } > 0
    let source = try here.first(
      "SELECT id FROM sources WHERE uri = ? AND content_hash = ?",
      .text(found.names.uri),
      .text(found.hash)
    ) { $0.int64(0) }
    guard let source else { throw .unexpectedValue("nothing where a source was just put") }
    if isNew {
      let names = found.names
      try here.learnNames(ofSource: source, uri: names.uri, stem: names.stem, title: names.title)
    }
    return try here.one(
      """
      INSERT INTO items (run, identity, model, prompt_name, prompt, schema_name, schema, config,
        settings, status, failure, cost, estimate, stand_in, language, title, folded_title,
        position, segments, speakers, findings, checked, started_ms, ended_ms, source)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      RETURNING id
      """,
      found.item + [.int(source)]
    )
  }

  /// Texts are kept once.
  private mutating func takeText(_ digest: String) throws(RunStoreError) {
    guard texts.insert(digest).inserted else { return }
    let text = try there.first("SELECT text FROM texts WHERE digest = ?", .text(digest)) {
      $0.text(0)
    }
    try here.run(
      "INSERT INTO texts (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
      .text(digest),
      .text(text)
    )
  }

  private func takeRequests(
    of old: Int64,
    _ new: Int64,
    _ batches: [Int64: Int64]
  ) throws(RunStoreError) {
    var requests: [(old: Int64, batch: Int64?, values: [SQLValue])] = []
    try there.each(
      """
      SELECT id, batch, kind, body_digest, status, finish_reason, usage, cost, error, expected_cost,
        body, sent_digest, clip_start_ms, clip_end_ms, attempts, started_ms, ended_ms
      FROM requests WHERE item = ? ORDER BY id
      """,
      [.int(old)]
    ) { row in
      let values = row.values(
        Array(repeating: .text, count: 10) + Array(repeating: .integer, count: 5),
        from: 2
      )
      requests.append((row.int64(0), row.isNull(1) ? nil : row.int64(1), values))
      return true
    }
    for request in requests {
      let number = try here.one(
        """
        INSERT INTO requests (kind, body_digest, status, finish_reason, usage, cost, error,
          expected_cost, body, sent_digest, clip_start_ms, clip_end_ms, attempts, started_ms,
          ended_ms, item, batch)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING id
        """,
        request.values + [.int(new), .int(request.batch.flatMap { batches[$0] })]
      )
      try copy(
        "SELECT request, bytes FROM reply_chunks WHERE request = ? ORDER BY id",
        of: request.old,
        [.blob],
        first: .int(number),
        by: SQL(
          sqlite: "INSERT INTO reply_chunks (request, bytes) VALUES (?, ?)",
          postgresql: "COPY reply_chunks (request, bytes) FROM STDIN"
        )
      )
    }
  }

  // MARK: Results

  /// Takes in the result of an item, and says whether there is one.
  private func takeResult(of old: Int64, _ new: Int64) throws(RunStoreError) -> Bool {
    let document = try there.documentBytes(of: old)
    if let document { try here.setDocument(of: new, document) }
    if let merges = try there.merges(of: old) { try here.setMerges(merges, of: new) }
    try copy(
      """
      SELECT item, position, code, severity, message, rows FROM findings
      WHERE item = ? ORDER BY position
      """,
      of: old,
      [.integer, .text, .text, .text, .text],
      first: .int(new),
      by: .findings
    )
    try copy(
      """
      SELECT item, position, correction, is_undone FROM corrections
      WHERE item = ? ORDER BY position
      """,
      of: old,
      [.integer, .text, .flag],
      first: .int(new),
      by: .corrections
    )
    try takeRows(
      "SELECT id, row, start_ms, end_ms, voice, text FROM segments WHERE id BETWEEN ? AND ?",
      [.integer, .integer, .integer, .integer, .text],
      of: old,
      new,
      by: .segments
    )
    try takeRows(
      "SELECT id, name, row, start_ms, text FROM passages WHERE id BETWEEN ? AND ?",
      [.text, .integer, .integer, .text],
      of: old,
      new,
      by: .passages
    )
    try takeRows(
      """
      SELECT id, voice, label, name, company, position, role, name_status FROM speakers
      WHERE id BETWEEN ? AND ?
      """,
      [.integer, .text, .text, .text, .text, .text, .text],
      of: old,
      new,
      by: .speakers
    )
    try here.learnWords(of: RowSpace.ids(of: new))
    try here.learnSpeakers(RowSpace.ids(of: new))
    return document != nil
  }

  /// Takes in rows whose ids say which item they belong to.
  private func takeRows(
    _ select: SQL,
    _ kinds: [ValueKind],
    of old: Int64,
    _ new: Int64,
    by insert: SQL
  ) throws(RunStoreError) {
    let ids = RowSpace.ids(of: old)
    let step = RowSpace.ids(of: new).lowerBound - ids.lowerBound
    var rows: [[SQLValue]] = []
    try there.each(select, [.int(ids.lowerBound), .int(ids.upperBound)]) { row in
      rows.append([.int(row.int64(0) + step)] + row.values(kinds, from: 1))
      return true
    }
    try here.insert(rows, by: insert)
  }

  /// Paths of another machine name other files here.
  private func takeFiles(of old: Int64, _ new: Int64) throws(RunStoreError) {
    let files = try there.rows(
      """
      SELECT f.path, f.position, r.host FROM results f
        JOIN items i ON i.id = f.item JOIN runs r ON r.id = i.run
      WHERE f.item = ?
      """,
      .int(old)
    ) { row in (path: there.path(at: row.text(0)), position: row.int64(1), host: row.text(2)) }
    let own = ProcessIdentity.current.host
    for file in files where file.path.hasPrefix("/") && (there.sharesMachines || file.host == own) {
      try here.run(
        "INSERT INTO results (path, item, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        .text(here.place(of: file.path)),
        .int(new),
        .int(file.position)
      )
    }
  }

  // MARK: Labs and notes

  /// Takes in the rounds of labs that are not here, and says how many.
  private mutating func takeLabs() throws(RunStoreError) -> Int {
    let kinds: [ValueKind] = [.text, .text, .text, .integer]
    var rounds: [(id: Int64, values: [SQLValue])] = []
    try there.each("SELECT id, lab, folder, facts, started_ms FROM lab_rounds ORDER BY id", []) {
      row in
      rounds.append((row.int64(0), row.values(kinds, from: 1)))
      return true
    }
    var (count, numbers) = (0, [Int64: Int64]())
    for round in rounds {
      var known: Int64?
      try here.each(
        """
        SELECT id FROM lab_rounds WHERE lab = ? AND folder = ? AND facts = ? AND started_ms = ?
        """,
        round.values
      ) { row in
        known = row.int64(0)
        return false
      }
      if let known {
        numbers[round.id] = known
        continue
      }
      let new = try here.one(
        "INSERT INTO lab_rounds (lab, folder, facts, started_ms) VALUES (?, ?, ?, ?) RETURNING id",
        round.values
      )
      numbers[round.id] = new
      count += 1
      try takeVariants(of: round.id, new)
      try takeCells(of: round.id, new)
    }
    try takeBaselines(numbers)
    return count
  }

  private mutating func takeVariants(of old: Int64, _ new: Int64) throws(RunStoreError) {
    let prompts = try there.rows("SELECT prompt FROM lab_variants WHERE round = ?", .int(old)) {
      $0.text(0)
    }
    for digest in prompts { try takeText(digest) }
    try copy(
      """
      SELECT round, position, name, prompt, settings FROM lab_variants
      WHERE round = ? ORDER BY position
      """,
      of: old,
      [.integer, .text, .text, .text],
      first: .int(new),
      by: .labVariants
    )
  }

  private func takeCells(of old: Int64, _ new: Int64) throws(RunStoreError) {
    let cells = try there.rows(
      """
      SELECT c.position, c.variant, c.repetition, c.video, c.clip, c.scores, i.run, i.position
      FROM lab_cells c LEFT JOIN items i ON i.id = c.item WHERE c.round = ? ORDER BY c.position
      """,
      .int(old)
    ) { row in
      (
        values: row.values([.integer, .integer, .integer, .text, .text, .text]),
        run: row.optionalText(6), position: row.int64(7)
      )
    }
    for cell in cells {
      let item = try here.first(
        "SELECT id FROM items WHERE run = ? AND position = ?",
        .text(cell.run),
        .int(cell.position)
      ) { $0.int64(0) }
      _ = try here.change(
        """
        INSERT INTO lab_cells (position, variant, repetition, video, clip, scores, round, item)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        cell.values + [.int(new), .int(item)]
      ) { _ in }
    }
  }

  /// - Parameter rounds: The numbers of the rounds here by those there.
  private func takeBaselines(_ rounds: [Int64: Int64]) throws(RunStoreError) {
    let baselines = try there.rows(
      "SELECT round, lab, name, variant, set_ms FROM lab_baselines ORDER BY lab, name"
    ) { row in
      (round: row.int64(0), values: row.values([.text, .text, .integer, .integer], from: 1))
    }
    for baseline in baselines {
      guard let round = rounds[baseline.round] else { continue }
      _ = try here.change(
        """
        INSERT INTO lab_baselines (lab, name, variant, set_ms, round) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        baseline.values + [.int(round)]
      ) { _ in }
    }
  }

  /// What services have taught, and what they keep for a while.
  private func takeNotes() throws(RunStoreError) {
    for rate in try there.rows("SELECT key, value FROM rates", read: { $0.values([.text, .text]) })
    {
      _ = try here.change(
        "INSERT INTO rates (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
        rate
      ) { _ in }
    }
    let uploads = try there.rows(
      "SELECT account, name, digest, size, expires_ms FROM uploads WHERE expires_ms > ?",
      .time(now)
    ) { $0.values([.text, .text, .text, .integer, .integer]) }
    for upload in uploads {
      _ = try here.change(
        """
        INSERT INTO uploads (account, name, digest, size, expires_ms) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """,
        upload
      ) { _ in }
    }
  }
}

/// What a column holds.
private enum ValueKind {
  case integer, flag, text, blob
}

extension Row {
  /// The values of columns that follow each other, to be put elsewhere.
  fileprivate func values(_ kinds: [ValueKind], from first: Int = 0) -> [SQLValue] {
    kinds.enumerated().map { offset, kind in
      let column = first + offset
      return switch kind {
      case .integer: .int(isNull(column) ? nil : int64(column))
      case .flag: .flag(flag(column))
      case .text: .text(optionalText(column))
      case .blob: .blob(bytes(column))
      }
    }
  }
}

extension SQL {
  fileprivate static let findings = SQL(
    sqlite: """
      INSERT INTO findings (item, position, code, severity, message, rows) VALUES (?, ?, ?, ?, ?, ?)
      """,
    postgresql: "COPY findings (item, position, code, severity, message, rows) FROM STDIN"
  )
  fileprivate static let corrections = SQL(
    sqlite: """
      INSERT INTO corrections (item, position, correction, is_undone) VALUES (?, ?, ?, ?)
      """,
    postgresql: "COPY corrections (item, position, correction, is_undone) FROM STDIN"
  )
  fileprivate static let speakers = SQL(
    sqlite: """
      INSERT INTO speakers (id, voice, label, name, company, position, role, name_status)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
    postgresql: """
      COPY speakers (id, voice, label, name, company, position, role, name_status) FROM STDIN
      """
  )
  fileprivate static let labVariants = SQL(
    sqlite: """
      INSERT INTO lab_variants (round, position, name, prompt, settings) VALUES (?, ?, ?, ?, ?)
      """,
    postgresql: "COPY lab_variants (round, position, name, prompt, settings) FROM STDIN"
  )
}
