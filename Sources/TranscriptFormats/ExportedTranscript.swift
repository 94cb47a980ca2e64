public import TranscriptModel

/// A transcript as it goes out: its rows as corrected, or as the machine had them.
public struct ExportedTranscript: Sendable {
  let document: TranscriptDocument
  let isMachine: Bool
  let corrected: CorrectedTranscript
  private let speakersByVoice: [Int: Speaker]
  private let labelsByVoice: [Int: String]

  /// The transcript of a document.
  public init(_ document: TranscriptDocument, isMachine: Bool = false) {
    self.document = document
    self.isMachine = isMachine
    corrected = isMachine ? document.applying([]) : document.corrected
    speakersByVoice = Dictionary(
      corrected.transcript.speakers.map { ($0.voice, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    labelsByVoice = speakersByVoice.mapValues(\.label)
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
    guard let voice = segment.voice else { return RowLabel.unknown.text }
    return labelsByVoice[voice] ?? Speaker(voice: voice).label
  }

  func speaker(_ segment: TranscriptSegment) -> Speaker? {
    segment.voice.flatMap { speakersByVoice[$0] }
  }

  func isChecked(_ segment: TranscriptSegment) -> Bool {
    corrected.rows[segment.row]?.isChecked ?? false
  }

  /// A guess at the size of all texts with something around each, in bytes.
  func estimatedBytes(around each: Int) -> Int {
    segments.reduce(0) { $0 + $1.text.utf8.count + each }
  }

  /// The title, else the stem of output files.
  var title: String { document.source.title ?? document.source.stem }

  /// Where the text comes from and what a person did to it, one fact to a line.
  var provenance: [String] {
    let run = document.run
    let changed = corrected.changedRowCount
    let digest = String(run.promptDigest.unicodeScalars.prefix(12))
    return [
      "Machine transcript: words, times and names come from a model and may be wrong.",
      "Source: " + document.source.uri,
      "Model: " + (run.modelVersion ?? run.model),
      "Prompt: " + run.prompt + (digest.isEmpty ? "" : " " + digest),
      "Run: " + run.id,
      document.isComplete ? "Complete: yes" : "Complete: no, a part is known to be missing",
      "Text: " + (changed == 0 ? Self.untouched : "\(changed) rows corrected by a person"),
      "Speakers: " + (hasNewSpeakers ? "corrected by a person" : "as the machine named them"),
      "Checked by a person: \(document.corrected.checkedRowCount) of \(segments.count) rows",
    ]
  }

  private static let untouched = "as the machine wrote it"

  private var hasNewSpeakers: Bool {
    corrected.transcript.speakers != document.transcript.speakers
  }
}
