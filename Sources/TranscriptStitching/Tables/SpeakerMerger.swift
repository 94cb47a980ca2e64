internal import TabularExtraction
package import TranscriptModel

/// Makes one speakers table of those of all pieces: one row for each voice, field by field.
struct SpeakerMerger {
  /// A row of a piece's speakers table.
  struct Source: Hashable {
    let piece: Int
    let row: Int
  }

  /// The table; `nil` when no piece has one.
  private(set) var table: Table?
  /// What pieces disagree about.
  private(set) var findings: [Finding] = []
  /// The row that each row of a piece went into.
  private(set) var rowOf: [Source: Int] = [:]
  private let voices: [PieceVoices]

  init(_ voices: [PieceVoices], _ numbering: VoiceNumbering) {
    self.voices = voices
    guard let model = voices.lazy.compactMap(\.speakers).first else { return }
    var table = Table(name: model.name, columns: model.columns)
    for (number, nodes) in numbering.groups {
      let sources = nodes.flatMap { node in
        (voices[node.piece].voices[node.voice]?.rows ?? [])
          .map { (source: Source(piece: node.piece, row: $0), node: node) }
      }
      guard !sources.isEmpty else { continue }
      for entry in sources { rowOf[entry.source] = table.rowCount }
      table.append(row(number, sources, like: table))
    }
    appendVoiceless(to: &table)
    self.table = table
  }

  /// Rows that describe nobody in particular are kept as they are.
  private mutating func appendVoiceless(to table: inout Table) {
    for (piece, voices) in voices.enumerated() {
      guard let speakers = voices.speakers, speakers.columns == table.columns else { continue }
      for (row, voice) in voices.ofSpeaker.enumerated() where voice == nil {
        rowOf[Source(piece: piece, row: row)] = table.rowCount
        table.append(speakers.columns.indices.map { speakers[row, $0] })
      }
    }
  }

  // MARK: One voice

  private mutating func row(
    _ number: Int,
    _ sources: [(source: Source, node: VoiceNode)],
    like table: Table
  ) -> [Cell] {
    let voice = table.column(.voice)
    var cells = Array(repeating: Cell.missing, count: table.columns.count)
    // An evidence column tells about the value after it, so both come from one piece.
    var evidence: [Int] = []
    for column in table.columns.indices {
      if table.columns[column].role == .evidence {
        evidence.append(column)
        continue
      }
      if column == voice {
        cells[column] = Self.cell(number, like: table.columns[column])
      } else {
        let chosen = choose(column, sources, number, finding: table)
        cells[column] = chosen.value
        for column in evidence { cells[column] = self.value(column, chosen.supporters) }
      }
      evidence = []
    }
    for column in evidence { cells[column] = value(column, sources.map(\.source)) }
    return cells
  }

  /// A voice's number as a cell of a column.
  static func cell(_ number: Int, like column: Column) -> Cell {
    column.type == .string ? .text(String(number)) : .integer(number)
  }

  /// The first value that is not missing.
  private func value(_ column: Int, _ sources: [Source]) -> Cell {
    sources.lazy.map { cell($0, column) }.first { $0 != .missing } ?? .missing
  }

  private func cell(_ source: Source, _ column: Int) -> Cell {
    guard let table = voices[source.piece].speakers, column < table.columns.count else {
      return .missing
    }
    return table[source.row, column]
  }

  /// A value with those who give it.
  private struct Candidate {
    var value: Cell
    var key: WordList
    var supporters: [Source]
    var support: Int
  }

  private mutating func choose(
    _ column: Int,
    _ sources: [(source: Source, node: VoiceNode)],
    _ number: Int,
    finding table: Table
  ) -> (value: Cell, supporters: [Source]) {
    var candidates: [Candidate] = []
    for (source, node) in sources {
      let value = cell(source, column)
      guard value != .missing else { continue }
      let key = WordList(value.rendered)
      let support = 1 + (voices[node.piece].voices[node.voice]?.heard ?? 0)
      if let index = candidates.firstIndex(where: { $0.key == key }) {
        candidates[index].supporters.append(source)
        candidates[index].support += support
      } else {
        candidates.append(Candidate(value: value, key: key, supporters: [source], support: support))
      }
    }
    guard let best = Self.best(candidates, isName: table.columns[column].role == .name) else {
      return (.missing, sources.map(\.source))
    }
    note(best, candidates, column, number, table)
    return (best.value, best.supporters)
  }

  /// The value with most rows behind it; of names that hold it, the fullest.
  private static func best(_ candidates: [Candidate], isName: Bool) -> Candidate? {
    guard var best = candidates.first else { return nil }
    for candidate in candidates.dropFirst() where candidate.support > best.support {
      best = candidate
    }
    guard isName else { return best }
    for candidate in candidates
    where Set(candidate.key.words).isStrictSuperset(of: best.key.words) { best = candidate }
    return best
  }

  private mutating func note(
    _ best: Candidate,
    _ candidates: [Candidate],
    _ column: Int,
    _ number: Int,
    _ table: Table
  ) {
    let others = candidates.filter { candidate in
      candidate.key != best.key && !Set(candidate.key.words).isSubset(of: best.key.words)
    }
    guard !others.isEmpty else { return }
    let left = others.prefix(5).map { Quote.text($0.value.rendered) }.joined(separator: ", ")
    findings.append(
      Finding(
        .speakerConflict,
        .warning,
        "Clips disagree about \(table.columns[column].name) of voice \(number): "
          + "\(Quote.text(best.value.rendered)) was taken, \(left) left out.",
        rows: [Finding.Row(table: table.name, index: table.rowCount)]
      )
    )
  }
}

/// Model text in a sentence.
enum Quote {
  /// The beginning of a text in quotation marks, without line breaks.
  static func text(_ text: String) -> String {
    let start = text.prefix(60).map { $0.isNewline ? " " : $0 }
    return "“\(String(start))\(text.count > 60 ? "…" : "")”"
  }
}

extension Finding.Code {
  /// Voices of two clips may be one; they were left apart.
  package static let voiceMatchDoubtful: Self = "voice-match-doubtful"
  /// Clips say different things about one speaker.
  package static let speakerConflict: Self = "speaker-conflict"
}
