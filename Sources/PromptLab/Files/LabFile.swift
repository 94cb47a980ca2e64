package import RequestPlanning
package import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// A lab as its file describes it: variants of a prompt, and what they are tried on.
package struct LabFile {
  /// A video with what is known of it, or a finished transcript that recipes are asked about.
  package struct Video {
    package let name: String
    /// Whether it is a transcript.
    package var isTranscript = false
    /// Where it is, as seen from the working folder.
    package let source: String
    /// What was really said in it; a path as seen from the working folder, or a run.
    package let reference: String?
    /// Its length, where that cannot be found out.
    package let duration: Timecode?
    /// The parts that are tried; all of it when there are none.
    package let clips: [Clip]
  }

  /// A part of a video.
  package struct Clip: Hashable {
    package let start: Timecode
    package let end: Timecode

    package var name: String { "\(start.renderedExactly)-\(end.renderedExactly)" }

    /// A clip such as `0:30-1:30`; `nil` for anything that has no length.
    package init?(_ text: String) {
      let parts = text.split(whereSeparator: { "-–".contains($0) })
      let times = parts.map { part in try? Timecode(parsing: part.filter { $0 != " " }) }
      guard times.count == 2, let start = times[0], let end = times[1], end > start else {
        return nil
      }
      (self.start, self.end) = (start, end)
    }
  }

  /// A prompt with settings.
  package struct Variant {
    package var name: String
    /// The line of the file, from 1.
    package let line: Int
    package var prompt: String?
    package var schema: String?
    /// What its prompt's doubtful values are to favor; needs a prompt that knows the variable.
    package var wording: String?
    package var settings = RequestSettings()
  }

  /// What must hold of a metric.
  package struct Threshold {
    package let metric: LabMetric
    package var atMost: Double?
    package var atLeast: Double?
    /// How much worse than the baseline it may be.
    package var notWorseBy: Double?
    /// How certain that must be, `0.5..<1`.
    package var confidence = 0.95
  }

  /// What the lab is called: as it says, else the absolute path of its file.
  package let name: String
  /// How messages call it.
  package let shown: String
  /// What the variants are tried on: videos, or transcripts.
  package var videos: [Video] = []
  package var variants: [Variant] = []
  package var repeats = 1
  package var metrics: [LabMetric] = LabMetric.usual
  package var scoring = ScoreSheet.Settings(
    metrics: [],
    normaliser: .words,
    collar: 0,
    skipsOverlap: false,
    wordCollar: 5,
    isClipped: false
  )
  package var thresholds: [Threshold] = []
}
