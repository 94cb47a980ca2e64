internal import TranscriptModel
internal import TranscriptRecipes
internal import UnicodeText

extension Connection {
  /// Removes passages; their index has to be told before.
  func removePassages(_ ids: ClosedRange<Int64>) throws(RunStoreError) {
    try run(
      "DELETE FROM passages WHERE id BETWEEN ? AND ?",
      .int(ids.lowerBound),
      .int(ids.upperBound)
    )
  }

  /// Puts the rows of the tables beside the transcript, and of those that recipes made, into the store, and
  /// the language of all but these.
  func insertTables(of document: TranscriptDocument, item: Int64) throws(RunStoreError) {
    let document = document.searchable
    let own = document.furtherTables.flatMap(\.passages)
    let passages = own + document.derivations.flatMap(\.tables).flatMap(\.passages)
    try insert(
      passages.prefix(RowSpace.capacity).lazy.enumerated().map { position, passage in
        passage.values(RowSpace.id(item: item, .table, position: position))
      },
      by: .passages
    )
    try run(
      "UPDATE items SET language = ? WHERE id = ?",
      .text(document.language(own.lazy.map(\.text))),
      .int(item)
    )
  }

  /// Makes what recipes made of a transcript searchable as a part of it, in place of what was kept before;
  /// the runs of these recipes are not found by it any more.
  func replaceTables(of document: TranscriptDocument, item: Int64) throws(RunStoreError) {
    try forgetTables(of: item)
    try insertTables(of: document, item: item)
    try learnWords(of: RowSpace.ids(of: item, .table))
    for derivation in document.derivations {
      for own in try items(of: derivation) where own != item { try forgetTables(of: own) }
    }
  }

  private func forgetTables(of item: Int64) throws(RunStoreError) {
    let ids = RowSpace.ids(of: item, .table)
    try forgetWords(of: ids)
    try removePassages(ids)
  }

  /// The item of the run in which a recipe made its tables; none when that was deleted.
  private func items(of derivation: Derivation) throws(RunStoreError) -> [Int64] {
    let (run, position) = ItemReference.parts(derivation.run.id)
    return try rows(
      "SELECT id FROM items WHERE run = ?1 AND (?2 IS NULL OR position = ?2)",
      .text(run),
      .int(position)
    ) { $0.int64(0) }
  }

  /// Keeps what the machine had written where people changed it, in place of what was kept before.
  ///
  /// - Parameter document: The result of the item with the corrections in force.
  func replaceMachineTexts(
    of document: TranscriptDocument,
    item: Int64
  ) throws(RunStoreError) {
    let ids = RowSpace.ids(of: item, .machine)
    try forgetWords(of: ids)
    try removePassages(ids)
    try insertMachineTexts(of: document.searchable.corrected, item: item)
    try learnWords(of: ids)
  }

  private func insertMachineTexts(
    of corrected: CorrectedTranscript,
    item: Int64
  ) throws(RunStoreError) {
    let changed = corrected.transcript.segments.enumerated().compactMap {
      position,
      segment -> [SQLValue]? in
      guard let machine = corrected.rows[segment.row]?.machine, machine.text != segment.text else {
        return nil
      }
      return Passage(name: nil, row: segment.row, start: segment.start, text: machine.text)
        .values(RowSpace.id(item: item, .machine, position: position))
    }
    try insert(changed, by: .passages)
  }

  /// Makes what is searched of documents anew, but for the index; what cannot be read any more is passed
  /// over.
  func indexDocuments() throws(RunStoreError) {
    try run("DELETE FROM passages")
    var derivations: [Derivation] = []
    for item in try rows("SELECT item FROM documents ORDER BY item", read: { $0.int64(0) }) {
      guard let document = try? document(of: item) else { continue }
      try insertTables(of: document, item: item)
      try insertMachineTexts(of: document.searchable.corrected, item: item)
      derivations += document.derivations
    }
    // They are found in the transcripts that have them.
    for derivation in derivations {
      for item in try items(of: derivation) {
        try removePassages(RowSpace.ids(of: item, .table))
      }
    }
  }
}

/// A text that is searched beside the rows of transcripts.
private struct Passage {
  /// The table; `nil` for what the machine wrote of a row of the transcript.
  let name: String?
  /// The row of the table, from 0.
  let row: Int
  /// When it begins, in source time.
  let start: Timecode?
  let text: String

  func values(_ id: Int64) -> [SQLValue] {
    [.int(id), .text(name), .int(row), .int(start?.milliseconds), .text(text)]
  }
}

extension Table {
  /// The rows that have words.
  fileprivate var passages: [Passage] { (0..<rowCount).compactMap { passage($0) } }

  /// The words of a row: its texts, but for those that are numbers and times in disguise.
  fileprivate func passage(_ row: Int) -> Passage? {
    let silent: Set<Column.Role> = [.start, .end, .voice, .row, .confidence]
    let texts = columns.indices.compactMap { index -> String? in
      if let role = columns[index].role, silent.contains(role) { return nil }
      guard case .text(let text) = self[row, index], !text.isEmpty else { return nil }
      return text
    }
    guard !texts.isEmpty else { return nil }
    var start: Timecode?
    if let column = column(.start), case .time(let time) = self[row, column] { start = time }
    return Passage(name: name, row: row, start: start, text: texts.joined(separator: " · "))
  }
}

extension TranscriptDocument {
  /// The rows that the language is told by: more change nothing, and take time.
  private static let languageRows = 400

  /// The language of the source where somebody has said it; that of most rows, as they state it or else as their words suggest; `nil` when neither.
  fileprivate func language(_ passages: some Sequence<String>) -> String? {
    if let known = source.language { return known.lowercased() }
    let segments = transcript.segments.prefix(Self.languageRows)
    var stated: [String: Int] = [:]
    for segment in segments {
      for field in segment.extras where field.role == .language {
        if case .text(let language) = field.value { stated[language.lowercased(), default: 0] += 1 }
      }
    }
    if let most = stated.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      // A name of a language, or a list of several, is no tag.
      if most.key.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") }), most.key.count <= 12 {
        return most.key
      }
    }
    var votes = LanguageVotes()
    for segment in segments { votes.add(segment.text) }
    for text in passages.prefix(Self.languageRows) { votes.add(text) }
    return votes.language
  }
}
