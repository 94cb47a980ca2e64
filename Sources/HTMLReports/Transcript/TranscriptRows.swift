internal import TranscriptModel
internal import UnicodeText

/// The rows of a transcript, with what each needs to become a row of the page.
struct TranscriptRows {
  let speakers: [Speaker]
  let segments: [TranscriptSegment]
  /// The length of the time axis in milliseconds, `1...`.
  let durationMS: Int
  /// How much is said, and by whom, in the clip or the whole length when it is known.
  let statistics: TranscriptStatistics
  /// How long each row is spoken, in milliseconds.
  let talkTimes: [Int]
  /// The words of each row, as they are counted for the pace of speech.
  let wordCounts: [Int]
  let labels: [RowLabel]
  private let speakerByVoice: [Int: Int]
  /// The anchors of rows that cannot be addressed by their start.
  let anchors: RowAnchors
  let notes: RowNotes

  /// Blocks are laid out only when they come near the window, so that long pages open at once.
  private static let rowsPerBlock = 48

  /// What people changed or checked, by row number.
  private let changes: [Int: CorrectedTranscript.Row]
  /// The numbers of rows that people added.
  private let added: Set<Int>
  /// Who spoke in the machine's opinion, by voice.
  private let machineLabels: [Int: String]

  init(_ document: TranscriptDocument, _ corrected: CorrectedTranscript) {
    let transcript = corrected.transcript
    speakers = transcript.speakers
    segments = transcript.segments
    changes = corrected.rows
    added = corrected.added
    machineLabels = Dictionary(document.transcript.speakers.map { ($0.voice, $0.label) }) {
      first,
      _ in first
    }
    let last = segments.reduce(0) { latest, segment in
      max(latest, (segment.end ?? segment.start)?.milliseconds ?? 0)
    }
    durationMS = max(document.source.durationMS ?? 0, last, 1)
    speakerByVoice = Dictionary(
      speakers.enumerated().map { ($1.voice, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let whole = document.source.durationMS.map {
      TimeRange(start: .zero, end: Timecode(milliseconds: max($0, 0)))
    }
    statistics = transcript.statistics(of: document.run.clip ?? whole)
    wordCounts = segments.map { SpokenWords.count($0.text) }
    talkTimes = zip(segments, wordCounts).map { $0.talkTimeMS(words: $1) ?? 0 }
    labels = transcript.rowLabels()
    anchors = RowAnchors(segments)
    notes = RowNotes(document)
  }

  /// The position of a row's speaker in the speakers table.
  func speakerIndex(_ segment: TranscriptSegment) -> Int? {
    segment.voice.flatMap { speakerByVoice[$0] }
  }

  /// Where on the page a row of the transcripts table is: `t=1.4`, or `r7` where that is taken.
  func anchor(row: Int) -> String? { anchors.anchor(row: row) }

  /// The segment made of a row of the transcripts table.
  func segment(row: Int) -> TranscriptSegment? { anchors.position(row: row).map { segments[$0] } }

  /// The position of the speaker that a finding's row is about, in the speakers table.
  func isTranscript(_ row: Finding.Row) -> Bool { row.table == notes.table }

  /// Whether times need room for hours.
  var showsHours: Bool { durationMS >= 3_600_000 }

  /// Whether anybody is known to speak; tables of sounds and the like have no voices.
  var hasVoices: Bool { !speakers.isEmpty || segments.contains { $0.voice != nil } }

  /// The classes of the table of rows.
  var tableClass: String {
    "rows" + (showsHours ? " long" : "") + (hasVoices ? "" : " voiceless")
  }

  /// Whether most rows are written from right to left, so that the page is mirrored.
  var isRightToLeft: Bool {
    segments.count { TextDirection.isRightToLeft($0.text) } * 2 > segments.count
  }

  /// The language that the script of most rows stands for; empty where a script has many.
  var scriptLanguage: String {
    let languages = segments.lazy.compactMap { LanguageTag.language(byScriptOf: $0.text) }
    let counts = Dictionary(languages.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.first { $0.value * 2 > segments.count }?.key ?? ""
  }

  /// The stretch after the last row that an incomplete transcript lacks.
  func missing(of document: TranscriptDocument) -> TimeRange? {
    guard !document.isComplete else { return nil }
    let last = segments.compactMap { ($0.end ?? $0.start)?.milliseconds }.max() ?? 0
    let clip = document.run.clip
    let start = max(last, clip?.start.milliseconds ?? 0)
    guard let end = clip?.end.milliseconds ?? document.source.durationMS,
      end - start >= Self.leastMissingMS
    else { return nil }
    return TimeRange(start: Timecode(milliseconds: start), end: Timecode(milliseconds: end))
  }

  /// Shorter ends are silence more often than missing words.
  private static let leastMissingMS = 2000

  /// A guess at the height of a block in pixels, so that the scroll bar hardly moves while reading.
  var estimatedBlockHeight: Int {
    let bytesPerLine = 78
    let lineHeight = 27
    let turnHeight = 45
    let lines = segments.reduce(0) { $0 + $1.text.utf8.count / bytesPerLine + 1 }
    let turns = labels.count { !$0.isRepeated }
    return (lines * lineHeight + turns * turnHeight) * Self.rowsPerBlock / max(segments.count, 1)
  }

  /// A guess at the size of all rows in bytes, from above in most cases.
  var estimatedBytes: Int { segments.reduce(0) { $0 + $1.text.utf8.count + 190 } }

  /// Writes all rows as bodies of the table.
  func write(to sink: HTMLSink) {
    let document = HTMLDocument(forParts: ())
    let styles = speakers.enumerated().map(SpeakerStyle.init)
    for start in stride(from: 0, to: segments.count, by: Self.rowsPerBlock) {
      sink.append("<tbody>".utf8)
      for position in start..<min(start + Self.rowsPerBlock, segments.count) {
        let style = speakerIndex(segments[position]).map { styles[$0] } ?? .unknown
        if !writePlain(position, style, to: sink) {
          let row = document.makeElement("tr")
          fill(row, position, style)
          document.write(row, to: sink)
          row.remove()
        }
        sink.append(CollectionOfOne(0x0A))
      }
      sink.append("</tbody>\n".utf8)
    }
  }

  /// Whether people changed or checked a row.
  func isWorkedOn(_ segment: TranscriptSegment) -> Bool {
    changes[segment.row] != nil || added.contains(segment.row)
  }

  /// The classes of a row that nobody worked on.
  func rowClass(_ position: Int, _ style: SpeakerStyle) -> String {
    let name = labels[position].isRepeated ? style.dittoClass : style.rowClass
    return TextDirection.isRightToLeft(segments[position].text) ? name + " r" : name
  }

  /// Makes a row of any kind.
  func fill(_ row: HTMLElement, _ position: Int, _ style: SpeakerStyle) {
    let segment = segments[position]
    let moment = segment.start.map { "t=" + PageNumbers.seconds($0) }
    row.with("id", anchors.anchor(position: position, moment: moment))
    let change = changes[segment.row]
    var name = rowClass(position, style)
    if added.contains(segment.row) {
      name += change?.isChecked ?? false ? " k w" : " w"
    } else if let change {
      name += classes(of: change, segment)
    }
    row.with("class", name)
    let time = row.append("td")
    if change?.isChecked ?? false { appendTick(to: time) }
    if let start = segment.start, let moment {
      time.append("a", start.rendered).with("href", "#" + moment)
    } else {
      time.append(text: "?")
    }
    row.append("th", labels[position].text)
    let text = row.append("td").with("dir", "auto")
    appendText(of: segment, to: text)
    if let machine = change?.machine, !added.contains(segment.row) {
      append(machine, insteadOf: segment, to: text)
    }
    notes.append(row: segment.row, to: row)
  }

  /// The classes of a row that people worked on, each behind a blank: other words, another voice,
  /// checked.
  private func classes(
    of change: CorrectedTranscript.Row,
    _ segment: TranscriptSegment
  )
    -> String
  {
    var classes = change.isChecked ? " k" : ""
    guard let machine = change.machine else { return classes }
    if !machine.text.utf8.elementsEqual(segment.text.utf8) { classes += " w" }
    if machine.voice != segment.voice { classes += " v" }
    return classes
  }

  private func appendTick(to cell: HTMLElement) {
    let tick = cell.append("span", "✓").with("class", "ok").with("title", "Checked by a person")
    tick.append("span", " checked ").with("class", "sr")
  }

  /// What the machine had written, for readers who ask for it.
  private func append(
    _ machine: TranscriptSegment,
    insteadOf segment: TranscriptSegment,
    to cell: HTMLElement
  ) {
    let note = cell.append("small").with("class", "was").with("dir", "auto")
    note.append("span", "Machine:")
    var parts: [String] = []
    if machine.voice != segment.voice {
      parts.append(machine.voice.map { machineLabels[$0] ?? "" } ?? "[voice ?]")
    }
    if !machine.text.utf8.elementsEqual(segment.text.utf8) { parts.append(machine.text) }
    note.append(text: " " + parts.joined(separator: ": "))
  }

  private func appendText(of segment: TranscriptSegment, to element: HTMLElement) {
    MarkedText.append(segment.text, to: element)
    for field in segment.extras where field.value != .missing {
      if field.role == .language {
        if let tag = LanguageTag(field.value.rendered) { element.with("lang", tag.text) }
      } else {
        let extra = element.append("small")
        extra.append("span", field.column)
        extra.append(text: " ")
        MarkedText.append(linkingTimes: field.value.rendered, to: extra)
      }
    }
  }
}

/// The classes that all rows of a speaker share.
struct SpeakerStyle {
  let rowClass: String
  /// The class of a row whose speaker is the one above.
  let dittoClass: String

  init(_ index: Int, _ speaker: Speaker) {
    self.init(rowClass: speaker.isIdentified ? "s\(index)" : "s\(index) g")
  }

  private init(rowClass: String) {
    self.rowClass = rowClass
    dittoClass = rowClass + " d"
  }

  /// A row whose voice the reply does not give.
  static let unknown = SpeakerStyle(rowClass: "g")
}
