internal import TranscriptModel

/// Tells whether the times of a reply about a clip count from the source or from the clip.
///
/// The source is believed wherever it can be: only times that all but lie inside the clip when
/// counted from its start, and mostly outside when counted from the source's, are moved.
struct TimebaseDetector {
  /// What was found out.
  enum Verdict: Hashable {
    case source
    case clip
    /// Counted from the clip more times fit, but not so many that it is certain.
    case doubtful(inSource: Int, inClip: Int, of: Int)
  }

  /// Models round up the time of what happens at the very end.
  private static let grace = 1000

  let clip: TimeRange

  func verdict(_ times: [Int]) -> Verdict {
    guard !times.isEmpty, clip.start > .zero else { return .source }
    let inSource = times.count { time in
      clip.start.milliseconds - Self.grace <= time && time <= clip.end.milliseconds + Self.grace
    }
    let inClip = times.count { $0 <= clip.milliseconds + Self.grace }
    if inSource == times.count || inSource >= inClip { return .source }
    // One stray time in twenty does not make the rest doubtful.
    if inClip * 20 >= times.count * 19, inSource * 2 < times.count { return .clip }
    return .doubtful(inSource: inSource, inClip: inClip, of: times.count)
  }
}
