internal import GeminiAPI
internal import TranscriptModel
internal import TranscriptStitching

/// What to ask for where the service stopped at words that it would not write out (`RECITATION`,
/// `OTHER`): the same words in a small clip often pass, and what comes after them has no such words.
extension ClipResult {
  /// How often an answer is stopped before nothing more is asked.
  private static let mostRefusals = 8
  /// A small clip, in milliseconds: a stretch that is given up is no longer than this.
  private static let smallClip = 120_000
  private static let smallestClip = 15_000

  /// The next stretch around refused words, where stretches that are given up are noted.
  ///
  /// `nil` when none were refused, nothing is left, or too much was refused.
  mutating func detour() -> TimeRange? {
    let rounds = rounds
    let refusals = rounds.count { $0.reply.isRefusedInPlace }
    guard let last = rounds.last, refusals > 0 else { return nil }
    guard last.reply.isRefusedInPlace else {
      guard last.piece.ending == .whole else { return nil }
      return rest(from: last.piece.range.end)
    }
    let reached = max(last.piece.range.start, last.piece.coveredUntil)
    let isStuck = reached <= last.piece.range.start && rounds.count > 1
    guard isStuck, last.piece.range.milliseconds <= Self.smallClip else {
      return refusals < Self.mostRefusals ? smallClip(at: reached) : nil
    }
    refuse(last.piece.range)
    return refusals < Self.mostRefusals ? rest(from: last.piece.range.end) : nil
  }

  private func rest(from moment: Timecode) -> TimeRange? {
    moment < range.end ? TimeRange(start: moment, end: range.end) : nil
  }

  private func smallClip(at start: Timecode) -> TimeRange? {
    let left = range.end.milliseconds - start.milliseconds
    guard left > 0 else { return nil }
    let length = min(Self.smallClip, max(Self.smallestClip, left / 2), left)
    return TimeRange(start: start, end: Timecode(milliseconds: start.milliseconds + length))
  }
}
