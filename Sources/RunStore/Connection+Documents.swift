internal import CSQLite
internal import OrderedJSON
internal import TranscriptModel

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

  /// Takes texts out of the index, which holds no text of its own and has to be told what it is to
  /// forget.
  func forgetWords(of ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      """
      INSERT INTO text_words (text_words, rowid, text)
      SELECT 'delete', id, text FROM searched_texts WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// Puts texts into the index.
  func learnWords(of ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      """
      INSERT INTO text_words (rowid, text)
      SELECT id, text FROM searched_texts WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// Removes the speakers of an item's result and their index.
  func removeSpeakers(of item: Int64) throws(RunStoreError) {
    let ids = RowSpace.ids(of: item)
    try run(
      """
      INSERT INTO speaker_words (speaker_words, rowid, label, company)
      SELECT 'delete', id, label, company FROM speakers WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
    try run(
      "DELETE FROM speakers WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// Puts speakers into the store and their index.
  func insertSpeakers(_ speakers: [Speaker], item: Int64) throws(RunStoreError) {
    try insert(speakers, item: item)
    let ids = RowSpace.ids(of: item)
    try run(
      """
      INSERT INTO speaker_words (rowid, label, company)
      SELECT id, label, company FROM speakers WHERE id BETWEEN ? AND ?
      """,
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// Puts the rows of a result and their index into the store.
  func insertRows(of document: TranscriptDocument, item: Int64) throws(RunStoreError) {
    let transcript = document.transcript
    guard max(transcript.segments.count, transcript.speakers.count) < RowSpace.capacity else {
      throw .sqlite(SQLITE_TOOBIG, path: path, details: "")
    }
    try insert(transcript.segments, item: item)
    try insert(document.findings, item: item)
    try insertSpeakers(transcript.speakers, item: item)
    try insertTables(of: document, item: item)
    try learnWords(of: RowSpace.ids(of: item))
  }

  private func insert(_ segments: [TranscriptSegment], item: Int64) throws(RunStoreError) {
    let statement = try statement(
      "INSERT INTO segments (id, row, start_ms, end_ms, voice, text) VALUES (?, ?, ?, ?, ?, ?)"
    )
    defer { statement.reset() }
    for (position, segment) in segments.enumerated() {
      statement.reset()
      try statement.bind(.int(RowSpace.id(item: item, position: position)), at: 1)
      try statement.bind(.int(segment.row), at: 2)
      try statement.bind(.int(segment.start?.milliseconds), at: 3)
      try statement.bind(.int(segment.end?.milliseconds), at: 4)
      try statement.bind(.int(segment.voice), at: 5)
      try statement.bind(.text(segment.text), at: 6)
      _ = try statement.step()
    }
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

  /// Keeps the document itself and what lists show of it.
  func setResult(
    of item: Int64,
    _ document: TranscriptDocument,
    _ bytes: [UInt8],
    files: [String]
  ) throws(RunStoreError) {
    try setDocument(of: item, bytes)
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
