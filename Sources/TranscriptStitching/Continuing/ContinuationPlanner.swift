package import TranscriptModel

/// Says what to ask for after a reply that did not cover its clip.
///
///     let planner = ContinuationPlanner(clip: clip)
///     let step = planner.next(after: [piece])
///     step.range   // from shortly before the last complete row to the clip's end; `nil`: stop
///     step.reason  // why
package struct ContinuationPlanner: Sendable {
  /// Why to go on, or why not.
  package enum Reason: Hashable, Sendable {
    /// Nothing is missing.
    case covered
    /// The last reply reached the output limit.
    case outputLimit
    /// The last reply repeated itself.
    case looped
    /// The last reply broke off or could not be read to its end.
    case broken
    /// The service refused to go on; asking again would be refused again.
    case blocked
    /// The last reply got no further than those before.
    case noProgress(Timecode)
    /// As many continuations as allowed were asked for.
    case boundReached(Int)
  }

  /// The next thing to ask for.
  package struct Step: Hashable, Sendable {
    /// What to ask for; `nil` when there is nothing more to ask.
    package let range: TimeRange?
    /// Why, or why not.
    package let reason: Reason
  }

  /// The most continuations of a clip that are asked for unless something else is said.
  package static let usualBound = 8

  /// How many rows a continuation repeats, so that its voices can be matched by them.
  private static let sharedRows = 20
  /// How far back a continuation goes for such rows at most, in milliseconds.
  private static let longestOverlap = 300_000

  /// What is to be covered.
  package var clip: TimeRange
  /// How far before the last complete row a continuation starts at least, in milliseconds.
  package var overlap: Int
  /// The most continuations.
  package var bound: Int

  /// A planner for a clip.
  package init(clip: TimeRange, overlap: Int = 30_000, bound: Int = Self.usualBound) {
    self.clip = clip
    self.overlap = overlap
    self.bound = bound
  }

  /// What to ask for after the pieces so far, the first reply and its continuations, in the order
  /// in which they came.
  package func next(after pieces: [ReplyPiece]) -> Step {
    guard let last = pieces.last else { return Step(range: clip, reason: .broken) }
    let reached = pieces.map(\.coveredUntil)
    let furthest = reached.max() ?? clip.start
    guard furthest < clip.end else { return Step(range: nil, reason: .covered) }
    if last.ending == .blocked { return Step(range: nil, reason: .blocked) }
    let before = reached.dropLast().max() ?? clip.start
    // A first reply that got nowhere is asked for again once; one that goes on must get further.
    if pieces.count > 1, furthest <= before { return Step(range: nil, reason: .noProgress(before)) }
    guard pieces.count <= bound else { return Step(range: nil, reason: .boundReached(bound)) }
    return Step(range: rest(from: furthest, pieces), reason: reason(last))
  }

  private func rest(from moment: Timecode, _ pieces: [ReplyPiece]) -> TimeRange {
    let earliest = moment.milliseconds - max(overlap, Self.longestOverlap)
    let starts = pieces.flatMap { PieceRows($0).starts.compactMap(\.self) }
      .filter { $0 <= moment.milliseconds }.sorted()
    let shared = starts.suffix(Self.sharedRows).first ?? moment.milliseconds
    let start = max(earliest, min(shared, moment.milliseconds - max(0, overlap)))
    return TimeRange(
      start: Timecode(milliseconds: max(clip.start.milliseconds, start)),
      end: clip.end
    )
  }

  private func reason(_ piece: ReplyPiece) -> Reason {
    switch piece.ending {
    case .outputLimit: .outputLimit
    case .looped: .looped
    case .whole, .broken, .blocked: PieceRows(piece).loop == nil ? .broken : .looped
    }
  }
}

extension ContinuationPlanner.Reason: CustomStringConvertible {
  /// The reason as a sentence for people.
  package var description: String {
    switch self {
    case .covered: "Nothing is missing."
    case .outputLimit: "The model reached its output limit; the rest is asked for."
    case .looped: "The model repeated itself; what comes after is asked for."
    case .broken: "The reply broke off; the rest is asked for."
    case .blocked: "The service refused to go on, so the rest is not asked for."
    case .noProgress(let time):
      "The last reply got no further than \(time.rendered), so nothing more is asked for."
    case .boundReached(let count):
      "\(count) continuations were asked for and the clip is still not covered; that is the bound."
    }
  }
}
