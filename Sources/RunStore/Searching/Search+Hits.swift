internal import TranscriptModel

extension Search {
  /// The hits of rows, in their order, with all that is shown of them.
  func hits(_ ids: [Int64]) throws(RunStoreError) -> [SearchHit] {
    let matches = try matches(ids)
    var places: [Int64: SearchHit.Place] = [:]
    var hits: [SearchHit] = []
    for id in ids {
      let item = RowSpace.item(of: id)
      if places[item] == nil { places[item] = try place(item) }
      guard let place = places[item], let row = try rows(id...id).first else { continue }
      let around = max(0, min(query.context, Self.mostContext))
      let ids = RowSpace.ids(of: item)
      let first = max(ids.lowerBound, id - Int64(around))
      let last = min(ids.upperBound, id + Int64(around))
      hits.append(
        SearchHit(
          place: place,
          row: row,
          matches: matches[id] ?? [],
          before: first < id ? try rows(first...(id - 1)) : [],
          after: last > id ? try rows((id + 1)...last) : []
        )
      )
    }
    return hits
  }

  /// The most rows shown before and after a hit.
  private static let mostContext = 100

  private func place(_ item: Int64) throws(RunStoreError) -> SearchHit.Place? {
    try connection.first(
      """
      SELECT i.id, i.run, i.position, r.started_ms,
        (SELECT json_group_array(path) FROM (SELECT path FROM results WHERE item = i.id ORDER BY position)),
        s.uri, s.kind, s.stem, s.title,
        s.duration_ms, s.mime_type
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
          uri: row.text(5),
          kind: row.text(6),
          stem: row.text(7),
          mimeType: row.optionalText(10),
          durationMS: row.optionalInt(9),
          title: row.optionalText(8)
        ),
        files: try row.texts(4)
      )
    }
  }

  private func rows(_ ids: ClosedRange<Int64>) throws(RunStoreError) -> [SearchRow] {
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
      let unknown = voice.map { Speaker(voice: $0).label } ?? "[voice ?]"
      return SearchRow(
        row: row.int(0),
        start: row.optionalInt(1).map(Timecode.init(milliseconds:)),
        end: row.optionalInt(2).map(Timecode.init(milliseconds:)),
        voice: voice,
        speaker: row.optionalText(5) ?? unknown,
        text: row.text(4)
      )
    }
  }

  /// Where the words stand in the text of each row.
  private func matches(_ ids: [Int64]) throws(RunStoreError) -> [Int64: [Range<Int>]] {
    guard let words, let lowest = ids.min(), let highest = ids.max() else { return [:] }
    // Marks that no text can hold, since nobody knew them when it was written.
    let marks = MatchMarks(random: .random(in: .min ... .max))
    let found = try connection.rows(
      """
      SELECT rowid, highlight(segment_words, 0, ?, ?), instr(text, char(0))
      FROM segment_words
      WHERE segment_words MATCH ? AND rowid BETWEEN ? AND ?
        AND +rowid IN (SELECT value FROM json_each(?))
      """,
      .text(marks.opening),
      .text(marks.closing),
      .text(words),
      .int(lowest),
      .int(highest),
      .text(Self.list(ids))
    ) { row in
      let marked = row.bytes(1)
      return (id: row.int64(0), ranges: row.int(2) == 0 ? marks.ranges(in: marked) : [])
    }
    return Dictionary(found.map { ($0.id, $0.ranges) }) { first, _ in first }
  }
}

/// A pair of marks around what fits.
struct MatchMarks {
  let opening: String
  let closing: String

  init(random: UInt64) {
    opening = "\u{2}\(random)\u{2}"
    closing = "\u{3}\(random)\u{3}"
  }

  /// The ranges between the marks, as they are in the text without marks.
  ///
  /// Meaningless for a text with a zero byte, of which SQLite leaves out a part.
  func ranges(in marked: [UInt8]) -> [Range<Int>] {
    let (open, close) = (Array(opening.utf8), Array(closing.utf8))
    var ranges: [Range<Int>] = []
    var start: Int?
    var position = 0
    var marks = 0
    while position < marked.count {
      let rest = marked[position...]
      if marked[position] == 2, rest.starts(with: open) {
        start = position - marks
        position += open.count
        marks += open.count
      } else if marked[position] == 3, rest.starts(with: close) {
        if let start { ranges.append(start..<(position - marks)) }
        start = nil
        position += close.count
        marks += close.count
      } else {
        position += 1
      }
    }
    return ranges
  }
}
