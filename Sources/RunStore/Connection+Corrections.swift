internal import OrderedJSON
internal import TranscriptModel

extension Connection {
  /// The result of an item as it was saved.
  func documentBytes(of item: Int64) throws(RunStoreError) -> [UInt8]? {
    try first("SELECT json FROM documents WHERE item = ?", .int(item)) { $0.bytes(0) }
  }

  /// The result of an item with the corrections that hold.
  func document(of item: Int64) throws(RunStoreError) -> TranscriptDocument? {
    guard let bytes = try documentBytes(of: item) else { return nil }
    var document: TranscriptDocument
    do {
      document = try TranscriptDocument(json: JSONValue(parsing: bytes))
    } catch {
      throw .unexpectedValue("a document that cannot be read")
    }
    let corrections = try corrections(of: item)
    if !corrections.isEmpty {
      document.corrections = corrections.filter { !$0.isUndone }.map(\.value)
    }
    return document
  }

  /// The corrections of an item, in order, undone ones included.
  func corrections(of item: Int64) throws(RunStoreError) -> [StoredCorrection] {
    try rows(
      "SELECT correction, is_undone FROM corrections WHERE item = ? ORDER BY position",
      .int(item)
    ) { row throws(RunStoreError) in
      StoredCorrection(try row.json(0), isUndone: row.int(1) != 0)
    }
  }

  /// The corrections in force of the newest earlier item with the same source and schema that has
  /// any, in order.
  func correctionsBefore(_ item: Int64) throws(RunStoreError) -> [JSONValue] {
    try rows(
      """
      SELECT correction FROM corrections
      WHERE NOT is_undone AND item = (
        SELECT max(i.id) FROM items i JOIN items mine ON mine.id = ?
        WHERE i.source = mine.source AND i.schema_name = mine.schema_name AND i.id < mine.id
          AND EXISTS (SELECT 1 FROM corrections c WHERE c.item = i.id)
      )
      ORDER BY position
      """,
      .int(item)
    ) { row throws(RunStoreError) in try row.json(0) }
  }

  /// Puts a list of corrections in force; those that are not in it are kept as undone.
  func putCorrectionsInForce(
    _ corrections: [JSONValue],
    of item: Int64
  ) throws(RunStoreError) {
    let undone = try self.corrections(of: item)
      .filter { !corrections.contains($0.value) }
      .map { StoredCorrection($0.value, isUndone: true) }
    try setCorrections(undone + corrections.map { StoredCorrection($0) }, of: item)
  }

  /// Replaces all corrections of an item.
  func setCorrections(_ corrections: [StoredCorrection], of item: Int64) throws(RunStoreError) {
    try run("DELETE FROM corrections WHERE item = ?", .int(item))
    for (position, correction) in corrections.enumerated() {
      try run(
        "INSERT INTO corrections (item, position, correction, is_undone) VALUES (?, ?, ?, ?)",
        .int(item),
        .int(position),
        .json(correction.value),
        .flag(correction.isUndone)
      )
    }
  }
}
