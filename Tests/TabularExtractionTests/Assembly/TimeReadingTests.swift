import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

/// Times written in one of the ways in which models write them, about media of a known length, are
/// read as they were meant.
@Suite struct TimeReadingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var duration: String? = "1:40:00"
    var clip: (String, String)?
    var timebase = Timebase.auto
    let times: [String]
    /// The moments in seconds.
    let expected: [Double]
    var code: Finding.Code?
  }

  static let quarters = [0, 900, 1800, 2700, 3600, 4500, 5400].map(Double.init)

  static let cases = [
    Case(
      testDescription: "whole minutes past the hour",
      times: ["00:00", "15:00", "30:00", "45:00", "1:00:00", "1:15:00", "1:30:00"],
      expected: quarters
    ),
    Case(
      testDescription: "whole minutes as H:MM:SS",
      times: ["00:00:00", "00:15:00", "00:30:00", "00:45:00", "01:00:00", "01:15:00", "01:30:00"],
      expected: quarters
    ),
    Case(
      testDescription: "whole minutes as HH:MM",
      times: ["00:00", "00:15", "00:30", "00:45", "01:00", "01:15", "01:30"],
      expected: quarters,
      code: .timeAmbiguous
    ),
    Case(
      testDescription: "hundredths in a clip of a minute",
      duration: "1:00",
      times: ["00:00:00", "00:04:50", "00:11:20", "00:42:75", "00:58:10"],
      expected: [0, 4.5, 11.2, 42.75, 58.1],
      code: .timeAmbiguous
    ),
    Case(
      testDescription: "an hour that wraps",
      times: ["10:00", "35:00", "59:59", "00:05", "20:00", "39:00"],
      expected: [600, 2100, 3599, 3605, 4800, 5940],
      code: .timebaseShifted
    ),
    Case(
      testDescription: "times of a tape",
      duration: "30:00",
      times: ["01:00:00:00", "01:00:05:12", "01:12:30:00", "01:29:50:24"],
      expected: [0, 5.48, 750, 1790.96],
      code: .timebaseShifted
    ),
    Case(
      testDescription: "times of a tape without frames",
      duration: "30:00",
      times: ["10:00:02", "10:00:05", "10:12:30", "10:29:50"],
      expected: [2, 5, 750, 1790],
      code: .timebaseShifted
    ),
    Case(
      testDescription: "minutes and seconds with a point",
      duration: "10:00",
      times: ["0.05", "1.15", "2.59", "4.07", "9.30"],
      expected: [5, 75, 179, 247, 570],
      code: .timeAmbiguous
    ),
    Case(
      testDescription: "seconds with decimals",
      duration: "1:00",
      times: ["0.05", "10.75", "22.59", "44.07", "59.30"],
      expected: [0.05, 10.75, 22.59, 44.07, 59.3]
    ),
    Case(
      testDescription: "milliseconds",
      duration: "1:10",
      times: ["0", "2500", "9000", "65000"],
      expected: [0, 2.5, 9, 65],
      code: .timeAmbiguous
    ),
    Case(
      testDescription: "rows that stay in their clip",
      clip: ("1:00:00", "1:40:00"),
      timebase: .source,
      times: ["1:00:00", "1:15:00", "1:30:00"],
      expected: [3600, 4500, 5400]
    ),
    Case(
      testDescription: "rows in a clip, counted from its start",
      clip: ("1:00:00", "1:40:00"),
      times: ["00:00:00", "00:15:00", "00:39:00"],
      expected: [3600, 4500, 5940],
      code: .timebaseShifted
    ),
    Case(
      testDescription: "rows in a clip, counted from the source",
      clip: ("1:00:00", "1:40:00"),
      times: ["1:00:00", "1:15:00", "1:39:00"],
      expected: [3600, 4500, 5940]
    ),
    Case(
      testDescription: "the first seconds of a long video, in whole sentences",
      times: ["00:00", "00:04", "00:09", "00:13"],
      expected: [0, 4, 9, 13]
    ),
  ]

  @Test(arguments: cases) func isReadAsMeant(_ example: Case) {
    let words = example.testDescription.hasPrefix("the first") ? 9 : 2
    let rows = example.times.map {
      ($0, Array(repeating: "word", count: words).joined(separator: " "), Optional(1))
    }
    let clip = example.clip.map { range($0.0, $0.1) }
    let assembler = TranscriptAssembler(
      clip: clip,
      duration: example.duration.map(time),
      timebase: example.timebase
    )
    let result = assembler.assemble([Reply.transcripts(rows)])
    let starts = result.transcript.segments.map { Double($0.start?.milliseconds ?? -1) / 1000 }
    #expect(starts == example.expected)
    let codes = result.findings.map(\.code).filter {
      $0 == .timeAmbiguous || $0 == .timebaseShifted
    }
    #expect(codes == [example.code].compactMap(\.self), "\(result.findings)")
  }

  // MARK: By chance

  enum Spelling: CaseIterable {
    case clock, hoursAlways, hundredths, hoursAndMinutes, minutesPointSeconds, tape, hourWrap
    case milliseconds, seconds

    /// The shortest and longest media that are written so, in seconds.
    var durations: ClosedRange<Int> {
      switch self {
      case .clock, .hoursAlways, .seconds, .tape: 60...14_400
      case .hundredths: 60...3600
      case .hoursAndMinutes: 3600...14_400
      case .minutesPointSeconds: 300...3600
      case .hourWrap: 5400...14_400
      case .milliseconds: 60...7200
      }
    }

    /// The unit to which times are rounded, in milliseconds.
    var unit: Int {
      switch self {
      case .hundredths: 10
      case .hoursAndMinutes: 60000
      case .milliseconds: 1
      case .tape: 40
      default: 1000
      }
    }

    func written(_ time: Int) -> String {
      let seconds = time / 1000
      let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
      switch self {
      case .clock: return Timecode(milliseconds: time).rendered
      case .hoursAlways: return "\(two(h)):\(two(m)):\(two(s))"
      case .hundredths: return "\(two(seconds / 60)):\(two(s)):\(two(time % 1000 / 10))"
      case .hoursAndMinutes: return "\(two(h)):\(two(m))"
      case .minutesPointSeconds: return "\(seconds / 60).\(two(s))"
      case .tape: return "\(two(h + 1)):\(two(m)):\(two(s)):\(two(time % 1000 / 40))"
      case .hourWrap: return "\(two(m)):\(two(s))"
      case .milliseconds: return "\(time)"
      case .seconds: return "\(seconds)"
      }
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  }

  @Test("the meaning of times by chance is found again", arguments: Spelling.allCases)
  func findsTheMeaning(_ spelling: Spelling) {
    var generator = SeededGenerator(seed: 7)
    var right = 0
    let runs = 300
    for _ in 0..<runs {
      let duration = Int.random(in: spelling.durations, using: &generator) * 1000
      let count = Int.random(in: 12...80, using: &generator)
      let times = (0..<count).map { _ in
        Int.random(in: 0..<duration, using: &generator) / spelling.unit * spelling.unit
      }.sorted()
      // Two words a second until the next row, as people speak, and never more than fit.
      let rows = times.indices.map { row -> (String, String, Int?) in
        let next = row + 1 < count ? times[row + 1] : duration
        let words = max(1, (next - times[row]) / 500)
        return (spelling.written(times[row]), String(repeating: "words ", count: min(words, 60)), 1)
      }
      let result = TranscriptAssembler(duration: Timecode(milliseconds: duration))
        .assemble([Reply.transcripts(rows)])
      let starts = result.transcript.segments.map { $0.start?.milliseconds }
      if starts == times { right += 1 }
    }
    // Seen: all of most spellings, 92 in 100 of HH:MM and of hours that wrap; the rest are findings.
    #expect(right >= runs * 9 / 10, "\(spelling): \(right) of \(runs)")
    print("times as \(spelling): \(right) of \(runs) found again")
  }

  @Test("sixty thousand rows take no time worth mention", .timeLimit(.minutes(1)))
  func isQuick() {
    let rows = (0..<60_000).map { row in
      (Timecode(milliseconds: row * 1000).rendered, "Words.", Optional(1))
    }
    var table = Reply.transcripts(rows)
    let start = ContinuousClock.now
    _ = TimeResolver(limit: time("20:00:00")).resolve(&table)
    print("60,000 times read in \(ContinuousClock.now - start)")
    #expect(table[59_999, 0] == .time(Timecode(milliseconds: 59_999_000)))
  }
}
