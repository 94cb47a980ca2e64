internal import HostSystem
internal import OrderedJSON
internal import TranscriptModel
internal import TranscriptRecipes
internal import UnicodeText

extension Connection {
  /// The result of an item as it was saved.
  func documentBytes(of item: Int64) throws(RunStoreError) -> [UInt8]? {
    try first("SELECT json FROM documents WHERE item = ?", .int(item)) { $0.bytes(0) }
  }

  /// The result of an item as it was saved.
  func savedDocument(of item: Int64) throws(RunStoreError) -> TranscriptDocument? {
    guard let bytes = try documentBytes(of: item) else { return nil }
    do {
      return try TranscriptDocument(parsing: bytes)
    } catch {
      throw .unexpectedValue("a document that cannot be read")
    }
  }

  /// What recipes made of the saved result of an item.
  ///
  /// A result that cannot be read has nothing to keep, and is replaced.
  func savedDerivations(of item: Int64) throws(RunStoreError) -> [Derivation] {
    guard let bytes = try documentBytes(of: item), derivedMember.isIn(bytes),
      let document = try? TranscriptDocument(parsing: bytes)
    else { return [] }
    return document.derivations
  }

  /// The result of an item with the corrections that hold.
  func document(of item: Int64) throws(RunStoreError) -> TranscriptDocument? {
    guard var document = try savedDocument(of: item) else { return nil }
    document.putInForce(try corrections(of: item))
    return document
  }

  /// The corrections of an item, in order, undone ones included.
  func corrections(of item: Int64) throws(RunStoreError) -> [StoredCorrection] {
    try rows(
      "SELECT correction, is_undone FROM corrections WHERE item = ? ORDER BY position",
      .int(item)
    ) { row throws(RunStoreError) in
      StoredCorrection(try row.json(0), isUndone: row.flag(1))
    }
  }

  /// The newest item of the same recording, by its path or its contents, that has corrections in force.
  ///
  /// - Parameter isEarlier: Whether it is one of those before the item.
  func correctedItem(
    besides item: Int64,
    isEarlier: Bool
  ) throws(RunStoreError) -> Int64? {
    try first(
      """
      SELECT max(i.id) FROM items mine
        JOIN sources own ON own.id = mine.source
        JOIN sources s ON s.id = own.id OR (s.content_hash = own.content_hash AND s.content_hash != '')
        JOIN items i ON i.source = s.id
      WHERE mine.id = ?1 AND i.id != ?1 AND (i.id < ?1 OR NOT ?2)
        AND EXISTS (SELECT 1 FROM corrections c WHERE c.item = i.id AND NOT c.is_undone)
        AND EXISTS (SELECT 1 FROM documents d WHERE d.item = i.id)
      """,
      .int(item),
      .flag(isEarlier)
    ) { row in row.isNull(0) ? nil : row.int64(0) }
      ?? nil
  }

  /// Brings what is searched in line with the corrections of an item.
  ///
  /// - Parameters:
  ///   - document: The result of the item with the corrections in force.
  ///   - wasRestricted: Whether something was withheld before.
  func indexCorrections(
    in document: TranscriptDocument,
    of item: Int64,
    wasRestricted: Bool = false
  ) throws(RunStoreError) {
    let transcript = document.searchable.corrected.transcript
    let ids = RowSpace.ids(of: item)
    var stored: [StoredSegment] = []
    try each(
      "SELECT row, voice, text, start_ms, end_ms FROM segments WHERE id BETWEEN ? AND ? ORDER BY id",
      [.int(ids.lowerBound), .int(ids.upperBound)]
    ) { row throws(RunStoreError) in
      stored.append(
        StoredSegment(
          row: row.int(0),
          voice: row.optionalInt(1),
          text: row.text(2),
          start: row.optionalInt(3),
          end: row.optionalInt(4)
        )
      )
      return true
    }
    if stored.map(\.row) == transcript.segments.map(\.row) {
      try update(stored, to: transcript.segments, of: item)
    } else {
      try replaceSegments(transcript.segments, item: item)
    }
    try noteCorrected(document, of: item)
    try replaceMachineTexts(of: document, item: item)
    try removeSpeakers(of: item)
    try insertSpeakers(transcript.speakers, item: item)
    // What is withheld stands in other tables, too.
    if wasRestricted || document.hasRestrictions { try replaceTables(of: document, item: item) }
  }

  /// Keeps what lists show of what people corrected.
  ///
  /// - Parameter document: The result of the item with the corrections in force.
  func noteCorrected(_ document: TranscriptDocument, of item: Int64) throws(RunStoreError) {
    let shown = document.searchable
    let corrected = shown.corrected
    // One that people took away leaves the name of the file.
    let title =
      corrected.title == document.source.title ? nil : corrected.title ?? shown.source.stem
    try run(
      "UPDATE items SET title = ?, folded_title = ?, checked = ? WHERE id = ?",
      .text(title),
      .text(title.map(SearchFolding.folded)),
      .int(document.corrected.checkedRowCount),
      .int(item)
    )
  }

  /// Brings rows that are where they were up to date.
  private func update(
    _ stored: [StoredSegment],
    to segments: [TranscriptSegment],
    of item: Int64
  ) throws(RunStoreError) {
    for (position, (old, segment)) in zip(stored, segments).enumerated() {
      let (start, end) = (segment.start?.milliseconds, segment.end?.milliseconds)
      if old.start != start || old.end != end {
        try run(
          "UPDATE segments SET start_ms = ?, end_ms = ? WHERE id = ?",
          .int(start),
          .int(end),
          .int(RowSpace.id(item: item, position: position))
        )
      }
      if old.voice == segment.voice, old.text == segment.text { continue }
      try replace(RowSpace.id(item: item, position: position), by: segment)
    }
  }

  private func replace(
    _ id: Int64,
    by segment: TranscriptSegment
  ) throws(RunStoreError) {
    try forgetWords(of: id...id)
    try run(
      "UPDATE segments SET voice = ?, text = ? WHERE id = ?",
      .int(segment.voice),
      .text(segment.text),
      .int(id)
    )
    try learnWords(of: id...id)
  }

  /// Puts the corrections of a document in force; those that are not in it are kept as undone.
  func putCorrectionsInForce(
    of document: TranscriptDocument,
    item: Int64
  ) throws(RunStoreError) {
    let before = try corrections(of: item)
    let undone = before.filter { !document.corrections.contains($0.value) }
      .map { StoredCorrection($0.value, isUndone: true) }
    try write(undone + document.corrections.map { StoredCorrection($0) }, of: item)
    let wasRestricted = before.contains(where: \.isRestriction)
    try indexCorrections(in: document, of: item, wasRestricted: wasRestricted)
  }

  /// Takes over what people corrected in the newest earlier item of the same recording.
  ///
  /// - Parameter document: The result of the item, which nobody has corrected.
  func carryCorrections(
    to document: inout TranscriptDocument,
    of item: Int64
  ) throws(RunStoreError) {
    guard let earlier = try correctedItem(besides: item, isEarlier: true),
      let other = try self.document(of: earlier)
    else { return }
    let carried = document.carry(correctionsOf: other)
    let havePlace = carried.contains { CarriedCorrection($0)?.outcome != .conflict }
    // What was withheld stays so.
    if havePlace || document.hasRestrictions || other.run.schema == document.run.schema {
      try putCorrectionsInForce(of: document, item: item)
    } else {
      document.corrections = []
    }
  }

  /// Replaces all corrections of an item.
  func setCorrections(_ corrections: [StoredCorrection], of item: Int64) throws(RunStoreError) {
    let wasRestricted = try self.corrections(of: item).contains(where: \.isRestriction)
    try write(corrections, of: item)
    if let document = try document(of: item) {
      try indexCorrections(in: document, of: item, wasRestricted: wasRestricted)
    }
  }

  private func write(_ corrections: [StoredCorrection], of item: Int64) throws(RunStoreError) {
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

/// A row as it is searched now.
private struct StoredSegment {
  let row: Int
  let voice: Int?
  let text: String
  let start: Int?
  let end: Int?
}

/// Escaped in any text, so that a document without this has no such member.
private let derivedMember = ByteSearch(Array("\"derived\"".utf8))

extension StoredCorrection {
  /// Whether it withholds something.
  fileprivate var isRestriction: Bool { !isUndone && Correction.isRestriction(value) }
}

extension TranscriptDocument {
  /// Takes the stored corrections that hold in place of its own, where any are stored.
  mutating func putInForce(_ stored: [StoredCorrection]) {
    guard !stored.isEmpty else { return }
    corrections = stored.filter { !$0.isUndone }.map(\.value)
  }
}
