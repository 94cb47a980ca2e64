import Testing
import TranscriptModel
import TranscriptStitching

@Suite struct ContinuationPlannerTests {
  static let clip = Sample.range(0, 600)
  let planner = ContinuationPlanner(clip: Self.clip)

  static func piece(from start: Int, upTo last: Int, _ ending: ReplyPiece.Ending) -> ReplyPiece {
    let rows = stride(from: start, through: last, by: 10).map { ($0, "Row at second \($0).", 1) }
    return Sample.piece(start, 600, rows, ending: ending)
  }

  @Test("a whole reply needs no continuation")
  func covered() {
    let step = planner.next(after: [Self.piece(from: 0, upTo: 590, .whole)])
    #expect(step.range == nil)
    #expect(step.reason == .covered)
  }

  @Test("a cut reply is continued from shortly before its last complete row")
  func continued() {
    let first = Self.piece(from: 0, upTo: 300, .outputLimit)
    #expect(first.coveredUntil == Timecode(milliseconds: 300_000))
    let step = planner.next(after: [first])
    // Twenty rows of ten seconds are shared, so that voices can be told by them.
    #expect(step.range == Sample.range(110, 600))
    #expect(step.reason == .outputLimit)
    let last = planner.next(after: [first, Self.piece(from: 270, upTo: 590, .whole)])
    #expect(last.range == nil)
  }

  @Test("a continuation that gets no further is the last")
  func noProgress() {
    let first = Self.piece(from: 0, upTo: 300, .broken)
    let step = planner.next(after: [first, Self.piece(from: 270, upTo: 290, .broken)])
    #expect(step.range == nil)
    #expect(step.reason == .noProgress(Timecode(milliseconds: 300_000)))
  }

  @Test("continuations are bounded, refusals final, and an empty reply is asked for once more")
  func bounds() {
    let pieces = (0..<9).map { Self.piece(from: 0, upTo: 100 + $0 * 10, .outputLimit) }
    #expect(planner.next(after: pieces).reason == .boundReached(8))
    #expect(planner.next(after: Array(pieces.prefix(8))).reason == .outputLimit)
    #expect(planner.next(after: [Self.piece(from: 0, upTo: 9, .blocked)]).reason == .blocked)
    #expect(planner.next(after: [Sample.piece(0, 600, [], ending: .broken)]).range == Self.clip)
  }

  @Test("gaps are long pauses that are not silent, and what no piece covers")
  func gaps() {
    let piece = Sample.piece(
      0,
      400,
      [(1, "We begin with this.", 1), (200, "Here we are.", 1), (399, "Bye.", 1)]
    )
    let whole = Sample.stitch([piece], until: 600)
    #expect(whole.uncovered == [Sample.range(400, 600)])
    let all = planner.gaps(in: whole)
    #expect(all.last?.end == Self.clip.end)
    #expect(all.count == 1)
    let heard = planner.gaps(in: whole, silences: [Sample.range(2, 200), Sample.range(201, 399)])
    #expect(heard == [Sample.range(385, 600)])
  }
}
