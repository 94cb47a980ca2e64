internal import TranscriptModel

/// How times are written in the frames that a model sees, so that it need not convert them.
///
/// - Source: Google's transcription notebook of November 2026: the newest models count minutes on past
///   the hour (`59:59`, `60:00`), those of the second generation write hours; above one frame a second
///   there are milliseconds.
struct FrameClock {
  /// Where what is shown ends; `nil` when that is not known.
  let end: Timecode?
  /// Frames a second; `nil` for the usual one.
  let fps: Double?
  /// The model's generation, such as `3.5`; empty when it is not known, and taken for a new one.
  let generation: String

  /// The form, such as `MM:SS`.
  var text: String {
    let isLate = (end?.milliseconds ?? 0) >= 3_600_000
    let clock = isLate && generation.hasPrefix("2.") ? "H:MM:SS" : "MM:SS"
    return clock + ((fps ?? 1) > 1 ? ".sss" : "")
  }
}
