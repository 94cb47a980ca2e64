internal import OrderedJSON
internal import TranscriptFormats
internal import TranscriptModel

/// What the scripts need and cannot read off the page: times as numbers, speakers field by field.
///
/// The words of the rows are not here: the scripts read them where they are shown. Only texts that a
/// page cannot hold as they are (`PageText`) stand here too.
struct PageData {
  let title: String
  let document: TranscriptDocument
  let corrected: CorrectedTranscript
  let rows: TranscriptRows
  let player: PagePlayer

  /// One JSON object that is safe inside a `script` element.
  var bytes: [UInt8] {
    var output = JSONValue.object(head).renderedBytes(.script)
    output.removeLast()
    append("starts", rows.segments.lazy.map { $0.start?.milliseconds }, to: &output)
    append("ends", rows.segments.lazy.map { $0.end?.milliseconds }, to: &output)
    append("talks", rows.talkTimes.lazy.map { $0 }, to: &output)
    append("words", rows.wordCounts.lazy.map { $0 }, to: &output)
    append("speakers", rows.segments.lazy.map { rows.speakerIndex($0) ?? -1 }, to: &output)
    if !isNumberedByPosition { append("rows", rows.segments.lazy.map(\.row), to: &output) }
    if hasMixedEnds {
      append("estimates", rows.segments.lazy.map { $0.endIsEstimate ? 1 : 0 }, to: &output)
    }
    output.append(UInt8(ascii: "}"))
    return output
  }

  private var facts: JSONObject {
    var facts: JSONObject = [
      "model": .string(document.run.modelVersion ?? document.run.model),
      "prompt": .string(document.run.prompt),
      "digest": .string(String(document.run.promptDigest.unicodeScalars.prefix(12))),
      "complete": .bool(document.isComplete),
    ]
    if document.isImported { facts["imported"] = true }
    return facts
  }

  private var head: JSONObject {
    var head: JSONObject = [
      "title": .string(title),
      "durationMS": .number(JSONNumber(rows.durationMS)),
      "player": .object(player.facts),
      "run": .string(document.run.id),
      "source": .object(source),
      "voices": .array(rows.speakers.map { .init($0.voice) }),
      "people": .array(document.transcript.speakers.map(person)),
      "exact": .object(JSONObject(unshowable)),
      "facts": .object(facts),
      "document": .object(DocumentFrame(document: document).json),
    ]
    if let film = document.source.durationMS, film > 0 { head["filmMS"] = .init(film) }
    let outlines = outlines
    if !outlines.isEmpty { head["outlines"] = .object(JSONObject(outlines)) }
    let labels = labelOutlines
    if !labels.isEmpty { head["labelOutlines"] = .object(JSONObject(labels)) }
    let languages = languages
    if !languages.isEmpty { head["languages"] = .object(JSONObject(languages)) }
    if !document.corrections.isEmpty {
      head["corrections"] = .array(document.corrections)
      head["machine"] = .object(JSONObject(machine))
      if !corrected.added.isEmpty { head["added"] = .array(added) }
      if !corrected.removed.isEmpty { head["gone"] = .array(corrected.removed.map(\.json)) }
    }
    if let missing = rows.missing(of: document) {
      head["missing"] = [.init(missing.start.milliseconds), .init(missing.end.milliseconds)]
    }
    if !hasMixedEnds {
      head["estimates"] = .bool(rows.segments.first?.endIsEstimate ?? false)
    }
    return head
  }

  private var source: JSONObject {
    var source: JSONObject = [
      "uri": .string(document.source.shownURI), "stem": .string(document.source.stem),
    ]
    source["title"] = document.source.title.map { .string($0) }
    return source
  }

  private func person(_ speaker: Speaker) -> JSONValue {
    var person: JSONObject = ["voice": .init(speaker.voice)]
    person["name"] = speaker.name.map { .string($0) }
    person["company"] = speaker.company.map { .string($0) }
    person["position"] = speaker.position.map { .string($0) }
    person["role"] = speaker.role.map { .string($0) }
    person["nameStatus"] = .string(speaker.nameStatus.rawValue)
    person["described"] = .bool(speaker.isDescribed)
    return .object(person)
  }

  /// What the machine had in rows that are another now, by position.
  private var machine: [(String, JSONValue)] {
    rows.segments.enumerated().compactMap { position, segment in
      guard !corrected.added.contains(segment.row) else { return nil }
      var members: JSONObject = [:]
      if let machine = corrected.rows[segment.row]?.machine {
        members["text"] = .string(machine.text)
        members["voice"] = machine.voice.map { .init($0) } ?? .null
      }
      if let machine = corrected.retimed[segment.row] {
        members["startMS"] = machine.start.map { .init($0.milliseconds) } ?? .null
        members["endMS"] = machine.end.map { .init($0.milliseconds) } ?? .null
        members["endIsEstimate"] = .bool(machine.endIsEstimate)
      }
      return members.members.isEmpty ? nil : (String(position), .object(members))
    }
  }

  /// The positions of rows that people added.
  private var added: [JSONValue] {
    rows.segments.indices.filter { corrected.added.contains(rows.segments[$0].row) }
      .map { .init($0) }
  }

  /// How the machine's rows that need it are laid out in captions, by position: outlines of their texts
  /// on one line, which browsers cannot make as the command line does.
  private var outlines: [(String, JSONValue)] {
    var outlines = CaptionOutlines()
    return document.transcript.segments.enumerated().compactMap { position, segment in
      outlines.letters(of: segment.text).map { (String(position), .string($0)) }
    }
  }

  /// The same for the labels of speakers, by what captions begin with.
  private var labelOutlines: [(String, JSONValue)] {
    var outlines = CaptionOutlines()
    let labels = Set((document.transcript.speakers + rows.speakers).map(\.label))
    return labels.sorted().compactMap { label in
      outlines.label(label).map { ($0.text, .string($0.letters)) }
    }
  }

  /// The languages of rows whose table says them, by the numbers of rows.
  private var languages: [(String, JSONValue)] {
    var known: Set<Int> = []
    return (rows.segments + corrected.removed.map(\.segment)).compactMap { segment in
      guard let field = segment.extras.first(where: { $0.role == .language }),
        case .text(let tag) = field.value, known.insert(segment.row).inserted
      else { return nil }
      return (String(segment.row), .string(tag))
    }
  }

  /// The texts that the page shows with stand-ins, by position.
  private var unshowable: [(String, JSONValue)] {
    rows.segments.enumerated().compactMap { position, segment in
      var text = segment.text
      let isClean = text.withUTF8(PageText.isClean)
      return isClean ? nil : (String(position), .string(text))
    }
  }

  private var isNumberedByPosition: Bool {
    rows.segments.enumerated().allSatisfy { $0 == $1.row }
  }

  private var hasMixedEnds: Bool {
    let first = rows.segments.first?.endIsEstimate
    return rows.segments.contains { $0.endIsEstimate != first }
  }

  private func append(
    _ key: StaticString,
    _ numbers: some Sequence<Int?>,
    to output: inout [UInt8]
  ) {
    output.append(contentsOf: ",\"\(key)\":[".utf8)
    var isFirst = true
    for number in numbers {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      append(number, to: &output)
    }
    output.append(UInt8(ascii: "]"))
  }

  private func append(_ number: Int?, to output: inout [UInt8]) {
    guard let number else { return output.append(contentsOf: "null".utf8) }
    guard number >= 0 else { return output.append(contentsOf: String(number).utf8) }
    let start = output.count
    var rest = number
    repeat {
      output.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    output[start...].reverse()
  }
}

extension CorrectedTranscript.RemovedRow {
  /// The row and where it stood, for the scripts.
  fileprivate var json: JSONValue {
    [
      "at": .init(position), "row": .init(segment.row),
      "startMS": segment.start.map { .init($0.milliseconds) } ?? .null,
      "endMS": segment.end.map { .init($0.milliseconds) } ?? .null,
      "endIsEstimate": .bool(segment.endIsEstimate),
      "voice": segment.voice.map { .init($0) } ?? .null, "text": .string(segment.text),
    ]
  }
}
