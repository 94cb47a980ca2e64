package import TranscriptModel

/// How much of a video is looked at once more for names that stayed unknown.
package enum NameSearch {
  /// The length of a stretch, in milliseconds: captions that name who speaks stay for five to ten
  /// seconds, and come within the first twenty of somebody's words.
  package static let stretch = 30_000
  /// How much of it lies before the words, in milliseconds: a title card goes before its speaker.
  package static let lead = 5000
  /// The stretches of one clip at most.
  ///
  /// With two for each voice that is four voices; a crowd of
  /// passers-by whom nobody names is not worth more.
  package static let mostStretches = 8

  /// The stretches of a clip at most, which do not overlap.
  ///
  /// - Parameter clip: The clip; `nil` is one of unknown length.
  package static func mostStretches(in clip: TimeRange?) -> Int {
    guard let clip else { return mostStretches }
    return min(mostStretches, max(1, clip.milliseconds / stretch))
  }
}
