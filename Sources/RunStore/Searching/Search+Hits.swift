internal import TranscriptModel

extension Search {
  /// The hits of texts, in their order, with all that is shown of them.
  func hits(_ ids: [Int64]) throws(RunStoreError) -> [SearchHit] {
    var places: [Int64: SearchHit.Place] = [:]
    var hits: [SearchHit] = []
    for id in ids {
      let item = RowSpace.item(of: id)
      if places[item] == nil { places[item] = try place(item) }
      guard let place = places[item], let row = try row(id) else { continue }
      let around = try around(id)
      hits.append(
        SearchHit(
          place: place,
          row: row,
          matches: words?.matches(in: row.text) ?? [],
          before: around.before,
          after: around.after
        )
      )
    }
    return hits
  }

  /// The rows before and after a text in its table.
  private func around(
    _ id: Int64
  ) throws(RunStoreError) -> (before: [SearchRow], after: [SearchRow]) {
    let wanted = max(0, min(query.context, Self.mostContext))
    guard wanted > 0 else { return ([], []) }
    let (item, kind) = (RowSpace.item(of: id), RowSpace.kind(of: id))
    if kind == .table {
      let ids = RowSpace.ids(of: item, .table)
      let table = try passages(id...id).first?.table
      let rows = try (
        passages(max(ids.lowerBound, id - Int64(wanted))...id).dropLast(),
        passages(id...min(ids.upperBound, id + Int64(wanted))).dropFirst()
      )
      return (rows.0.filter { $0.table == table }, rows.1.filter { $0.table == table })
    }
    // What stands around a machine's text is read as it stands now.
    let ids = RowSpace.ids(of: item, .segment)
    let place = RowSpace.id(item: item, position: Int(RowSpace.position(of: id)))
    let first = max(ids.lowerBound, place - Int64(wanted))
    let last = min(ids.upperBound, place + Int64(wanted))
    return (
      first < place ? try segments(first...(place - 1)) : [],
      last > place ? try segments((place + 1)...last) : []
    )
  }

  private func row(_ id: Int64) throws(RunStoreError) -> SearchRow? {
    switch RowSpace.kind(of: id) {
    case .segment: return try segments(id...id).first
    case .table: return try passages(id...id).first
    case .machine:
      let position = Int(RowSpace.position(of: id))
      let place = RowSpace.id(item: RowSpace.item(of: id), position: position)
      guard let now = try segments(place...place).first,
        let text = try passages(id...id).first?.text
      else { return nil }
      return SearchRow(
        table: nil,
        isMachine: true,
        row: now.row,
        start: now.start,
        end: now.end,
        voice: now.voice,
        speaker: now.speaker,
        text: text
      )
    }
  }

  /// The most rows shown before and after a hit.
  private static let mostContext = 100

  private func place(_ item: Int64) throws(RunStoreError) -> SearchHit.Place? {
    try connection.first(
      """
      SELECT i.id, i.run, i.position, r.started_ms,
        s.uri, s.kind, s.stem, coalesce(i.title, s.title), s.duration_ms, s.mime_type,
        i.prompt_name, i.model, i.language
      FROM items i JOIN runs r ON r.id = i.run JOIN sources s ON s.id = i.source
      WHERE i.id = ?
      """,
      .int(item)
    ) { row throws(RunStoreError) in
      SearchHit.Place(
        item: row.int64(0),
        run: row.text(1),
        reference: "\(row.text(1)).\(row.int(2))",
        startedAt: row.date(3),
        source: StoredSource(
          uri: row.text(4),
          kind: row.text(5),
          stem: row.text(6),
          mimeType: row.optionalText(9),
          durationMS: row.optionalInt(8),
          title: row.optionalText(7)
        ),
        files: try connection.files(of: item),
        prompt: row.text(10),
        model: row.text(11),
        language: row.optionalText(12)
      )
    }
  }

  private func segments(_ ids: ClosedRange<Int64>) throws(RunStoreError) -> [SearchRow] {
    try connection.rows(
      """
      SELECT row, start_ms, end_ms, voice, text,
        (SELECT label FROM speakers p
          WHERE p.id BETWEEN g.item << 24 AND (g.item << 24) + 16777215 AND p.voice = g.voice
          LIMIT 1)
      FROM segments g WHERE id BETWEEN ? AND ? ORDER BY id
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    ) { row in
      let voice = row.optionalInt(3)
      return SearchRow(
        table: nil,
        isMachine: false,
        row: row.int(0),
        start: row.optionalInt(1).map(Timecode.init(milliseconds:)),
        end: row.optionalInt(2).map(Timecode.init(milliseconds:)),
        voice: voice,
        speaker: row.optionalText(5) ?? voice.map { Speaker(voice: $0).label },
        text: row.text(4)
      )
    }
  }

  private func passages(_ ids: ClosedRange<Int64>) throws(RunStoreError) -> [SearchRow] {
    try connection.rows(
      "SELECT name, row, start_ms, text FROM passages WHERE id BETWEEN ? AND ? ORDER BY id",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    ) { row in
      SearchRow(
        table: row.optionalText(0),
        isMachine: row.isNull(0),
        row: row.int(1),
        start: row.optionalInt(2).map(Timecode.init(milliseconds:)),
        end: nil,
        voice: nil,
        speaker: nil,
        text: row.text(3)
      )
    }
  }
}
