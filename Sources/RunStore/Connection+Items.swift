internal import Digests
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Connection {
  /// Puts items into the store, and returns their numbers.
  func insert(_ items: [NewItem], run: String) throws(RunStoreError) -> [Int64] {
    var ids: [Int64] = []
    for item in items { ids.append(try insert(item, run: run)) }
    return ids
  }

  /// Puts an item, its source and its texts into the store.
  func insert(_ item: NewItem, run: String) throws(RunStoreError) -> Int64 {
    try one(
      """
      INSERT INTO items (run, position, source, identity, model, prompt_name, prompt, schema_name,
        schema, config, settings, estimate, stand_in, status)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
      RETURNING id
      """,
      .text(run),
      .int(item.position),
      .int(try insert(item.source)),
      .text(item.identity),
      .text(item.model),
      .text(item.prompt.name),
      .text(try insert(text: item.prompt.text)),
      .text(item.schema.name),
      .text(try insert(text: item.schema.text)),
      .text(try insert(text: item.config.rendered())),
      .json(item.settings),
      .json(item.estimate?.json),
      .text(item.standIn?.rawValue)
    )
  }

  /// The number of a source; facts that are known now and were not before are added.
  private func insert(_ source: StoredSource) throws(RunStoreError) -> Int64 {
    let id = try one(
      """
      INSERT INTO sources (uri, kind, stem, content_hash, size, mime_type, duration_ms, title,
        recorded_ms)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (uri, content_hash) DO UPDATE SET
        kind = excluded.kind,
        stem = excluded.stem,
        size = coalesce(excluded.size, sources.size),
        mime_type = coalesce(excluded.mime_type, sources.mime_type),
        duration_ms = coalesce(excluded.duration_ms, sources.duration_ms),
        title = coalesce(excluded.title, sources.title),
        recorded_ms = coalesce(excluded.recorded_ms, sources.recorded_ms)
      RETURNING id
      """,
      .text(source.uri),
      .text(source.kind),
      .text(source.stem),
      .text(source.contentHash ?? ""),
      .int(source.size),
      .text(source.mimeType),
      .int(source.durationMS),
      .text(source.title),
      .time(source.recordedAt.flatMap(MomentText.date))
    )
    try learnNames(ofSource: id, uri: source.uri, stem: source.stem, title: source.title)
    return id
  }

  /// The digest of a text, which is kept once.
  func insert(text: String) throws(RunStoreError) -> String {
    let digest = SHA256.hexadecimal(of: text)
    try run(
      "INSERT INTO texts (digest, text) VALUES (?, ?) ON CONFLICT DO NOTHING",
      .text(digest),
      .text(text)
    )
    return digest
  }

  func setStatus(
    of item: Int64,
    _ status: ItemStatus,
    failure: String?,
    at now: Date
  ) throws(RunStoreError) {
    let isFinal = status != .waiting && status != .running
    let changed = try run(
      """
      UPDATE items SET status = ?, failure = ?, ended_ms = ?,
        started_ms = CASE WHEN ? THEN coalesce(started_ms, ?) ELSE started_ms END
      WHERE id = ?
      """,
      .text(status.rawValue),
      .text(failure),
      .time(isFinal ? now : nil),
      .flag(status != .waiting),
      .time(now),
      .int(item)
    )
    guard changed == 1 else { throw .unknownItem(item) }
  }

  /// Items that were being worked on when their run ended wait again, or are as partial as before.
  func putDownItems(of run: String) throws(RunStoreError) {
    try self.run(
      """
      UPDATE items SET status =
        CASE WHEN EXISTS (SELECT 1 FROM documents WHERE item = items.id) THEN 'partial'
        ELSE 'waiting' END
      WHERE run = ? AND status = 'running'
      """,
      .text(run)
    )
  }

  /// An item by its number.
  func item(_ id: Int64) throws(RunStoreError) -> StoredItem? {
    guard var item = try storedItem(id) else { return nil }
    // Nobody put it down when the process that worked on it was killed.
    if item.status == .running, try runSummary(item.run)?.status != .running {
      item.status = item.segmentCount > 0 ? .partial : .waiting
    }
    return item
  }

  private func storedItem(_ id: Int64) throws(RunStoreError) -> StoredItem? {
    try first(
      """
      SELECT i.id, i.run, i.position, i.identity, i.model, i.prompt_name, p.text, i.schema_name,
        c.text, f.text, i.settings, i.prompt, i.status, i.failure,
        i.cost, i.segments,
        i.speakers, i.findings, i.started_ms, i.ended_ms,
        s.uri, s.kind, s.stem, s.content_hash, s.size, s.mime_type, s.duration_ms,
        coalesce(i.title, s.title), s.recorded_ms, i.estimate, i.stand_in, i.checked
      FROM items i
        JOIN sources s ON s.id = i.source
        JOIN texts p ON p.digest = i.prompt
        JOIN texts c ON c.digest = i.schema
        JOIN texts f ON f.digest = i.config
      WHERE i.id = ?
      """,
      .int(id),
      read: { row throws(RunStoreError) in try Self.item(row, files: try files(of: id)) }
    )
  }

  /// The files that an item was written to, in order.
  func files(of item: Int64) throws(RunStoreError) -> [String] {
    try rows("SELECT path FROM results WHERE item = ? ORDER BY position", .int(item)) {
      path(at: $0.text(0))
    }
  }

  private static func item(_ row: Row, files: [String]) throws(RunStoreError) -> StoredItem {
    let standIn: StandIn? = try row.optionalWord(30)
    return StoredItem(
      id: row.int64(0),
      run: row.text(1),
      item: NewItem(
        position: row.int(2),
        source: source(row, from: 20),
        identity: row.text(3),
        model: row.text(4),
        prompt: .init(name: row.text(5), text: row.text(6)),
        schema: .init(name: row.text(7), text: row.text(8)),
        config: try row.json(9),
        settings: try row.json(10),
        estimate: try row.optionalJSON(29).flatMap(MoneyRange.init),
        standIn: standIn
      ),
      promptDigest: row.text(11),
      status: try row.word(12),
      failure: row.optionalText(13),
      files: files,
      cost: standIn == nil ? row.money(14) : nil,
      segmentCount: row.int(15),
      speakerCount: row.int(16),
      findingCount: row.int(17),
      checkedCount: row.int(31),
      startedAt: row.optionalDate(18),
      endedAt: row.optionalDate(19)
    )
  }

  private static func source(_ row: Row, from column: Int) -> StoredSource {
    let hash = row.text(column + 3)
    return StoredSource(
      uri: row.text(column),
      kind: row.text(column + 1),
      stem: row.text(column + 2),
      contentHash: hash.isEmpty ? nil : hash,
      size: row.optionalInt(column + 4),
      mimeType: row.optionalText(column + 5),
      durationMS: row.optionalInt(column + 6),
      title: row.optionalText(column + 7),
      recordedAt: row.optionalDate(column + 8).map(MomentText.exact)
    )
  }
}

extension MoneyRange {
  /// As text, which holds every digit.
  var json: JSONValue {
    [
      "low": .string("\(low)"), "expected": .string("\(expected)"), "high": .string("\(high)"),
    ]
  }

  init?(_ json: JSONValue) {
    let parts = ["low", "expected", "high"].compactMap {
      json[$0]?.string.flatMap { Decimal(string: $0) }
    }
    guard parts.count == 3 else { return nil }
    self.init(low: parts[0], expected: parts[1], high: parts[2])
  }
}

extension RunStoreError {
  static func unknownItem(_ item: Int64) -> RunStoreError {
    RunStoreError(
      .unknownRun,
      "There is no item with the number \(item).",
      remedy: "tabscribe runs list shows what there is."
    )
  }
}
