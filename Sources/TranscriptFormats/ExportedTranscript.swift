internal import HostSystem
public import TranscriptModel

/// A transcript as it goes out: its rows as corrected, or as the machine had them.
public struct ExportedTranscript: Sendable {
  /// What it is a transcript of.
  public let document: TranscriptDocument
  let isMachine: Bool
  let corrected: CorrectedTranscript
  /// What stands below rows in captions, by `TranscriptSegment.row`; empty for nothing.
  let secondTexts: [Int: String]
  private let speakersByVoice: [Int: Speaker]
  private let labelsByVoice: [Int: String]
  /// The captions that were made last, which formats share: they take as long as the rest of a format.
  private let made: Lock<(options: FormatOptions, captions: Captions)?>

  /// The transcript of a document, with the rows and words that the options ask for.
  public init(_ document: TranscriptDocument, _ options: FormatOptions) {
    let all = Self(document, isMachine: options.isMachineText).reworded(options)
    let selection = options.selection
    self =
      selection.isEverything
      ? all : Self(all, all.corrected.filter { selection.has($0, all.label($0)) })
  }

  /// The transcript of a document.
  public init(_ document: TranscriptDocument, isMachine: Bool = false) {
    self.init(document, isMachine, isMachine ? document.applying([]) : document.corrected, [:])
  }

  private init(_ whole: Self, _ corrected: CorrectedTranscript) {
    self.init(whole.document, whole.isMachine, corrected, whole.secondTexts)
  }

  /// The transcript with the rows in the words that a recipe has put them in; rows that it has none for
  /// keep theirs.
  private func reworded(_ options: FormatOptions) -> Self {
    guard let name = options.wording,
      let texts = document.allTables.last(where: { $0.name == name })?.wordings
    else { return self }
    if options.isBilingual { return Self(document, isMachine, corrected, texts) }
    var corrected = corrected
    for index in corrected.transcript.segments.indices {
      let row = corrected.transcript.segments[index].row
      guard let text = texts[row] else { continue }
      corrected.transcript.segments[index].text = text
      // When these words are spoken, nobody knows.
      corrected.wordTimes[row] = nil
    }
    return Self(self, corrected)
  }

  private init(
    _ document: TranscriptDocument,
    _ isMachine: Bool,
    _ corrected: CorrectedTranscript,
    _ secondTexts: [Int: String]
  ) {
    self.secondTexts = secondTexts
    self.document = document
    self.isMachine = isMachine
    self.corrected = corrected
    speakersByVoice = Dictionary(
      corrected.transcript.speakers.map { ($0.voice, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    labelsByVoice = speakersByVoice.mapValues(\.label)
    made = Lock(nil)
  }

  /// The captions, made once for all that ask with the same options.
  func captions(_ options: FormatOptions) -> Captions {
    made.withLock { made in
      if let made, made.options == options { return made.captions }
      let captions = Captions(self, options)
      made = (options, captions)
      return captions
    }
  }

  /// The language of the texts, a BCP 47 tag: the one asked for, else that of the source unless the texts are
  /// in other words.
  func language(_ options: FormatOptions) -> String? {
    options.language ?? (options.wording == nil ? document.source.language : nil)
  }

  /// The rows, in the document's order.
  public var segments: [TranscriptSegment] { corrected.transcript.segments }

  /// The rows that say something but have no start, or an absurd one, so that no caption shows them.
  public var untimedRowCount: Int {
    segments.count { segment in
      let isTimed = segment.start.map { $0.milliseconds < Captions.latest } ?? false
      return !isTimed && !segment.text.isEmpty
    }
  }

  /// What each row shows as its speaker.
  var labels: [RowLabel] { corrected.transcript.rowLabels() }

  /// What a row shows as its speaker, in full.
  func label(_ segment: TranscriptSegment) -> String {
    segment.voice.map { label(voice: $0) } ?? RowLabel.unknown.text
  }

  func speaker(_ segment: TranscriptSegment) -> Speaker? {
    segment.voice.flatMap { speakersByVoice[$0] }
  }

  /// When the words of a row are spoken; `nil` where nobody knows.
  func wordTimes(_ segment: TranscriptSegment) -> [WordTime]? { corrected.wordTimes[segment.row] }

  /// Whether it is known of any row when its words are spoken.
  public var hasWordTimes: Bool { segments.contains { corrected.wordTimes[$0.row] != nil } }

  /// The rows that say something of whose words nobody knows when they are spoken.
  public var rowsWithoutWordTimes: Int {
    segments.count { !$0.text.isEmpty && corrected.wordTimes[$0.row] == nil }
  }

  func isChecked(_ segment: TranscriptSegment) -> Bool {
    corrected.rows[segment.row]?.isChecked ?? false
  }

  /// A guess at the size of all texts with something around each, in bytes.
  func estimatedBytes(around each: Int) -> Int {
    segments.reduce(0) { $0 + $1.text.utf8.count + each }
  }

  /// The rows that have a start and say something, by start.
  ///
  /// A row without a stated end lasts until the next later start, the last one a second.
  var timedRows: [TimedRow] {
    let rows = segments.filter { segment in
      let start = segment.start?.milliseconds
      return start.map { $0 < Captions.latest } ?? false && !segment.text.isEmpty
    }
    let sorted = rows.enumerated().sorted { one, other in
      let starts = (one.element.start ?? .zero, other.element.start ?? .zero)
      return starts.0 == starts.1 ? one.offset < other.offset : starts.0 < starts.1
    }
    var next: Int?
    var last: Int?
    let timed = sorted.reversed().map { _, segment -> TimedRow in
      let start = segment.start?.milliseconds ?? 0
      if let last, last > start { next = last }
      last = start
      let stated = segment.end.map { min($0.milliseconds, Captions.latest) }
      let end = stated.flatMap { $0 > start ? $0 : nil } ?? next ?? start + 1000
      return TimedRow(segment: segment, start: start, end: end)
    }
    return timed.reversed()
  }

  /// The voices that rows have, in order of their first row.
  var voices: [Int] {
    var seen: Set<Int> = []
    return segments.compactMap(\.voice).filter { seen.insert($0).inserted }
  }

  /// What a voice is called in full.
  func label(voice: Int) -> String { labelsByVoice[voice] ?? Speaker(voice: voice).label }

  /// Where the media is, as it may be told.
  var mediaReference: String { document.source.shownURI }

  /// The table that is shown where there are no rows, since its schema says nothing of rows: the first
  /// that has any.
  var tableForRows: Table? {
    segments.isEmpty ? document.tables.first { $0.rowCount > 0 } : nil
  }

  /// How long the media are, in milliseconds, when that is known.
  var filmLength: Int? { document.source.durationMS.flatMap { $0 > 0 ? $0 : nil } }

  /// The title, else the stem of output files.
  var title: String { corrected.title ?? document.source.stem }

  /// Where the text comes from and what a person did to it, one fact to a line.
  package var provenance: [String] {
    let run = document.run
    let changed = corrected.changedRowCount
    let digest = String(run.promptDigest.unicodeScalars.prefix(12))
    let origin =
      document.isImported
      ? [
        "Imported transcript: words, times and names come from another program and may be wrong.",
        "Source: " + mediaReference,
        "Format: " + run.model,
      ]
      : [
        "Machine transcript: words, times and names come from a model and may be wrong.",
        "Source: " + mediaReference,
        "Model: " + (run.modelVersion ?? run.model),
        "Prompt: " + run.prompt + (digest.isEmpty ? "" : " " + digest),
      ]
    return origin + [
      "Run: " + run.id,
      document.isComplete ? "Complete: yes" : "Complete: no, a part is known to be missing",
      "Text: " + (changed == 0 ? untouched : "\(changed) rows corrected by a person"),
      "Speakers: " + (hasNewSpeakers ? "corrected by a person" : unnamed),
      "Checked by a person: \(document.corrected.checkedRowCount) of \(segments.count) rows",
    ]
  }

  private var untouched: String {
    document.isImported ? "as it was imported" : "as the machine wrote it"
  }

  private var unnamed: String {
    document.isImported ? "as they were imported" : "as the machine named them"
  }

  private var hasNewSpeakers: Bool {
    corrected.transcript.speakers != document.transcript.speakers
  }
}

/// A row with the time it takes, in milliseconds.
struct TimedRow {
  let segment: TranscriptSegment
  let start: Int
  /// After the start.
  let end: Int
}

extension Table {
  /// Whether it has rows in other words, as recipes for translations make them.
  public var isWording: Bool { column(.row) != nil && column(.translation) != nil }

  /// The other words of rows, by `TranscriptSegment.row`; of several for one the first.
  fileprivate var wordings: [Int: String] {
    guard let row = column(.row), let text = column(.translation) else { return [:] }
    var wordings: [Int: String] = [:]
    for index in 0..<rowCount {
      guard case .integer(let number) = self[index, row], case .text(let words) = self[index, text],
        wordings[number - 1] == nil
      else { continue }
      wordings[number - 1] = words
    }
    return wordings
  }
}
