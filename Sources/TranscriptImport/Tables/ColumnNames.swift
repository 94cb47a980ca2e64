/// What the columns of a table mean, by their names.
struct ColumnNames {
  let start: Int?
  let end: Int?
  let length: Int?
  let speaker: Int?
  let text: Int
  private let count: Int
  /// Milliseconds in one unit of each time that is a bare number.
  private let units: [Int: Double]

  /// Names of each meaning, the clearest first, without anything but letters and digits.
  private static let starts = [
    "start", "starttime", "startms", "startseconds", "starts", "begin", "begintime", "in", "timein",
    "intime", "tcin", "from", "time", "timestamp", "timecode", "offset", "tc",
  ]
  private static let ends = [
    "end", "endtime", "endms", "endseconds", "ends", "stop", "out", "timeout", "outtime", "tcout",
    "to", "finish",
  ]
  private static let lengths = ["duration", "dur", "length", "durationms", "durationseconds"]
  private static let speakers = [
    "speaker", "speakername", "speakerlabel", "name", "who", "person", "character", "talker",
    "participant", "author", "voice", "speakerid", "sprecher", "locuteur", "hablante",
  ]
  private static let texts = [
    "text", "transcript", "words", "utterance", "caption", "subtitle", "content", "body",
    "sentence",
    "dialogue", "line", "speech", "message", "texte", "texto",
  ]

  /// `nil` when no column has the name of a text, or it is the only one with a known name.
  init?(_ names: [String]) {
    let keys = names.map { name in
      name.lowercased().prefix { $0 != "(" && $0 != "[" }.filter { $0.isLetter || $0.isNumber }
    }
    func find(_ known: [String]) -> Int? {
      known.lazy.compactMap { name in keys.firstIndex { $0 == name } }.first
    }
    guard let text = find(Self.texts) else { return nil }
    self.text = text
    count = names.count
    start = find(Self.starts)
    end = find(Self.ends)
    length = find(Self.lengths)
    speaker = find(Self.speakers)
    guard start ?? speaker != nil else { return nil }
    var units: [Int: Double] = [:]
    for (index, name) in names.enumerated() {
      let name = name.lowercased()
      let isMilliseconds =
        keys[index].hasSuffix("ms") || name.contains("milli") || name.contains("(ms")
      units[index] = isMilliseconds ? 1 : 1000
    }
    // An end whose column says nothing is counted as the start is.
    for index in [end, length].compactMap(\.self) where !names[index].lowercased().contains("sec") {
      units[index] = min(units[index] ?? 1000, start.flatMap { units[$0] } ?? 1000)
    }
    self.units = units
  }

  /// The row of cells; `nil` when it says nothing.
  func row(_ cells: [String]) -> ImportedRow? {
    func cell(_ index: Int?) -> String {
      guard let index, index < cells.count else { return "" }
      return Self.plain(cells[index])
    }
    let text = JSONRows.trimmed(cell(self.text))
    guard !text.isEmpty, text != "?" else { return nil }
    let start = time(cell(self.start), self.start).map { max(0, $0) }
    let stated = time(cell(end), end)
    let lasting = time(cell(length), length).flatMap { length in start.map { $0 + max(0, length) } }
    let speaker = JSONRows.trimmed(cell(self.speaker))
    return ImportedRow(
      start: start,
      end: (stated ?? lasting).flatMap { $0 >= start ?? 0 ? $0 : nil },
      speaker: speaker == "?" || speaker == "[voice ?]" ? "" : speaker,
      text: text
    )
  }

  /// The cells with those past the last column as a part of its text: some write no quotation marks.
  func joined(_ cells: [String], _ delimiter: String) -> [String] {
    guard cells.count > count, text == count - 1 else { return cells }
    return cells[..<text] + [cells[text...].joined(separator: delimiter)]
  }

  private func time(_ text: String, _ column: Int?) -> Int? {
    guard let column, !text.isEmpty, text != "?" else { return nil }
    if let number = Double(text) {
      return ClockText.milliseconds(seconds: number * (units[column] ?? 1000) / 1000)
    }
    return ClockText.milliseconds(text)
  }

  /// A cell without the apostrophe that keeps spreadsheets from running it.
  private static func plain(_ cell: String) -> String {
    guard cell.hasPrefix("'"), let next = cell.dropFirst().first, "=+-@".contains(next) else {
      return cell
    }
    return String(cell.dropFirst())
  }
}
