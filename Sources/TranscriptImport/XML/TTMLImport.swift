extension ImportFormat {
  /// Timed Text Markup Language, `.ttml`, `.dfxp`, `.xml`.
  static let ttml = ImportFormat(
    name: "TTML",
    summary: "captions of TTML, IMSC and DAPT; agents are speakers",
    content: .xml(
      roots: ["tt"],
      read: { source throws(ImportError) in
        var reader = TTMLReader()
        try source.readEvents { event throws(ImportError) in try reader.read(event) }
        return reader.transcript
      }
    )
  )
}

/// Collects the paragraphs of a document.
private struct TTMLReader {
  /// An element that is open.
  private struct Element {
    let name: String
    let agent: String?
    /// Where its times begin, in milliseconds.
    var base: Int
    /// The times of the script event around it, which stand for those of a paragraph (DAPT).
    var event: (start: Int, end: Int?)?
  }

  private var collector = RowCollector()
  private var prefix = SpeakerPrefix()
  private var language: String?
  private var title: String?
  private var frameRate = 30.0
  private var tickRate = 1.0
  /// The names of agents by their ids.
  private var names: [String: String] = [:]
  private var agent: String?
  private var path: [Element] = []
  /// The paragraph that is read.
  private var paragraph: (start: Int?, end: Int?, text: String)?
  private var count = 0

  mutating func read(_ event: XMLSource.Event) throws(ImportError) {
    switch event {
    case .start(let name, let attributes): try begin(name, attributes)
    case .text(let text): add(text)
    case .end(let name): end(name)
    }
  }

  var transcript: ImportedTranscript {
    var transcript = collector.transcript
    transcript.language = language
    transcript.title = title
    return transcript
  }

  private mutating func begin(
    _ name: String,
    _ attributes: [String: String]
  ) throws(ImportError) {
    let base = path.last?.base ?? 0
    var own = Element(
      name: name,
      agent: attributes["agent"] ?? path.last?.agent,
      base: base,
      event: path.last?.event
    )
    switch name {
    case "tt":
      // `und` is what a document says that does not know it.
      language = attributes["lang"].flatMap { ["", "und"].contains($0) ? nil : $0 }
      frameRate = attributes["frameRate"].flatMap(Double.init) ?? frameRate
      if let parts = attributes["frameRateMultiplier"]?.split(separator: " ").compactMap({
        Double($0)
      }),
        parts.count == 2, parts[1] > 0
      {
        frameRate *= parts[0] / parts[1]
      }
      tickRate = attributes["tickRate"].flatMap(Double.init) ?? frameRate
    case "agent": agent = attributes["id"]
    case "body", "div":
      if let times = try times(attributes, base) { (own.base, own.event) = (times.start, times) }
    case "p":
      count += 1
      let times = try times(attributes, base) ?? own.event
      paragraph = (times?.start, times?.end, "")
    case "span":
      // Times of a span stand for a paragraph that has none.
      if paragraph?.start == nil, let start = try time(attributes["begin"]) {
        let end = try time(attributes["end"]).map { base + $0 }
        paragraph = (base + start, end, paragraph?.text ?? "")
      }
    case "br": paragraph?.text += " "
    default: break
    }
    path.append(own)
  }

  /// When an element begins and ends; `nil` where it does not say when it begins.
  private func times(
    _ attributes: [String: String],
    _ base: Int
  ) throws(ImportError) -> (start: Int, end: Int?)? {
    guard let begin = try time(attributes["begin"]) else { return nil }
    let start = base + begin
    if let end = try time(attributes["end"]) { return (start, base + end) }
    return (start, try time(attributes["dur"]).map { start + $0 })
  }

  private mutating func add(_ text: String) {
    if paragraph != nil {
      paragraph?.text += text
    } else if path.last?.name == "name", let agent {
      names[agent, default: ""] += text
    } else if path.last?.name == "title" {
      title = (title ?? "") + text
    }
  }

  private mutating func end(_ name: String) {
    let own = path.popLast()
    guard name == "p", let row = paragraph else { return }
    paragraph = nil
    let text = row.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else { return collector.note(.empty, line: count - 1) }
    let split = prefix.split(text[...])
    let ids = own?.agent?.split(separator: " ").map(String.init) ?? []
    let stated = ids.map { names[$0] ?? $0 }.joined(separator: ", ")
    let speaker = stated.isEmpty ? split.speaker ?? "" : stated
    let isNamed = split.speaker != nil && (stated.isEmpty || split.speaker == stated)
    collector.add(
      row.start,
      row.end,
      speaker,
      isNamed || split.isTurn && split.speaker == nil ? String(split.text) : text,
      line: count - 1
    )
  }

  /// Milliseconds of a time expression (TTML2, section 12.3.1).
  private func time(_ text: String?) throws(ImportError) -> Int? {
    guard let text = text?.filter({ !$0.isWhitespace }), !text.isEmpty else { return nil }
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    if fields.count == 4, let frames = Double(fields[3]),
      let time = ClockText.milliseconds(Array(fields[..<3].joined(separator: ":").utf8)[...])
    {
      return ClockText.milliseconds(seconds: Double(time) / 1000 + frames / frameRate)
    }
    if fields.count > 1, let time = ClockText.milliseconds(Array(text.utf8)[...]) { return time }
    let units: [(String, Double)] = [
      ("ms", 0.001), ("h", 3600), ("m", 60), ("s", 1), ("f", 1 / frameRate), ("t", 1 / tickRate),
    ]
    for (unit, seconds) in units where text.hasSuffix(unit) {
      if let number = Double(text.dropLast(unit.count)),
        let time = ClockText.milliseconds(seconds: number * seconds)
      {
        return time
      }
    }
    throw ImportError(
      "paragraph \(max(1, count)) has the time “\(text.prefix(40))”, which cannot be read"
    )
  }
}
