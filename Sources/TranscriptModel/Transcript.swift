/// What was said in a video, and by whom.
public struct Transcript: Hashable, Sendable {
  /// The rows, in reply order.
  public var segments: [TranscriptSegment]
  /// The voices: those of the speakers table in its order, then voices heard but not described.
  public var speakers: [Speaker]

  /// A transcript.
  public init(segments: [TranscriptSegment] = [], speakers: [Speaker] = []) {
    self.segments = segments
    self.speakers = speakers
  }

  /// The speaker of a voice.
  public func speaker(voice: Int) -> Speaker? { speakers.first { $0.voice == voice } }
}
