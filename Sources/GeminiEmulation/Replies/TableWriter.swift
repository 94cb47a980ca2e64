internal import OrderedJSON
internal import TranscriptModel

/// Writes a script's rows into whatever columns a request asks for.
struct TableWriter: Sendable {
  let script: Script
  /// Whether times carry milliseconds, as the model gives them above one frame a second.
  let hasFractions: Bool
  /// Whether times past the hour are written with hours; otherwise minutes go on.
  let showsHours: Bool

  /// What a table of these columns is a table of.
  enum Kind { case segments, speakers, sounds, languages, unknown }

  static func kind(table: String, columns: [String]) -> Kind {
    if columns.contains("sound") { return .sounds }
    if columns.first == "language" { return .languages }
    let meanings = columns.map(ColumnMeaning.init(column:))
    let isTimed = meanings.contains { if case .start = $0 { true } else { false } }
    let hasText = meanings.contains { if case .text = $0 { true } else { false } }
    let hasVoice = meanings.contains { if case .voice = $0 { true } else { false } }
    let hasName = meanings.contains { if case .name = $0 { true } else { false } }
    if isTimed, hasText { return .segments }
    if hasName, hasVoice { return .speakers }
    let table = table.lowercased()
    if ["speaker", "source", "voice"].contains(where: table.contains) { return .speakers }
    if table.contains("transcript") || isTimed || hasText { return .segments }
    return .unknown
  }

  /// A cell of a transcript row.
  func cell(_ column: String, _ shape: ReplyShape, of index: Int) -> JSONValue {
    let segment = script.segments[index]
    if let number = segment.number {
      return cell(column, shape, of: segment, number) ?? fitted("?", shape)
    }
    switch ColumnMeaning(column: column) {
    case .start: return time(segment.startMS, shape)
    case .end: return time(segment.endMS, shape)
    case .duration: return time(segment.endMS - segment.startMS, shape)
    case .text: return fitted(segment.text, shape)
    case .voice: return number(segment.voice, shape)
    case .name: return fitted(speaker(segment.voice)?.name ?? "?", shape)
    case .role: return fitted(speaker(segment.voice)?.role ?? "?", shape)
    case .type: return fitted(segment.text.hasPrefix("[") ? "audience" : "voice", shape)
    case .language: return fitted("en", shape)
    case .confidence: return confidence(shape)
    case .row: return number(index + 1, shape)
    case .company, .position, .other: return fitted("?", shape)
    }
  }

  /// A cell of an answer about a row that the prompt gives; `nil` for what is not known.
  private func cell(
    _ column: String,
    _ shape: ReplyShape,
    of segment: Script.Segment,
    _ number: Int
  ) -> JSONValue? {
    if case .enumeration(let values) = shape { return values.first.map { JSONValue($0) } }
    switch ColumnMeaning(column: column) {
    case .row: return self.number(number, shape)
    case .start, .end: return time(segment.startMS, shape)
    case .text: return fitted(segment.text, shape)
    case .name: return fitted(speaker(segment.voice)?.name ?? "?", shape)
    case .language: return fitted("en", shape)
    case .confidence: return confidence(shape)
    case .voice: return self.number(segment.voice, shape)
    default:
      if column.hasSuffix("_row") { return self.number(number + 1, shape) }
      let words = segment.text.split(separator: " ")
      // The same words in other letters stand for another language; of everything else a few do.
      let isWhole = column == "translation" || column == "clean"
      return fitted(
        isWhole ? segment.text.uppercased() : words.prefix(5).joined(separator: " "),
        shape
      )
    }
  }

  /// A cell of a speaker row.
  func cell(_ column: String, _ shape: ReplyShape, ofSpeaker index: Int) -> JSONValue {
    let speaker = script.speakers[index]
    switch ColumnMeaning(column: column) {
    case .voice, .row: return number(speaker.voice, shape)
    case .name: return fitted(speaker.name, shape)
    case .company: return fitted(speaker.company, shape)
    case .position: return fitted(speaker.position, shape)
    case .role: return fitted(speaker.role, shape)
    case .type: return fitted(speaker.role == "Audience" ? "audience" : "voice", shape)
    case .language: return fitted("en", shape)
    case .confidence: return confidence(shape)
    default: return fitted("?", shape)
    }
  }

  /// A cell of the row about the language, which is one.
  func languageCell(_ column: String, _ shape: ReplyShape) -> JSONValue {
    column == "language" ? fitted("en", shape) : number(100, shape)
  }

  /// What is heard beside speech: the rows between brackets, which say so; every tenth row has one in media
  /// that are made up.
  var sounds: [Script.Segment] {
    let told = script.segments.filter { $0.text.hasPrefix("[") }
    guard told.isEmpty else { return told }
    return stride(from: 0, to: script.segments.count, by: 10).map { index in
      var segment = script.segments[index]
      segment.text = "footsteps"
      return segment
    }
  }

  /// A cell of a row about a sound.
  func cell(_ column: String, _ shape: ReplyShape, of sound: Script.Segment) -> JSONValue {
    switch ColumnMeaning(column: column) {
    case .start: return time(sound.startMS, shape)
    case .end: return time(sound.endMS, shape)
    case .type: return fitted(sound.text.hasPrefix("[") ? "audience" : "voice", shape)
    case .confidence: return confidence(shape)
    default:
      let isNamed = ["sound", "text", "tag"].contains(column)
      return fitted(isNamed ? sound.text.filter { !"[]".contains($0) } : "?", shape)
    }
  }

  private func speaker(_ voice: Int) -> Script.Speaker? {
    script.speakers.first { $0.voice == voice }
  }

  private func time(_ milliseconds: Int, _ shape: ReplyShape) -> JSONValue {
    switch shape {
    case .integer: return JSONValue(milliseconds / 1000)
    case .number: return JSONValue(Double(milliseconds) / 1000)
    default:
      return JSONValue(clock(Timecode(milliseconds: milliseconds)))
    }
  }

  /// The time as the model sees it in the frames.
  private func clock(_ code: Timecode) -> String {
    let hour = 3_600_000
    guard !showsHours, code.milliseconds >= hour else {
      return hasFractions ? code.renderedExactly : code.rendered
    }
    let rest = Timecode(milliseconds: code.milliseconds % 60_000)
    let seconds = (hasFractions ? rest.renderedExactly : rest.rendered).drop { $0 != ":" }
    return "\(code.milliseconds / 60_000)\(seconds)"
  }

  private func number(_ number: Int, _ shape: ReplyShape) -> JSONValue {
    switch shape {
    case .string: JSONValue(String(number))
    case .integer, .number: JSONValue(number)
    default: fitted(String(number), shape)
    }
  }

  private func confidence(_ shape: ReplyShape) -> JSONValue {
    switch shape {
    case .number: 0.9
    case .integer: 90
    default: fitted("high", shape)
    }
  }

  /// A text where the schema allows one, else the nearest value it does allow.
  private func fitted(_ text: String, _ shape: ReplyShape) -> JSONValue {
    switch shape {
    case .string: return JSONValue(text)
    case .enumeration(let values):
      let match = values.first { $0.lowercased() == text.lowercased() }
      return JSONValue(match ?? values.first ?? text)
    case .integer(let minimum): return JSONValue(minimum ?? 0)
    case .number: return 0
    case .bool: return false
    case .array: return .array([])
    case .object(let members):
      return .object(JSONObject(members.map { ($0.name, fitted(text, $0.shape)) }))
    }
  }
}
