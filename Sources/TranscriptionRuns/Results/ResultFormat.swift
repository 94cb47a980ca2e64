package import TranscriptFormats

/// A format that a transcription is written in: the report, the document, or any of
/// `TranscriptFormatList`.
package struct ResultFormat: Hashable, Sendable {
  /// The name on the command line.
  package let name: String
  /// What a file's name ends with behind its stem.
  package let suffix: String
  /// What it is and for whom.
  package let summary: String
  /// Whether rows without a start are left out, which captions cannot show.
  package let needsTimes: Bool
  /// Whether it is text in UTF-8.
  package let isText: Bool
  /// Whether it has the tables of a reply that is no transcript.
  package var hasTables = true
  /// Whether rows whose words have no times of their own are left out.
  package var needsWordTimes = false
  /// Whether it has nothing but chapters.
  package var needsChapters = false
  /// The options that change it.
  package var effects: Set<FormatEffect> = []

  /// The report for a browser.
  package static let html = ResultFormat(
    name: "html",
    suffix: ".html",
    summary: "the report: one file to read beside the video",
    needsTimes: false,
    isText: true
  )
  /// The transcript document.
  package static let json = ResultFormat(
    name: "json",
    suffix: ".json",
    summary: "everything there is; what the other formats are made of",
    needsTimes: false,
    isText: true
  )

  /// Every format, in the order they are offered.
  package static let all =
    [html, json]
    + TranscriptFormatList.all.map { format in
      ResultFormat(
        name: format.name,
        suffix: format.suffix,
        summary: format.summary,
        needsTimes: format.needsTimes,
        isText: format.isText,
        hasTables: format.hasTables,
        needsWordTimes: format.needsWordTimes,
        needsChapters: format.needsChapters,
        effects: format.effects
      )
    }

  /// What is written when nothing else is asked for.
  package static let usual: [ResultFormat] = [.html, .json]

  /// The formats of several lists, each once, in their order.
  package static func distinct(_ lists: [[ResultFormat]]) -> [ResultFormat] {
    var formats: [ResultFormat] = []
    for format in lists.joined() where !formats.contains(format) { formats.append(format) }
    return formats
  }

  /// The media type of a result, by its name.
  package static func mediaType(of name: String) -> String {
    let format = all.filter { name.hasSuffix($0.suffix) }.max { $0.suffix.count < $1.suffix.count }
    switch format?.name {
    case "html": return "text/html; charset=utf-8"
    case "json": return "application/json"
    case let other?:
      return TranscriptFormatList.format(named: other)?.mediaType ?? "application/octet-stream"
    case nil: return "application/octet-stream"
    }
  }
}
