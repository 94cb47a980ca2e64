package import TranscriptModel

extension ContinuationPlanner {
  /// A pause that needs no mention, in milliseconds.
  package static let longestPause = 60_000
  /// How much is asked for before and after a gap, so that its rows find their neighbours.
  private static let margin = 15_000

  /// The ranges of a stitched reply that are worth asking for again: what no piece covers, and long
  /// pauses that are not known to be silent.
  ///
  /// - Parameters:
  ///   - reply: What there is.
  ///   - silences: The stretches of silence in source time; `nil` when nobody listened for them, and
  ///     then every long pause counts.
  /// - Returns: Ranges inside the clip, in order, with a margin on both sides; near ones as one.
  package func gaps(in reply: StitchedReply, silences: [TimeRange]? = nil) -> [TimeRange] {
    let pauses = pauses(reply.transcript).filter { !Self.isSilent($0, silences ?? []) }
    var gaps: [TimeRange] = []
    for gap in (reply.uncovered + pauses).sorted(by: { $0.start < $1.start }) {
      let start = max(clip.start.milliseconds, gap.start.milliseconds - Self.margin)
      let end = min(clip.end.milliseconds, gap.end.milliseconds + Self.margin)
      guard start < end else { continue }
      let range = TimeRange(
        start: Timecode(milliseconds: start),
        end: Timecode(milliseconds: end)
      )
      if let last = gaps.last, range.start <= last.end {
        gaps[gaps.count - 1] = TimeRange(start: last.start, end: max(last.end, range.end))
      } else {
        gaps.append(range)
      }
    }
    return gaps
  }

  private func pauses(_ transcript: Transcript) -> [TimeRange] {
    var pauses: [TimeRange] = []
    var reached = clip.start
    let heard = transcript.segments.compactMap { segment -> (start: Timecode, end: Timecode)? in
      guard let start = segment.start else { return nil }
      let words = SpokenWords.count(segment.text)
      let said = Timecode(
        milliseconds: start.milliseconds + (segment.talkTimeMS(words: words) ?? 0)
      )
      return (start, segment.endIsEstimate ? said : max(said, segment.end ?? said))
    }
    func note(until end: Timecode) {
      guard end.milliseconds - reached.milliseconds > Self.longestPause else { return }
      pauses.append(TimeRange(start: reached, end: end))
    }
    for row in heard.sorted(by: { $0.start < $1.start }) {
      note(until: min(row.start, clip.end))
      reached = max(reached, row.end)
    }
    if !clip.isOpenEnded { note(until: clip.end) }
    return pauses
  }

  /// Whether less than the longest pause is left of a stretch without its silences.
  private static func isSilent(_ gap: TimeRange, _ silences: [TimeRange]) -> Bool {
    let silent = silences.reduce(0) { total, silence in
      total
        + max(
          0,
          min(gap.end, silence.end).milliseconds - max(gap.start, silence.start).milliseconds
        )
    }
    return gap.milliseconds - silent <= longestPause
  }
}
