internal import PlainText

/// A table of text in aligned columns.
///
/// Cells may hold anything: control characters are neutralised, wide characters counted as wide.
package struct TextTable: Sendable {
  /// A column and how it behaves.
  package struct Column: Sendable {
    /// The heading.
    package let title: String
    /// Left for words, right for numbers.
    package let alignment: DisplayWidth.Alignment
    /// How its cells are cut when the table is wider than the terminal; `nil` when they may not be.
    let cut: (@Sendable (String, Int) -> String)?

    /// A column of words.
    package static func words(_ title: String, mayShrink: Bool = false) -> Column {
      Column(title: title, alignment: .left, cut: mayShrink ? DisplayWidth.truncated : nil)
    }

    /// A column of file names, cut in the middle.
    package static func names(_ title: String) -> Column {
      Column(title: title, alignment: .left, cut: DisplayWidth.shortened)
    }

    /// A column of numbers, times or sums.
    package static func numbers(_ title: String) -> Column {
      Column(title: title, alignment: .right, cut: nil)
    }
  }

  /// The columns in order.
  package let columns: [Column]
  /// The rows, with one harmless cell for each column.
  package private(set) var rows: [[String]] = []

  /// A table without rows.
  package init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; missing cells are empty, surplus ones a mistake in the program.
  package mutating func add(_ cells: [String]) {
    precondition(cells.count <= columns.count, "more cells than columns")
    let missing = repeatElement("", count: columns.count - cells.count)
    rows.append(cells.map(SafeText.line) + missing)
  }

  /// The table as lines without line breaks.
  ///
  /// - Parameters:
  ///   - width: The columns of the terminal; `nil`, as for a file or a pipe, cuts nothing.
  ///   - style: How the heading is set apart.
  package func lines(width: Int?, style: TextStyle = .plain) -> [String] {
    let widths = columnWidths(within: width)
    let hasHeading = columns.contains { !$0.title.isEmpty }
    let heading = hasHeading ? [style.dim(line(columns.map(\.title), widths))] : []
    return heading + rows.map { line($0, widths) }
  }

  private static let gap = 2
  /// Columns that a cut column keeps.
  private static let least = 8

  /// The width of each column; the widest that may shrink gives way first.
  private func columnWidths(within limit: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(DisplayWidth.of(columns[index].title)) {
        max($0, DisplayWidth.of($1[index]))
      }
    }
    guard let limit else { return widths }
    var surplus = widths.reduce(Self.gap * (columns.count - 1), +) - limit
    while surplus > 0 {
      let candidates = columns.indices.filter { columns[$0].cut != nil && widths[$0] > Self.least }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      let next = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? Self.least
      let cut = min(surplus, max(1, widths[widest] - max(next, Self.least)))
      widths[widest] -= cut
      surplus -= cut
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { line += String(repeating: " ", count: Self.gap) }
      let text = columns[index].cut?(cell, widths[index]) ?? cell
      line += DisplayWidth.padded(text, to: widths[index], alignment: columns[index].alignment)
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
