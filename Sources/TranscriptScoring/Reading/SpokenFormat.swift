internal import OrderedJSON
internal import TranscriptModel

/// A format of transcripts by other tools, known by its content.
struct SpokenFormat {
  let name: String
  /// Whether a content is of this format, given also as its lines that are not empty.
  let fits: (_ text: String, _ lines: [String]) -> Bool
  let read: (_ text: String, _ lines: [String]) throws(ScoringError) -> [Utterance]

  static var all: [SpokenFormat] {
    [
      SpokenFormat(name: "SegLST", fits: { text, _ in isList(text) }, read: segments),
      SpokenFormat(name: "VTT", fits: { text, _ in text.hasPrefix("WEBVTT") }, read: captions),
      SpokenFormat(
        name: "SRT",
        fits: { _, lines in lines.prefix(3).contains { $0.contains("-->") } },
        read: captions
      ),
      SpokenFormat(name: "RTTM", fits: { _, lines in isRTTM(lines) }, read: rttm),
      SpokenFormat(name: "STM", fits: { _, lines in isSTM(lines) }, read: stm),
    ]
  }

  /// A transcript without times: a line is an utterance, `Name: words` names who speaks.
  static func plain(_ text: String) -> [Utterance] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      guard line.contains(where: { !$0.isWhitespace }) else { return nil }
      let parts = line.split(separator: ":", maxSplits: 1)
      // A colon after few capitalised words is a name; anything longer is a sentence.
      guard parts.count == 2, parts[1].first == " ", isName(parts[0]) else {
        return Utterance(text: String(line))
      }
      return Utterance(speaker: String(parts[0]), text: String(parts[1].dropFirst()))
    }
  }

  private static func isName(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    return (1...5).contains(words.count)
      && words.allSatisfy {
        $0.first?.isLowercase == false || ["van", "von", "de", "of"].contains($0)
      }
  }

  // MARK: SegLST

  private static func isList(_ text: String) -> Bool {
    text.first { !$0.isWhitespace } == "["
      && text.contains("\"words\"")
  }

  private static func segments(_ text: String, _: [String]) throws(ScoringError) -> [Utterance] {
    let json: JSONValue
    do throws(JSONSyntaxError) {
      json = try JSONValue(parsing: text)
    } catch {
      throw ScoringError(description: "this is not SegLST: \(error.description)")
    }
    return try single(
      (json.array ?? []).map { entry in
        let utterance = Utterance(
          start: number(entry["start_time"]),
          end: number(entry["end_time"]),
          speaker: entry["speaker"]?.string ?? "",
          text: entry["words"]?.string ?? ""
        )
        return (entry["session_id"]?.string ?? "", utterance)
      }
    )
  }

  private static func number(_ value: JSONValue?) -> Double? {
    value?.double ?? value?.string.flatMap(Double.init)
  }

  // MARK: NIST's formats

  private static func fields(_ line: String, _ limit: Int) -> [Substring] {
    line.split(maxSplits: limit - 1, whereSeparator: \.isWhitespace)
  }

  private static func isComment(_ line: String) -> Bool { line.hasPrefix(";;") }

  private static func isRTTM(_ lines: [String]) -> Bool {
    let kinds: Set<Substring> = [
      "SPEAKER", "SPKR-INFO", "SEGMENT", "LEXEME", "NON-SPEECH", "NOSCORE", "NON-LEX", "SU",
    ]
    guard let line = lines.first(where: { !isComment($0) }) else { return false }
    let fields = fields(line, 10)
    return fields.count >= 8 && kinds.contains(fields[0])
  }

  private static func rttm(_: String, _ lines: [String]) throws(ScoringError) -> [Utterance] {
    var found: [(String, Utterance)] = []
    for (index, line) in lines.enumerated() where line.hasPrefix("SPEAKER") {
      let fields = fields(line, 10)
      guard fields.count >= 8, let start = Double(fields[3]), let length = Double(fields[4]),
        length >= 0
      else {
        throw ScoringError(
          description: "line \(index + 1) is no RTTM turn: SPEAKER FILE CHANNEL START LENGTH … NAME"
        )
      }
      found.append(
        (
          String(fields[1]),
          Utterance(start: start, end: start + length, speaker: String(fields[7]), text: "")
        )
      )
    }
    return try single(found)
  }

  private static func isSTM(_ lines: [String]) -> Bool {
    guard let line = lines.first(where: { !isComment($0) }) else { return false }
    let fields = fields(line, 6)
    return fields.count >= 5 && Double(fields[3]) != nil && Double(fields[4]) != nil
  }

  private static func stm(_: String, _ lines: [String]) throws(ScoringError) -> [Utterance] {
    var found: [(String, Utterance)] = []
    for (index, line) in lines.enumerated() where !isComment(line) {
      let fields = fields(line, 6)
      guard fields.count >= 5, let start = Double(fields[3]), let end = Double(fields[4]) else {
        throw ScoringError(
          description: "line \(index + 1) is no STM segment: FILE CHANNEL SPEAKER START END WORDS"
        )
      }
      var text = fields.count == 6 ? String(fields[5]) : ""
      // A label such as <o,f0,male> stands before the words in NIST's own files.
      if text.hasPrefix("<"), let end = text.firstIndex(of: ">") {
        text = String(text[text.index(after: end)...].drop(while: \.isWhitespace))
      }
      if text == "IGNORE_TIME_SEGMENT_IN_SCORING" { continue }
      found.append(
        (
          String(fields[0]),
          Utterance(start: start, end: end, speaker: String(fields[2]), text: text)
        )
      )
    }
    return try single(found)
  }

  /// The utterances of the one recording that a file is about.
  private static func single(
    _ found: [(session: String, utterance: Utterance)]
  )
    throws(ScoringError) -> [Utterance]
  {
    let sessions = Set(found.map(\.session)).sorted()
    guard sessions.count < 2 else {
      throw ScoringError(
        description: "the file is about \(sessions.count) recordings "
          + "(\(sessions.prefix(3).joined(separator: ", "))…); give a file for each"
      )
    }
    return found.map(\.utterance)
  }

  // MARK: Captions

  private static func captions(_ text: String, _: [String]) throws(ScoringError) -> [Utterance] {
    var found: [Utterance] = []
    var isOpen = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if line.contains("-->") {
        let ends = line.components(of: "-->").map {
          $0.split(separator: " ").first.map(String.init)
        }
        guard ends.count == 2, let start = ends[0].flatMap(seconds),
          let end = ends[1].flatMap(seconds)
        else {
          throw ScoringError(description: "line \(index + 1) has no times that can be read")
        }
        found.append(Utterance(start: start, end: end, text: ""))
        isOpen = true
      } else if line.allSatisfy(\.isWhitespace) {
        isOpen = false
      } else if isOpen {
        let last = found.count - 1
        let words = spoken(String(line), &found[last].speaker)
        found[last].text += (found[last].text.isEmpty ? "" : " ") + words
      }
    }
    return found
  }

  private static func seconds(_ text: String) -> Double? {
    let parts = text.split(separator: ":").map { Double($0.replacing(",", with: ".")) }
    guard (2...3).contains(parts.count) else { return nil }
    return parts.reduce(0) { sum, part in sum.flatMap { sum in part.map { sum * 60 + $0 } } }
  }

  /// The words of a caption's line; a voice span or a leading dash and name says who speaks.
  private static func spoken(_ line: String, _ speaker: inout String) -> String {
    var words = ""
    var rest = Substring(line)
    while let open = rest.firstIndex(of: "<") {
      words += rest[..<open]
      guard let close = rest[open...].firstIndex(of: ">") else {
        rest = rest[open...]
        break
      }
      let tag = rest[rest.index(after: open)..<close]
      if tag.hasPrefix("v"), let blank = tag.firstIndex(of: " ") {
        speaker = String(tag[tag.index(after: blank)...])
      }
      rest = rest[rest.index(after: close)...]
    }
    words += rest
    let named = plain(words).first
    if speaker.isEmpty, let named, !named.speaker.isEmpty {
      speaker = named.speaker
      words = named.text
    }
    return words.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&nbsp;", with: " ").replacing("&amp;", with: "&")
  }
}

extension Substring {
  /// The parts between a separator of several characters.
  fileprivate func components(of separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
