internal import TabularExtraction
internal import TranscriptModel

/// The voices of a piece: which row has which, and what the piece says about each.
struct PieceVoices {
  /// What a piece says about a voice.
  struct Description {
    /// The rows of the speakers table, the first one first.
    var rows: [Int] = []
    /// How many transcript rows the voice has.
    var heard = 0
    var name: PersonName?
    var company: String?
    var position: String?
    var role: String?
  }

  /// The voice of each transcript row.
  let ofRow: [Int?]
  /// The voices and what is known about them.
  private(set) var voices: [Int: Description] = [:]
  /// The speakers table.
  let speakers: Table?
  /// The voice of each row of the speakers table.
  let ofSpeaker: [Int?]

  init(_ rows: PieceRows) {
    let speakers = TranscriptTables(rows.piece.tables).speakers
    // Speakers are read first, as where a transcript is built, so that ids that are words agree.
    var numbers = VoiceNumbers()
    ofSpeaker = speakers.map { Self.numbers($0, &numbers) } ?? []
    ofRow = rows.table.map { Self.numbers($0, &numbers) } ?? []
    self.speakers = speakers
    for voice in ofRow { if let voice { voices[voice, default: .init()].heard += 1 } }
    guard let speakers else { return }
    for (row, voice) in ofSpeaker.enumerated() {
      guard let voice else { continue }
      voices[voice, default: .init()].describe(row, of: speakers)
    }
  }

  private static func numbers(_ table: Table, _ numbers: inout VoiceNumbers) -> [Int?] {
    guard let column = table.column(.voice) else {
      return Array(repeating: nil, count: table.rowCount)
    }
    return (0..<table.rowCount).map { row in
      table.integer(row: row, column: column) ?? numbers.number(table[row, column])
    }
  }
}

extension PieceVoices.Description {
  fileprivate mutating func describe(_ row: Int, of table: Table) {
    func text(_ role: Column.Role) -> String? {
      guard let column = table.column(role), !table.isMissing(row: row, column: column) else {
        return nil
      }
      return table[row, column].rendered
    }
    rows.append(row)
    name = name ?? text(.name).flatMap(PersonName.init)
    company = company ?? text(.company)
    position = position ?? text(.position)
    role = role ?? text(.role)
  }
}
