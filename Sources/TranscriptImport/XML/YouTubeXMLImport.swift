internal import OrderedJSON

extension ImportFormat {
  /// YouTube's captions as XML, `srv1` to `srv3`.
  static let youTubeXML = ImportFormat(
    name: "YouTube srv",
    summary: "captions of YouTube as XML, srv1 to srv3",
    content: .xml(
      roots: ["timedtext", "transcript"],
      read: { source throws(ImportError) in
        var rows: [ImportedRow] = []
        var open: (start: Int?, length: Int?, text: String)?
        try source.readEvents { event throws(ImportError) in
          switch event {
          case .start("p", let attributes), .start("text", let attributes):
            // srv1 has seconds, the others milliseconds.
            open = (
              JSONRows.milliseconds(attributes["t"].map { .string($0) }, 1)
                ?? JSONRows.milliseconds(attributes["start"].map { .string($0) }, 1000),
              JSONRows.milliseconds(attributes["d"].map { .string($0) }, 1)
                ?? JSONRows.milliseconds(attributes["dur"].map { .string($0) }, 1000), ""
            )
          case .start("br", _): open?.text += " "
          case .text(let text): open?.text += text
          case .end("p"), .end("text"):
            let text = JSONRows.trimmed(MarkupText.lines(open?.text ?? ""))
            if let row = open, !text.isEmpty {
              let start = row.start.map { max(0, $0) }
              let end = row.length.flatMap { length in start.map { $0 + max(0, length) } }
              rows.append(ImportedRow(start: start, end: end, text: text))
            }
            open = nil
          default: break
          }
        }
        return RollingTimes.cut(rows).spokenBy()
      }
    )
  )
}
