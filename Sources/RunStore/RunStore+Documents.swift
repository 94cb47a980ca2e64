public import OrderedJSON
public import TranscriptModel

extension RunStore {
  /// Keeps the result of an item, in place of the one it had, and makes it searchable.
  ///
  /// - Parameters:
  ///   - merges: How voices of clips were matched; `nil` leaves the table that is there.
  ///   - files: The absolute paths of the results written.
  ///   - status: `complete` or `partial`.
  public func save(
    _ document: TranscriptDocument,
    merges: JSONValue? = nil,
    files: [String],
    status: ItemStatus,
    failure: String? = nil,
    for item: Int64
  ) throws(RunStoreError) {
    let bytes = document.jsonBytes()
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        try connection.setStatus(of: item, status, failure: failure, at: now())
        try connection.removeRows(of: item)
        try connection.insertRows(of: document, item: item)
        try connection.setResult(of: item, document, bytes, files: files)
        if let merges { try connection.setMerges(merges, of: item) }
      }
    }
  }

  /// Notes the absolute paths of the results written of an item.
  public func setFiles(_ files: [String], of item: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        "UPDATE items SET files = ? WHERE id = ?",
        .json(.array(files.map { .string($0) })),
        .int(item)
      )
    }
  }

  /// The result of an item with the corrections that hold, or `nil` when it has none.
  public func document(of item: Int64) throws(RunStoreError) -> TranscriptDocument? {
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

  /// The result of an item as it was saved, UTF-8, or `nil` when it has none.
  public func documentBytes(of item: Int64) throws(RunStoreError) -> [UInt8]? {
    try access { connection throws(RunStoreError) in
      try connection.first("SELECT json FROM documents WHERE item = ?", .int(item)) {
        $0.bytes(0)
      }
    }
  }

  /// The table of voices that were matched across clips, as it was saved.
  public func merges(of item: Int64) throws(RunStoreError) -> JSONValue? {
    try access { connection throws(RunStoreError) in
      try connection.first("SELECT merges FROM merges WHERE item = ?", .int(item)) {
        row throws(RunStoreError) in try row.json(0)
      }
    }
  }

  /// Replaces the table of voices that were matched across clips.
  public func setMerges(_ merges: JSONValue, of item: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.setMerges(merges, of: item)
    }
  }

  /// The corrections of an item, in order, undone ones included.
  public func corrections(of item: Int64) throws(RunStoreError) -> [StoredCorrection] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        "SELECT correction, is_undone FROM corrections WHERE item = ? ORDER BY position",
        .int(item)
      ) { row throws(RunStoreError) in
        StoredCorrection(try row.json(0), isUndone: row.int(1) != 0)
      }
    }
  }

  /// The corrections in force of the newest earlier item with the same source and schema that has
  /// any, in order.
  public func correctionsBefore(_ item: Int64) throws(RunStoreError) -> [JSONValue] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
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
  }

  /// Puts a list of corrections in force; those that are not in it are kept as undone.
  public func putCorrectionsInForce(
    _ corrections: [JSONValue],
    of item: Int64
  ) throws(RunStoreError) {
    let undone = try self.corrections(of: item)
      .filter { !corrections.contains($0.value) }
      .map { StoredCorrection($0.value, isUndone: true) }
    try setCorrections(undone + corrections.map { StoredCorrection($0) }, of: item)
  }

  /// Replaces all corrections of an item.
  public func setCorrections(
    _ corrections: [StoredCorrection],
    of item: Int64
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        try connection.run("DELETE FROM corrections WHERE item = ?", .int(item))
        for (position, correction) in corrections.enumerated() {
          try connection.run(
            """
            INSERT INTO corrections (item, position, correction, is_undone) VALUES (?, ?, ?, ?)
            """,
            .int(item),
            .int(position),
            .json(correction.value),
            .flag(correction.isUndone)
          )
        }
      }
    }
  }
}
