extension ImportFormat {
  /// SubStation Alpha, `.ssa` and `.ass`.
  static let subStation = ImportFormat(
    name: "ASS",
    summary: "captions of SubStation Alpha; the Name of an event is its speaker",
    content: .text(
      fits: { source in
        source.first(1).first?.lowercased().hasPrefix("[script info]") ?? false
      },
      read: { source throws(ImportError) in try SubStationReader(source).transcript() }
    )
  )
}

/// Reads the events of a script.
private struct SubStationReader {
  private let source: SourceText
  /// What fields an event has where no line says it (v4.00+).
  private var fields = [
    "layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text",
  ]
  private var prefix = SpeakerPrefix()

  init(_ source: SourceText) { self.source = source }

  func transcript() throws(ImportError) -> ImportedTranscript {
    var reader = self
    return try reader.read()
  }

  private mutating func read() throws(ImportError) -> ImportedTranscript {
    var collector = RowCollector()
    var isInEvents = false
    for (line, text) in source.texts {
      if text.hasPrefix("[") { isInEvents = text.lowercased() == "[events]" }
      guard isInEvents, let colon = text.firstIndex(of: ":") else { continue }
      let rest = text[text.index(after: colon)...].drop { $0 == " " }
      switch text[..<colon].lowercased() {
      case "format":
        fields = rest.split(separator: ",").map { field in
          field.filter { !$0.isWhitespace }.lowercased()
        }
      case "dialogue": try add(rest, line, &collector)
      default: break
      }
    }
    return collector.transcript
  }

  private mutating func add(
    _ event: Substring,
    _ line: Int,
    _ collector: inout RowCollector
  ) throws(ImportError) {
    // The last field is the text, with its commas.
    let values = event.split(
      separator: ",",
      maxSplits: max(0, fields.count - 1),
      omittingEmptySubsequences: false
    )
    func value(_ names: String...) -> String {
      guard let index = fields.firstIndex(where: names.contains), index < values.count else {
        return ""
      }
      return String(values[index])
    }
    guard let start = ClockText.milliseconds(Array(value("start").utf8)[...]),
      let end = ClockText.milliseconds(Array(value("end").utf8)[...])
    else { throw ImportError(line: line, "has no times that can be read") }
    let text = Self.plain(value("text"))
    guard !text.isEmpty else { return collector.note(.empty, line: line) }
    let name = value("name", "actor").drop { $0 == " " }
    let split = prefix.split(text[...])
    // Our own captions have the name in front as well, with the commas that a field cannot have.
    let isNamed =
      split.speaker.map { name.isEmpty || Self.words($0) == Self.words(String(name)) } ?? false
    let speaker = isNamed ? split.speaker ?? "" : String(name)
    collector.add(start, end, speaker, isNamed ? String(split.text) : text, line: line)
  }

  private static func words(_ name: String) -> [Substring] { name.split { ", ".contains($0) } }

  /// The text without commands, drawings left out; line breaks become blanks.
  private static func plain(_ text: String) -> String {
    var result = ""
    var isDrawing = false
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "{":
        guard let close = rest.firstIndex(of: "}") else {
          result.append(character)
          continue
        }
        let command = rest[..<close]
        if let drawing = command.firstRange(of: #"\p"#),
          let scale = command[drawing.upperBound...].first, scale.isNumber
        {
          isDrawing = scale != "0"
        }
        rest = rest[rest.index(after: close)...]
      case "\\":
        guard let next = rest.first else { break }
        if "Nnh".contains(next) {
          rest.removeFirst()
          if !isDrawing, result.last != " " { result.append(" ") }
        } else if "{}".contains(next) {
          rest.removeFirst()
          result.append(next)
        } else if !isDrawing {
          result.append(character)
        }
      case "\u{2060}": break
      default: if !isDrawing { result.append(character) }
      }
    }
    return String(result.drop { $0 == " " })
  }
}
