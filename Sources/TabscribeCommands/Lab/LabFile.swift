internal import RequestPlanning
internal import TranscriptModel
internal import TranscriptScoring

/// A lab as its file describes it: variants of a prompt, and what they are tried on.
struct LabFile {
  /// A video with what is known of it, or a finished transcript that recipes are asked about.
  struct Video {
    let name: String
    /// Whether it is a transcript.
    var isTranscript = false
    /// Where it is, as seen from the working folder.
    let source: String
    /// What was really said in it; a path as seen from the working folder, or a run.
    let reference: String?
    /// Its length, where that cannot be found out.
    let duration: Timecode?
    /// The parts that are tried; all of it when there are none.
    let clips: [Clip]
  }

  /// A part of a video.
  struct Clip: Hashable {
    let start: Timecode
    let end: Timecode

    var name: String { "\(start.renderedExactly)-\(end.renderedExactly)" }

    /// A clip such as `0:30-1:30`; `nil` for anything that has no length.
    init?(_ text: String) {
      let parts = text.split(whereSeparator: { "-–".contains($0) })
      let times = parts.map { part in try? Timecode(parsing: part.filter { $0 != " " }) }
      guard times.count == 2, let start = times[0], let end = times[1], end > start else {
        return nil
      }
      (self.start, self.end) = (start, end)
    }
  }

  /// A prompt with settings.
  struct Variant {
    var name: String
    /// The line of the file, from 1.
    let line: Int
    var prompt: String?
    var schema: String?
    /// What its prompt's doubtful values are to favor; needs a prompt that knows the variable.
    var wording: String?
    var settings = RequestSettings()
  }

  /// What must hold of a metric.
  struct Threshold {
    let metric: LabMetric
    var atMost: Double?
    var atLeast: Double?
    /// How much worse than the baseline it may be.
    var notWorseBy: Double?
    /// How certain that must be, `0.5..<1`.
    var confidence = 0.95
  }

  /// What the lab is called: as it says, else the absolute path of its file.
  let name: String
  /// How messages call it.
  let shown: String
  /// What the variants are tried on: videos, or transcripts.
  var videos: [Video] = []
  var variants: [Variant] = []
  var repeats = 1
  var metrics: [LabMetric] = LabMetric.usual
  var scoring = ScoreSheet.Settings(
    metrics: [],
    normaliser: .words,
    collar: 0,
    skipsOverlap: false,
    wordCollar: 5,
    isClipped: false
  )
  var thresholds: [Threshold] = []
}
