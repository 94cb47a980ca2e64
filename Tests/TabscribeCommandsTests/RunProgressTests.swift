import Testing
import TranscriptModel

@testable import TabscribeCommands

/// What is told while a run goes on.
@Suite struct RunProgressTests {
  private static func clip(_ minutes: Int, from start: Int = 0) -> RunProgress.Clip {
    let start = Timecode(milliseconds: start * 60_000)
    let end = Timecode(milliseconds: start.milliseconds + minutes * 60_000)
    return RunProgress.Clip(range: TimeRange(start: start, end: end))
  }

  private static func progress(_ clips: [[RunProgress.Clip]]) -> RunProgress {
    RunProgress(
      names: clips.indices.map { "talk-\($0).mp4" },
      requests: clips.joined().count,
      expectedDollars: "4.09",
      clips: clips
    )
  }

  @Test func theTimeLeftFollowsWhatWasHeard() {
    var progress = Self.progress([[Self.clip(30)], [Self.clip(10)], [Self.clip(60)]])
    #expect(progress.timeLeft(after: .seconds(60)) == nil)
    progress.end(0)
    progress.clips[2][0].reached = Timecode(milliseconds: 20 * 60_000)
    // 50 of 100 minutes took a minute.
    #expect(progress.share == 0.5)
    #expect(progress.timeLeft(after: .seconds(60)) == .seconds(60))
    #expect(progress.timeLeft(after: .seconds(2)) == nil)
    progress.end(1)
    progress.end(2)
    #expect(progress.timeLeft(after: .seconds(60)) == nil)
  }

  @Test func sourcesOfUnknownLengthCountAsTheOthers() {
    var progress = Self.progress([[Self.clip(30)], [RunProgress.Clip(range: nil)]])
    progress.end(1)
    #expect(progress.share == 0.5)
    var unknown = Self.progress([[RunProgress.Clip(range: nil)], [RunProgress.Clip(range: nil)]])
    unknown.end(0)
    #expect(unknown.share == 0.5)
  }

  @Test func theLineSaysWhatWasDoneSpentAndWhatIsLeft() {
    var several = Self.progress([[Self.clip(30)], [Self.clip(30, from: 10)]])
    several.clips[1][0].reached = Timecode(milliseconds: 25 * 60_000)
    several.clips[1][0].rows = 1200
    several.end(0)
    several.answered = 1
    several.dollars = "2.5"
    let line = several.line(after: .seconds(900))
    #expect(
      line.hasSuffix(
        "1 of 2 sources · 1 of 2 requests · 1,200 rows · 2.50 of about 4.09 USD · 5 min left"
      ),
      "\(line)"
    )
    var one = Self.progress([[Self.clip(60)]])
    one.clips[0][0].reached = Timecode(milliseconds: 30 * 60_000)
    one.clips[0][0].rows = 1
    let text = one.line(after: .seconds(1))
    #expect(text.hasPrefix("talk-0.mp4"))
    #expect(text.hasSuffix("50%  30:00 of 1:00:00 · 1 row"), "\(text)")
  }
}
