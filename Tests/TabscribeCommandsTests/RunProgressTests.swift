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

  private static func progress(_ clips: [[RunProgress.Clip]], jobs: Int = 8) -> RunProgress {
    RunProgress(
      names: clips.indices.map { "talk-\($0).mp4" },
      requests: clips.joined().count,
      expectedDollars: "4.09",
      jobs: jobs,
      clips: clips
    )
  }

  /// Lengths of sources in minutes, requests at a time, seconds until the first row, and minutes that are
  /// heard in a second after it.
  @Test(
    arguments: [
      ([30, 30, 30, 30, 30, 30, 30, 30, 30], 8, 5.0, 1.0), ([60], 8, 10.0, 2.0),
      ([10, 60, 20, 40, 5, 5, 90, 10, 10, 10, 30, 20], 3, 3.0, 0.5),
      (Array(repeating: 12, count: 200), 16, 20.0, 0.4), ([8, 120], 4, 4.0, 1.0),
    ]
  )
  func theTimeLeftHoldsWithinAQuarter(
    _ minutes: [Int],
    _ jobs: Int,
    _ wait: Double,
    _ pace: Double
  ) throws {
    // When each source begins and ends, taken up in order.
    var (free, spans): ([Double], [(began: Double, end: Double)]) = (
      .init(repeating: 0, count: jobs), []
    )
    for minutes in minutes {
      let place = try #require(free.indices.min { free[$0] < free[$1] })
      spans.append((free[place], free[place] + wait + Double(minutes) / pace))
      free[place] = spans[spans.count - 1].end
    }
    let whole = try #require(free.max())
    var progress = Self.progress(minutes.map { [Self.clip($0)] }, jobs: jobs)
    var told = 0
    for second in 1..<Int(whole) {
      let now = Duration.seconds(second)
      for (job, span) in spans.enumerated() where span.began < Double(second) {
        let hearing = Double(second) - span.began - wait
        if Double(second) >= span.end {
          if !progress.clips[job][0].hasEnded { progress.end(job, at: .seconds(span.end)) }
        } else if hearing > 0 {
          let reached = Timecode(milliseconds: Int(hearing * pace * 60_000))
          progress.receive(second, upTo: reached, of: job, 0, at: now)
        } else {
          progress.begin(job, 0, at: now)
        }
      }
      guard let left = progress.timeLeft(after: now) else { continue }
      told += 1
      // Of the last seconds a quarter is less than a tick of this clock.
      let due = whole - Double(second)
      #expect(abs(left / .seconds(1) - due) <= max(2, due / 4), "after \(second) of \(whole) s")
    }
    #expect(Double(told) > whole * 0.6)
  }

  @Test func theTimeLeftIsNotToldTooEarlyOrInTheEnd() {
    var progress = Self.progress([[Self.clip(30)], [Self.clip(10)]])
    #expect(progress.timeLeft(after: .seconds(60)) == nil)
    progress.receive(1, upTo: .zero, of: 0, 0, at: .seconds(1))
    progress.receive(9, upTo: Timecode(milliseconds: 10 * 60_000), of: 0, 0, at: .seconds(2))
    #expect(progress.timeLeft(after: .seconds(2)) == nil)
    #expect(progress.timeLeft(after: .seconds(20)) != nil)
    progress.end(0, at: .seconds(50))
    progress.end(1, at: .seconds(50))
    #expect(progress.timeLeft(after: .seconds(60)) == nil)
  }

  @Test func sourcesOfUnknownLengthCountAsTheOthers() {
    var progress = Self.progress([[Self.clip(30)], [RunProgress.Clip(range: nil)]])
    progress.end(1, at: .seconds(9))
    #expect(progress.share == 0.5)
    var unknown = Self.progress([[RunProgress.Clip(range: nil)], [RunProgress.Clip(range: nil)]])
    unknown.end(0, at: .seconds(9))
    #expect(unknown.share == 0.5)
  }

  @Test func theLineSaysWhatWasDoneSpentAndWhatIsLeft() {
    var several = Self.progress([[Self.clip(30)], [Self.clip(30, from: 10)]])
    several.receive(0, upTo: nil, of: 0, 0, at: .zero)
    several.end(0, at: .seconds(600))
    several.receive(1, upTo: nil, of: 1, 0, at: .seconds(600))
    several.receive(1200, upTo: Timecode(milliseconds: 25 * 60_000), of: 1, 0, at: .seconds(900))
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
