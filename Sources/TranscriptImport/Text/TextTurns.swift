/// Reads transcripts that people and models write as text: times, names and what is said, in any of
/// the orders that are usual.
///
/// A line may begin with a time (`[00:02]`, `(0:02)`, `00:02`, `[00:02 - 00:05]`), with a name
/// (`Ada:`, `**Ada:**`, behind a time also `Ada -`), or with a name and then a time (`Ada [00:02]:`,
/// `Ada: 00:02`, `Ada 0:02`); a line of nothing else is about what follows. In a text with times,
/// any other line goes on with the row before; without times, it is a row of its own.
struct TextTurns {
  private let source: SourceText
  private let isTimed: Bool
  /// Whether four numbers are days, hours, minutes and seconds, as spaceflight counts them.
  private let countsDays: Bool
  private var prefix = SpeakerPrefix()
  private var rows: [ImportedRow] = []
  /// What a line of nothing else said of what follows.
  private var pending: (time: TurnTime?, speaker: String?) = (nil, nil)
  /// Who speaks in the list below, in Markdown.
  private var heading: String?
  /// The time that stands above several who speak, up to an empty line.
  private var blockTime: TurnTime?
  private var isOpen = false
  private var leftOut = 0
  private var title: String?
  private var isMarkdown = false

  private init(_ source: SourceText, isTimed: Bool, countsDays: Bool) {
    self.source = source
    self.isTimed = isTimed
    self.countsDays = countsDays
  }

  static func transcript(
    _ source: SourceText,
    isTimed: Bool,
    countsDays: Bool = false
  ) -> ImportedTranscript {
    var reader = TextTurns(source, isTimed: isTimed, countsDays: countsDays)
    return reader.read()
  }

  private mutating func read() -> ImportedTranscript {
    var line = frontMatter()
    if let transcriptHeading {
      isMarkdown = true
      line = max(line, transcriptHeading + 1)
    }
    while line < source.lines.count {
      read(source.text(source.trimmed(source.lines[line]))[...])
      line += 1
    }
    var transcript = ImportedTranscript(rows: rows)
    transcript.title = title
    if leftOut > 0 {
      transcript.notes = [
        leftOut == 1
          ? "1 heading or remark is left out" : "\(leftOut) headings or remarks are left out"
      ]
    }
    return transcript
  }

  /// The line behind the facts that some programs put between lines of dashes.
  private mutating func frontMatter() -> Int {
    guard let first = source.lines.first, source.text(first) == "---",
      let end = source.lines.indices.dropFirst().prefix(200).first(where: {
        source.text(source.lines[$0]) == "---"
      })
    else { return 0 }
    isMarkdown = true
    for line in 1..<end {
      let text = source.text(source.lines[line])
      if text.hasPrefix("title:") {
        title = JSONRows.trimmed(String(text.dropFirst(6))).trimmingQuotes
      }
    }
    return end + 1
  }

  /// The line of a heading that says where the transcript begins, below facts about it.
  private var transcriptHeading: Int? {
    source.lines.indices.prefix(200).first { line in
      let text = source.text(source.trimmed(source.lines[line]))
      return text.hasPrefix("#")
        && text.drop { $0 == "#" || $0 == " " }.lowercased() == "transcript"
    }
  }

  // MARK: Lines

  private mutating func read(_ whole: Substring) {
    guard !whole.isEmpty else {
      if isOpen { blockTime = nil }
      if !isTimed { (isOpen, pending.speaker) = (false, rows.isEmpty ? pending.speaker : nil) }
      return
    }
    if isRemark(whole) { return }
    let text = Self.withoutEmphasis(isMarkdown ? Self.unescaped(whole)[...] : whole)
    guard isTimed else { return readUntimed(text) }
    if let (time, rest) = TurnTime.leading(Self.withoutBullet(text), countsDays: countsDays) {
      return begin(time, rest)
    }
    if let (name, time, rest) = TurnTime.named(text, &prefix) {
      guard rest.isEmpty else { return add(time, name, rest) }
      pending = (time, name)
      isOpen = false
      return
    }
    if let speaker = pending.speaker { return add(pending.time, speaker, text) }
    let split = prefix.split(text)
    if let speaker = split.speaker {
      if split.text.isEmpty {
        if isMarkdown { heading = speaker } else { pending.speaker = speaker }
        isOpen = false
      } else {
        add(pending.time ?? blockTime, speaker, split.text)
      }
    } else if isOpen, pending.time == nil {
      rows[rows.count - 1].text += " " + text
    } else {
      add(pending.time, pending.speaker, split.isTurn ? split.text : text)
    }
  }

  /// A line that begins with a time.
  private mutating func begin(_ time: TurnTime, _ rest: Substring) {
    let rest = Self.withoutSeparator(rest)
    guard !rest.isEmpty else {
      pending = (time, nil)
      blockTime = TurnTime(start: time.start)
      isOpen = false
      return
    }
    // The dash comes first: what is said behind it may have a colon.
    if let (speaker, text) = dashed(rest) { return add(time, speaker, text) }
    let split = prefix.split(rest)
    if let speaker = split.speaker {
      guard split.text.isEmpty else { return add(time, speaker, split.text) }
      pending = (time, speaker)
      isOpen = false
    } else {
      add(time, heading, split.isTurn ? split.text : rest)
    }
  }

  private mutating func add(_ time: TurnTime?, _ speaker: String?, _ text: Substring) {
    rows.append(
      ImportedRow(
        start: time?.start,
        end: time?.end,
        speaker: speaker ?? "",
        text: JSONRows.trimmed(String(text))
      )
    )
    pending = (nil, nil)
    isOpen = true
  }

  private mutating func readUntimed(_ text: Substring) {
    let split = prefix.split(text)
    if let speaker = split.speaker, split.text.isEmpty {
      pending.speaker = speaker
      return
    }
    let speaker = split.speaker ?? pending.speaker ?? ""
    if split.speaker != nil { pending.speaker = nil }
    let isTurn = split.speaker != nil || split.isTurn
    rows.append(ImportedRow(speaker: speaker, text: String(isTurn ? split.text : text)))
  }

  /// Headings, fences and remarks of programs, which nobody says.
  private mutating func isRemark(_ text: Substring) -> Bool {
    if text.hasPrefix("```") { return true }
    if text.hasPrefix("# "), rows.isEmpty, title == nil {
      title = String(text.dropFirst(2))
      isMarkdown = true
      return true
    }
    let isHeading = text.first == "#" && text.drop { $0 == "#" }.first == " "
    let isFact = text.first == "_" && text.prefix(20).contains(":") && countsDays
    // «Here is the transcript:»
    let isAnnouncement =
      isTimed && rows.isEmpty && pending.time == nil && text.last == ":" && text.contains(" ")
      && text.lowercased().contains("transcri")
    guard isHeading || isFact || isAnnouncement else { return false }
    leftOut += 1
    return true
  }

  /// `Name - text`, behind a time.
  private mutating func dashed(_ text: Substring) -> (String, Substring)? {
    for dash in [" - ", " – ", " — "] {
      guard let place = text.prefix(80).firstRange(of: dash) else { continue }
      let name = text[..<place.lowerBound]
      guard prefix.isName(name) else { continue }
      return (String(name), text[place.upperBound...])
    }
    return nil
  }

  /// `**[00:02] Ada:** text` without the asterisks.
  private static func withoutEmphasis(_ text: Substring) -> Substring {
    guard text.hasPrefix("**"), let next = text.dropFirst(2).first, "[(0123456789".contains(next),
      let end = text.dropFirst(2).firstRange(of: "**")
    else { return text }
    return (text.dropFirst(2)[..<end.lowerBound] + text[end.upperBound...])[...]
  }

  private static func withoutBullet(_ text: Substring) -> Substring {
    guard let first = text.first, "-*•".contains(first), text.dropFirst().first == " " else {
      return text
    }
    return text.dropFirst(2).drop(while: \.isWhitespace)
  }

  private static func withoutSeparator(_ text: Substring) -> Substring {
    let rest = text.drop(while: \.isWhitespace)
    guard let first = rest.first, ":-–—|".contains(first) else { return rest }
    let next = rest.dropFirst()
    return next.first.map(\.isWhitespace) ?? true ? next.drop(while: \.isWhitespace) : rest
  }

  /// Markdown without the backslashes in front of its signs.
  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    var result = ""
    var rest = text
    while let character = rest.popFirst() {
      if character == "\\", let next = rest.first, next.isASCII, next.isPunctuation || next.isSymbol
      {
        rest.removeFirst()
        result.append(next)
      } else {
        result.append(character)
      }
    }
    return result
  }
}

extension String {
  /// Without quotation marks around it.
  fileprivate var trimmingQuotes: String {
    for mark in ["\"", "'"] where count > 1 && hasPrefix(mark) && hasSuffix(mark) {
      return String(dropFirst().dropLast())
    }
    return self
  }
}
