internal import OrderedJSON
internal import TranscriptModel
internal import TranscriptRecipes

extension Connection {
  /// Removes the rows of an item's result and their index.
  func removeRows(of item: Int64) throws(RunStoreError) {
    let ids = RowSpace.ids(of: item)
    try forgetWords(of: ids)
    try run(
      "DELETE FROM segments WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
    try removePassages(ids)
    try removeSpeakers(of: item)
    try run("DELETE FROM findings WHERE item = ?", .int(item))
  }

  /// Removes the speakers of an item's result and their index.
  func removeSpeakers(of item: Int64) throws(RunStoreError) {
    let ids = RowSpace.ids(of: item)
    try forgetSpeakers(ids)
    try run(
      "DELETE FROM speakers WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// Puts speakers into the store and their index.
  func insertSpeakers(_ speakers: [Speaker], item: Int64) throws(RunStoreError) {
    try insert(speakers, item: item)
    try learnSpeakers(RowSpace.ids(of: item))
  }

  /// Puts the rows of a result and their index into the store.
  func insertRows(of document: TranscriptDocument, item: Int64) throws(RunStoreError) {
    let document = document.searchable
    let transcript = document.transcript
    guard max(transcript.segments.count, transcript.speakers.count) < RowSpace.capacity else {
      throw .tooLarge(name)
    }
    try insert(transcript.segments, item: item)
    try insert(document.findings, item: item)
    try insertSpeakers(transcript.speakers, item: item)
    try insertTables(of: document, item: item)
    try learnWords(of: RowSpace.ids(of: item))
  }

  /// Replaces the rows of an item's transcript and their index.
  func replaceSegments(_ segments: [TranscriptSegment], item: Int64) throws(RunStoreError) {
    let ids = RowSpace.ids(of: item, .segment)
    try forgetWords(of: ids)
    try run(
      "DELETE FROM segments WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
    try insert(segments, item: item)
    try learnWords(of: ids)
  }

  private func insert(_ segments: [TranscriptSegment], item: Int64) throws(RunStoreError) {
    try insert(
      segments.lazy.enumerated().map { position, segment in
        [
          .int(RowSpace.id(item: item, position: position)),
          .int(segment.row),
          .int(segment.start?.milliseconds),
          .int(segment.end?.milliseconds),
          .int(segment.voice),
          .text(segment.text),
        ]
      },
      by: .segments
    )
  }

  private func insert(_ speakers: [Speaker], item: Int64) throws(RunStoreError) {
    for (position, speaker) in speakers.enumerated() {
      try run(
        """
        INSERT INTO speakers (id, voice, label, name, company, position, role, name_status)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        .int(RowSpace.id(item: item, position: position)),
        .int(speaker.voice),
        .text(speaker.label),
        .text(speaker.name),
        .text(speaker.company),
        .text(speaker.position),
        .text(speaker.role),
        .text(speaker.nameStatus.rawValue)
      )
    }
  }

  private func insert(_ findings: [Finding], item: Int64) throws(RunStoreError) {
    for (position, finding) in findings.enumerated() {
      let rows = finding.rows.map { row -> JSONValue in
        ["table": .string(row.table), "row": JSONValue(row.index)]
      }
      try run(
        """
        INSERT INTO findings (item, position, code, severity, message, rows)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        .int(item),
        .int(position),
        .text(finding.code.rawValue),
        .text(finding.severity.rawValue),
        .text(finding.message),
        .json(.array(rows))
      )
    }
  }

  /// Keeps the document itself.
  func setDocument(of item: Int64, _ bytes: [UInt8]) throws(RunStoreError) {
    try run(
      """
      INSERT INTO documents (item, json) VALUES (?, ?)
      ON CONFLICT (item) DO UPDATE SET json = excluded.json
      """,
      .int(item),
      .blob(bytes)
    )
  }

  /// Keeps what lists show of a document.
  func setResult(
    of item: Int64,
    _ document: TranscriptDocument,
    files: [String]
  ) throws(RunStoreError) {
    try setFiles(files, of: item)
    try run(
      """
      UPDATE items SET cost = ?, segments = ?, speakers = ?, findings = ? WHERE id = ?
      """,
      .money(document.cost.billed),
      .int(document.transcript.segments.count),
      .int(document.transcript.speakers.count),
      .int(document.findings.count),
      .int(item)
    )
  }

  func merges(of item: Int64) throws(RunStoreError) -> JSONValue? {
    try first("SELECT merges FROM merges WHERE item = ?", .int(item)) {
      row throws(RunStoreError) in try row.json(0)
    }
  }

  func setMerges(_ merges: JSONValue, of item: Int64) throws(RunStoreError) {
    try run(
      """
      INSERT INTO merges (item, merges) VALUES (?, ?)
      ON CONFLICT (item) DO UPDATE SET merges = excluded.merges
      """,
      .int(item),
      .json(merges)
    )
  }
}

extension SQL {
  /// The rows of transcripts, many at once.
  static let segments = SQL(
    sqlite: """
      INSERT INTO segments (id, row, start_ms, end_ms, voice, text) VALUES (?, ?, ?, ?, ?, ?)
      """,
    postgresql: "COPY segments (id, row, start_ms, end_ms, voice, text) FROM STDIN"
  )
  /// The rows of other tables, many at once.
  static let passages = SQL(
    sqlite: "INSERT INTO passages (id, name, row, start_ms, text) VALUES (?, ?, ?, ?, ?)",
    postgresql: "COPY passages (id, name, row, start_ms, text) FROM STDIN"
  )
}
