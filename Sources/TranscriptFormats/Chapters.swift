internal import TranscriptModel

/// A stretch of a recording with a title.
struct Chapter: Hashable {
  /// Where it begins, in milliseconds.
  let start: Int
  let title: String
  /// What is said in it; empty for nothing.
  var synopsis = ""
  /// Words to find it by.
  var keywords: [String] = []
}

extension ExportedTranscript {
  /// Whether there are chapters to go by.
  public var hasChapters: Bool { !chapters.isEmpty }

  /// The chapters of the table of that name, by start; none when there is no such table.
  var chapters: [Chapter] {
    guard let table = document.allTables.last(where: { $0.name == "chapters" }),
      let start = table.column(.start), let title = table.column(.text)
    else { return [] }
    let chapters = (0..<table.rowCount).compactMap { row -> Chapter? in
      guard case .time(let time) = table[row, start] else { return nil }
      return Chapter(
        start: time.milliseconds,
        title: table[row, title].rendered,
        synopsis: table.text(row, "synopsis"),
        keywords: table.text(row, "keywords").split { ",;".contains($0) }.map { word in
          word.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        .filter { !$0.isEmpty }
      )
    }
    return chapters.sorted { $0.start < $1.start }
  }
}

extension Table {
  /// The text of a column by its name; empty where there is none.
  fileprivate func text(_ row: Int, _ column: String) -> String {
    guard let index = columns.firstIndex(where: { $0.name == column }),
      case .text(let text) = self[row, index]
    else { return "" }
    return text
  }
}
