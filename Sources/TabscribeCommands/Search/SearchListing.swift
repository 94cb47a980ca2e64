internal import CommandLineInterface
internal import PlainText
internal import RunStore
internal import TranscriptModel

/// What a search found, for the terminal: a heading for each transcript, then its moments.
struct SearchListing {
  let style: TextStyle
  /// The columns of the terminal; `nil` keeps every row on one line.
  let width: Int?

  func lines(_ hits: [SearchHit]) -> [String] {
    var lines: [String] = []
    for (index, hit) in hits.enumerated() {
      let isNew = index == 0 || hits[index - 1].place.item != hit.place.item
      if isNew {
        if index > 0 { lines.append("") }
        lines += heading(hit.place)
      } else if !hit.before.isEmpty || !hits[index - 1].after.isEmpty {
        lines.append(Self.indent + style.dim("⋮"))
      }
      let place = hit.place
      lines += hit.before.flatMap { context($0, place) }
      lines += row(hit.row, hit.pieces, place)
      lines += hit.after.flatMap { context($0, place) }
    }
    return lines
  }

  private static let indent = "  "

  private func heading(_ place: SearchHit.Place) -> [String] {
    let source = place.source.title.map { "\($0) (\(place.source.uri))" } ?? place.source.uri
    let facts = "\(place.reference)  \(MomentText.day(place.startedAt))"
    let name = SafeText.line(source)
    guard let width, DisplayWidth.of(name) + 2 + DisplayWidth.of(facts) > width else {
      return [style.bold(name) + Self.indent + style.dim(facts)]
    }
    return TextWrapping.lines(name, width: width).map(style.bold) + [style.dim(facts)]
  }

  private func context(_ row: SearchRow, _ place: SearchHit.Place) -> [String] {
    self.row(row, [(row.text, false)], place).map(style.dim)
  }

  private func row(
    _ row: SearchRow,
    _ pieces: [(text: String, isMatch: Bool)],
    _ place: SearchHit.Place
  ) -> [String] {
    let time = DisplayWidth.padded(row.start?.rendered ?? "?", to: 7, alignment: .right)
    let text = MarkedText(pieces)
    let lead = SafeText.line(row.origin(in: place)) + ": "
    guard let width else { return [time + Self.indent + lead + text.lines(style)[0]] }
    let indent = String(repeating: " ", count: time.count + Self.indent.count)
    let lines = text.lines(style, after: lead, width: max(16, width - indent.count))
    return lines.enumerated().map { ($0 == 0 ? time + Self.indent : indent) + $1 }
  }
}

extension SearchRow {
  /// Who says it, or else where it stands: the table, or the prompt of a transcript without voices.
  func origin(in place: SearchHit.Place) -> String {
    (table ?? speaker ?? place.prompt) + (isMachine ? " (machine)" : "")
  }
}

/// Text with marks around parts of it; any text may go in.
private struct MarkedText {
  // Control characters, which harmless text has none of.
  private static let opening: Character = "\u{1}"
  private static let closing: Character = "\u{2}"
  private let text: String

  init(_ pieces: [(text: String, isMatch: Bool)]) {
    text = pieces.map { piece in
      let text = SafeText.line(piece.text)
      return piece.isMatch ? "\(Self.opening)\(text)\(Self.closing)" : text
    }.joined()
  }

  /// The text as lines; one line without a width.
  func lines(_ style: TextStyle, after lead: String = "", width: Int? = nil) -> [String] {
    let lines = width.map { TextWrapping.lines(lead + text, width: $0) } ?? [lead + text]
    var isMarked = false
    return lines.map { Self.styled($0, style, &isMarked) }
  }

  /// Marks are bold, or angle quotes where nothing can be bold.
  private static func styled(
    _ line: String,
    _ style: TextStyle,
    _ isMarked: inout Bool
  ) -> String {
    var result = ""
    var part = ""
    func close() {
      if isMarked, !part.isEmpty {
        result += style.isEnabled ? style.bold(part) : "«\(part)»"
      } else {
        result += part
      }
      part = ""
    }
    for character in line {
      if character == opening || character == closing {
        close()
        isMarked = character == opening
      } else {
        part.append(character)
      }
    }
    close()
    return result
  }
}
