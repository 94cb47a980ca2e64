/// A voice of a piece.
struct VoiceNode: Hashable, Comparable {
  /// The piece, counted from 0 in source time.
  let piece: Int
  /// The number that the piece gives the voice.
  let voice: Int

  static func < (left: VoiceNode, right: VoiceNode) -> Bool {
    (left.piece, left.voice) < (right.piece, right.voice)
  }
}
