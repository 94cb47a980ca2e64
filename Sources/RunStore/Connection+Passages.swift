internal import TranscriptModel
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

  /// Puts the rows of the tables beside the transcript into the store, and the language of all.
  func insertTables(of document: TranscriptDocument, item: Int64) throws(RunStoreError) {
    var passages: [Passage] = []
    for table in document.furtherTables {
      for row in 0..<table.rowCount {
        if let passage = table.passage(row) { passages.append(passage) }
      }
    }
    for (position, passage) in passages.prefix(RowSpace.capacity).enumerated() {
      try insert(passage, RowSpace.id(item: item, .table, position: position))
    }
    try run(
      "UPDATE items SET language = ? WHERE id = ?",
      .text(document.language(passages.lazy.map(\.text))),
      .int(item)
    )
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
    try insertMachineTexts(of: document.corrected, item: item)
    try learnWords(of: ids)
  }

  private func insertMachineTexts(
    of corrected: CorrectedTranscript,
    item: Int64
  ) throws(RunStoreError) {
    for (position, segment) in corrected.transcript.segments.enumerated() {
      guard let machine = corrected.rows[segment.row]?.machine, machine.text != segment.text else {
        continue
      }
      try insert(
        Passage(name: nil, row: segment.row, start: segment.start, text: machine.text),
        RowSpace.id(item: item, .machine, position: position)
      )
    }
  }

  private func insert(_ passage: Passage, _ id: Int64) throws(RunStoreError) {
    try run(
      "INSERT INTO passages (id, name, row, start_ms, text) VALUES (?, ?, ?, ?, ?)",
      .int(id),
      .text(passage.name),
      .int(passage.row),
      .int(passage.start?.milliseconds),
      .text(passage.text)
    )
  }

  /// Makes what is searched of documents anew, but for the index; what cannot be read any more is passed
  /// over.
  func indexDocuments() throws(RunStoreError) {
    try run("DELETE FROM passages")
    for item in try rows("SELECT item FROM documents ORDER BY item", read: { $0.int64(0) }) {
      guard let document = try? document(of: item) else { continue }
      try insertTables(of: document, item: item)
      try insertMachineTexts(of: document.corrected, item: item)
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
}

extension Table {
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
