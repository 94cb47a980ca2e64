public import TranscriptModel

/// The personal data that the recipe `redact` found in a transcript.
public enum Redactions {
  /// The schema of its answers.
  public static let schema = "redactions"

  /// Why nothing can be withheld by them.
  public enum Problem: Error, Hashable, Sendable {
    /// The recipe was not asked.
    case missing
    /// The rows are others than those it was asked about.
    case outdated
    /// A part of the transcript was not looked through.
    case incomplete
  }

  /// What it found: the words, and the rows of words that do not stand in them so.
  ///
  /// - Throws: ``Problem``.
  public static func withheld(
    in document: TranscriptDocument
  ) throws(Problem) -> (words: [Withheld.Words], rows: Set<Int>) {
    guard let found = document.derivations.last(where: { $0.run.schema == schema }) else {
      throw .missing
    }
    let rows = NumberedRows(document.corrected.transcript)
    guard rows.digest == found.rowsDigest || shownDigest(document) == found.rowsDigest else {
      throw .outdated
    }
    guard found.isComplete else { throw .incomplete }
    let texts = Dictionary(rows.rows.map { ($0.number, $0.text) }) { first, _ in first }
    var (words, whole): ([Withheld.Words], Set<Int>) = ([], [])
    for table in found.tables {
      guard let text = table.column(.quote), let row = table.column(.row) else { continue }
      let kind = table.column(named: "kind")
      for index in 0..<table.rowCount {
        let entry = Withheld.Words(
          table[index, text].rendered,
          kind: kind.map { table[index, $0].rendered } ?? "text"
        )
        words.append(entry)
        // Words that were not copied exactly may leave some: nothing of their row goes out.
        guard let number = table[index, row].wholeNumber, let shown = texts[number],
          Withheld(words: [entry]).count(in: shown).isEmpty
        else { continue }
        whole.insert(number - 1)
      }
    }
    return (words, whole)
  }

  /// The digest of the rows as the recipe is shown them where something else is withheld.
  private static func shownDigest(_ document: TranscriptDocument) -> String? {
    guard document.hasRestrictions else { return nil }
    let shown = try? document.shown(isForRedacting: true)
    return shown.map { NumberedRows($0.corrected.transcript).digest }
  }

  /// The names of a transcript's speakers, also as the machine has them, and their parts: who is withheld is
  /// not called by the first name either.
  public static func names(in document: TranscriptDocument) -> [Withheld.Words] {
    let speakers = document.corrected.transcript.speakers + document.transcript.speakers
    var seen: Set<String> = []
    return speakers.compactMap(\.name).filter { seen.insert($0).inserted }.flatMap { name in
      ([name] + name.split(whereSeparator: \.isWhitespace).filter(isName).map(String.init))
        .map { Withheld.Words($0, kind: "name") }
    }
  }

  /// Whether a part of a name stands for a person by itself: no initial, no `von` or `de la`.
  private static func isName(_ part: Substring) -> Bool {
    part.count(where: \.isLetter) >= 3 && part.first?.isLowercase == false
  }
}
