internal import OrderedJSON
internal import TranscriptModel

/// A question about one transcript, and what was answered.
struct AskedTurn {
  /// Words that an answer rests on, with what was looked up.
  struct Citation {
    /// The number of the row, as people count; `nil` where the model named none that there is.
    let row: Int?
    let start: Timecode?
    let speaker: String?
    /// The words as the transcript has them, or else as the model wrote them; `nil` for none.
    let text: String?
    /// How well they agree with the transcript, `0...1`; `nil` where there are none.
    let match: Double?
  }

  /// An answer; the transcript does not have one where it is `nil`.
  struct Answer {
    let text: String?
    var citations: [Citation]
  }

  let question: String
  /// How the transcript is named.
  let transcript: String
  let answers: [Answer]

  /// What the recipe made of a question.
  ///
  /// - Returns: `nil` for what is no single question, as a file of them is none.
  init?(_ derivation: Derivation, about transcript: String) {
    guard let question = derivation.variables["questions"]?.string,
      !question.contains(where: \.isNewline)
    else { return nil }
    self.init(question, derivation.tables, about: transcript)
  }

  /// What the tables of an answer say.
  init(_ question: String, _ tables: [Table], about transcript: String) {
    (self.question, self.transcript) = (question, transcript)
    answers = tables.first.map(Self.answers) ?? []
  }

  /// The answers of a table; rows that say the same are citations of one.
  private static func answers(_ table: Table) -> [Answer] {
    var answers: [Answer] = []
    let columns = Columns(table)
    for row in 0..<table.rowCount {
      let text = columns.text("answer", row)
      let citation = columns.citation(row)
      if let last = answers.last, last.text == text {
        answers[answers.count - 1].citations += [citation].compactMap(\.self)
      } else {
        answers.append(Answer(text: text, citations: [citation].compactMap(\.self)))
      }
    }
    return answers
  }

  /// The cells of a table by the names of its columns.
  private struct Columns {
    let table: Table

    init(_ table: Table) { self.table = table }

    func cell(_ name: String, _ row: Int) -> Cell {
      table.column(named: name).map { table[row, $0] } ?? .missing
    }

    func text(_ name: String, _ row: Int) -> String? {
      let cell = cell(name, row)
      return cell == .missing ? nil : cell.rendered
    }

    func citation(_ row: Int) -> Citation? {
      var number: Int?
      if case .integer(let found) = cell("row", row) { number = found }
      var start: Timecode?
      if case .time(let found) = cell("start", row) { start = found }
      let words = text("text", row)
      guard number != nil || words != nil else { return nil }
      return Citation(
        row: number,
        start: start,
        speaker: text("speaker", row),
        text: words,
        match: words == nil ? nil : text("match", row).flatMap(Double.init)
      )
    }
  }
}
