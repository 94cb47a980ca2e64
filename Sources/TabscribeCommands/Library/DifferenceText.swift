internal import CommandLineInterface
internal import PlainText
internal import PromptTemplates

/// A difference as lines for a person: the changed lines with two lines around them.
///
/// Signs mark what was removed and added, so that colour only helps.
enum DifferenceText {
  /// Unchanged lines shown before and after a change.
  private static let surroundings = 2

  private struct Line {
    var text = ""
    var isChanged = false
  }

  static func lines(_ difference: WordDifference, style: TextStyle) -> [String] {
    let lines = marked(difference, style: style)
    let changed = lines.indices.filter { lines[$0].isChanged }
    var shown: [String] = []
    var next = 0
    for index in lines.indices {
      while next < changed.count, changed[next] + surroundings < index { next += 1 }
      let isNear = next < changed.count && changed[next] - surroundings <= index
      if isNear {
        shown.append(lines[index].text)
      } else if shown.last != "…" {
        shown.append("…")
      }
    }
    return shown
  }

  private static func marked(_ difference: WordDifference, style: TextStyle) -> [Line] {
    var lines = [Line()]
    for stretch in difference.stretches {
      let pieces = stretch.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { lines.append(Line()) }
        if stretch.change != .same { lines[lines.count - 1].isChanged = true }
        if piece.isEmpty { continue }
        lines[lines.count - 1].text += mark(SafeText.line(String(piece)), stretch.change, style)
      }
    }
    return lines
  }

  private static func mark(
    _ words: String,
    _ change: WordDifference.Change,
    _ style: TextStyle
  ) -> String {
    switch change {
    case .same: words
    case .removed: style.red("[-\(words)-]")
    case .added: style.green("{+\(words)+}")
    }
  }
}
