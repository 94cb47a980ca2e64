internal import OrderedJSON
internal import PlainText
package import TranscriptScoring
internal import UnicodeText

/// All scores of one hypothesis against one reference.
package struct ScoreSheet {
  /// How scores are taken.
  package struct Settings {
    package var metrics: [ScoreMetric]
    package var normaliser: TextNormaliser
    /// Seconds around the reference's boundaries that `der` leaves out, in all.
    package var collar: Double
    package var skipsOverlap: Bool
    /// Seconds that words may be apart in `tcpwer`.
    package var wordCollar: Double
    /// Leaves out what the hypothesis says before or after the reference.
    package var isClipped: Bool

    /// How scores are taken; `collar` and `wordCollar` in seconds.
    package init(
      metrics: [ScoreMetric],
      normaliser: TextNormaliser,
      collar: Double,
      skipsOverlap: Bool,
      wordCollar: Double,
      isClipped: Bool
    ) {
      (self.metrics, self.normaliser, self.collar) = (metrics, normaliser, collar)
      (self.skipsOverlap, self.wordCollar) = (skipsOverlap, wordCollar)
      self.isClipped = isClipped
    }
  }

  package let referenceName: String
  package let hypothesisName: String
  package let settings: Settings
  package let reference: SpokenRecord
  package let hypothesis: SpokenRecord
  package private(set) var notes: [String] = []
  package private(set) var counts: [ScoreMetric: ErrorCounts] = [:]
  package private(set) var speakers: [ScoreMetric: SpeakerErrors] = [:]
  package private(set) var diarization: DiarizationErrors?
  package private(set) var names: NameErrors?
  package private(set) var timing: TimingErrors?
  /// The errors of each minute of the reference, where it has times.
  package private(set) var minutes: [(minute: Int, counts: ErrorCounts)] = []

  package init(
    _ hypothesis: (name: String, record: SpokenRecord),
    against reference: (name: String, record: SpokenRecord),
    _ settings: Settings
  ) {
    referenceName = reference.name
    hypothesisName = hypothesis.name
    self.settings = settings
    self.reference = reference.record
    var heard = hypothesis.record
    var notes: [String] = []
    Self.clip(&heard, to: reference.record, settings, &notes)
    self.hypothesis = heard
    Self.noteScript(reference.record, settings, &notes)
    let one = settings.normaliser.normalised(reference.record.utterances)
    let other = settings.normaliser.normalised(heard.utterances)
    for metric in settings.metrics {
      if let obstacle = metric.obstacle(reference.record, heard) {
        notes.append(obstacle)
        continue
      }
      do throws(ScoringError) {
        try measure(metric, one, other)
      } catch {
        notes.append(error.description)
      }
    }
    self.notes = notes
  }

  private mutating func measure(
    _ metric: ScoreMetric,
    _ one: [Utterance],
    _ other: [Utterance]
  ) throws(ScoringError) {
    switch metric {
    case .wer:
      let pace = TimedErrors(one, other)
      counts[.wer] = pace.counts
      minutes = pace.minutes
    case .cer:
      let blank = settings.normaliser == .words ? "" : " "
      let texts = [one, other].map { utterances in
        TimedErrors.inTime(utterances).flatMap { $0.text.split(separator: " ") }
          .joined(separator: blank)
      }
      counts[.cer] = WordAlignment.characters(texts[0], texts[1])
    case .cpwer:
      speakers[.cpwer] = .concatenated(one, other)
    case .tcpwer:
      speakers[.tcpwer] = try .timeConstrained(one, other, collar: settings.wordCollar)
    case .orcwer:
      counts[.orcwer] = try CombinationErrors(one, other).counts
    case .der:
      diarization = DiarizationErrors(
        reference.turns,
        hypothesis.turns,
        collar: settings.collar,
        skipsOverlap: settings.skipsOverlap
      )
    case .names:
      names = NameErrors(one, other)
    case .timing:
      timing = TimingErrors(one, other)
    }
  }

  /// Says, or leaves out, what the hypothesis has beyond the reference.
  private static func clip(
    _ hypothesis: inout SpokenRecord,
    to reference: SpokenRecord,
    _ settings: Settings,
    _ notes: inout [String]
  ) {
    let starts = reference.utterances.compactMap(\.start)
    guard let first = starts.min() else { return }
    let last = reference.utterances.compactMap { $0.end ?? $0.start }.max() ?? first
    let isBeyond: (Utterance) -> Bool = { utterance in
      guard let start = utterance.start else { return false }
      return start > last || (utterance.end ?? start) < first
    }
    let count = hypothesis.utterances.count(where: isBeyond)
    guard count > 0 else { return }
    let rows = NumberText.counted(count, "row")
    if settings.isClipped {
      hypothesis.utterances.removeAll(where: isBeyond)
      notes.append("\(rows) before or after the reference left out")
    } else {
      notes.append(
        "\(rows) before or after the reference count as errors; the setting clip leaves them out"
      )
    }
  }

  /// Says when words are parted at blanks in a script that has none.
  private static func noteScript(
    _ reference: SpokenRecord,
    _ settings: Settings,
    _ notes: inout [String]
  ) {
    let text = reference.utterances.prefix(200).map(\.text).joined(separator: " ")
    guard let script = TextScript.dominant(in: text), !script.partsWordsByBlanks else { return }
    notes.append(
      settings.normaliser == .words
        ? "the reference is mostly in \(script.code): words are those of ICU's dictionaries"
        : "the reference is mostly in \(script.code), which has no blanks between words: take "
          + "the setting normaliser as words, or cer"
    )
  }
}
