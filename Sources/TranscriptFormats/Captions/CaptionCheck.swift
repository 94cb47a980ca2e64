internal import TranscriptModel

/// What a viewer would stumble over in captions.
public struct CaptionProblem: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: String, CaseIterable, Sendable {
    /// More characters in a second than can be followed.
    case tooFast
    /// Shorter on screen than five sixths of a second.
    case tooShort
    /// A line broader than lines may be.
    case tooWide
    /// Still there when the next one comes.
    case overlapping
    /// Beyond the end of the film.
    case pastEnd
  }

  /// What is wrong.
  public let kind: Kind
  /// The number of the caption, from 1.
  public let number: Int
  /// When it comes, in milliseconds.
  public let start: Int
  /// The first row it shows, as `TranscriptSegment.row` counts.
  public let row: Int
  /// What was found, in the unit of the kind: characters in a second, milliseconds, or cells.
  public let found: Int
  /// What it should be at most, or at least.
  public let limit: Int
}

extension ExportedTranscript {
  /// What a viewer would stumble over in the captions of this transcript, in their order.
  ///
  /// Characters in a second are held against `FormatOptions.readingSpeed`, else the most that can be
  /// followed in the script; lines against `FormatOptions.lineLength`, else the script's.
  public func captionProblems(_ options: FormatOptions) -> [CaptionProblem] {
    let cues = captions(options).cues
    var problems: [CaptionProblem] = []
    for (index, cue) in cues.enumerated() {
      func add(_ kind: CaptionProblem.Kind, _ found: Int, _ limit: Int, _ isBad: Bool) {
        guard isBad else { return }
        problems.append(
          CaptionProblem(
            kind: kind,
            number: index + 1,
            start: cue.start,
            row: segments[cue.part.position].row,
            found: found,
            limit: limit
          )
        )
      }
      let length = cue.end - cue.start
      let speed = cue.readCount * 1000 / max(length, 1)
      let most = options.readingSpeed ?? cue.script.fastest
      add(.tooFast, speed, most, speed > most)
      add(.tooShort, length, CaptionTime.shortest, length < CaptionTime.shortest)
      let width = options.lineLength ?? cue.script.lineWidth
      add(.tooWide, cue.width, width, cue.width > width)
      if index + 1 < cues.count {
        let next = cues[index + 1].start
        add(.overlapping, cue.end, next, cue.end > next)
      }
      if let film = filmLength {
        add(.pastEnd, cue.end - options.timeOffset, film, cue.end - options.timeOffset > film)
      }
    }
    return problems
  }
}
