import EmbeddedLibrary
import GeminiAPI
import RequestPlanning
import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

@Suite struct ClipPlannerTests {
  static func stretch(_ start: Int, _ end: Int) -> TimeRange {
    TimeRange(start: Timecode(milliseconds: start), end: Timecode(milliseconds: end))
  }

  @Test("clips of 8 minutes end at multiples of 8 minutes and overlap by 30 seconds")
  func everyEightMinutes() throws {
    let clips = try ClipPlanner(sharding: .every(milliseconds: 480_000))
      .clips(of: Self.stretch(0, 6_000_000)) { _ in nil }
    #expect(clips.count == 13)
    #expect(clips[0] == Self.stretch(0, 480_000))
    #expect(clips[1] == Self.stretch(450_000, 960_000))
    #expect(clips[12] == Self.stretch(5_730_000, 6_000_000))
  }

  @Test("a rest that is hardly longer than the overlap goes to the clip before")
  func noTinyClip() throws {
    let clips = try ClipPlanner(sharding: .every(milliseconds: 480_000))
      .clips(of: Self.stretch(0, 970_000)) { _ in nil }
    #expect(clips == [Self.stretch(0, 480_000), Self.stretch(450_000, 970_000)])
  }

  @Test("a short video, unknown limits and no sharding give one clip")
  func oneClip() throws {
    let hour = Self.stretch(0, 3_600_000)
    let full = LimitShare(input: 0.1, output: 0.9)
    #expect(try ClipPlanner(sharding: .off).clips(of: hour) { _ in full } == [hour])
    #expect(try ClipPlanner().clips(of: hour) { _ in nil } == [hour])
    #expect(
      try ClipPlanner().clips(of: hour) { _ in LimitShare(input: 0.9, output: 0.6) } == [hour]
    )
  }

  @Test("a long talk is cut by the limits of its model, into clips that end at whole minutes")
  func automatic() throws {
    let schema = try #require(
      EmbeddedLibrary.schemas.file(named: "transcripts-speakers.json")?.text
    )
    let card = try Catalogs.card("gemini-3.5-flash-lite")
    let stretch = Self.stretch(0, 6 * 3_600_000)
    let shape = RequestShape(
      media: MediaSelection(range: stretch, resolution: .low),
      textTokens: 300,
      output: OutputShape(schema: try TableSchema(name: "s", parsing: schema), encoding: .json)
    )
    let estimator = TokenEstimator(card: card, platform: .aiStudio)
    let clips = try ClipPlanner().clips(of: shape, estimator: estimator)
    #expect(clips.count > 1)
    for clip in clips {
      var part = shape
      part.media?.range = clip
      let share = try #require(card.share(of: estimator.estimate(part), on: .aiStudio))
      #expect(share.input <= LimitShare.inputWarning && share.output <= LimitShare.outputWarning)
    }
    #expect(clips.dropLast().allSatisfy { $0.end.milliseconds % 60_000 == 0 })
  }

  @Test(
    "clips cover the stretch, overlap exactly, stay below the limits and are about equal",
    arguments: [1...100, 101...200] as [ClosedRange<UInt64>]
  )
  func laws(_ seeds: ClosedRange<UInt64>) throws {
    for seed in seeds {
      var random = SeededGenerator(seed: seed)
      let start = Int.random(in: 0...5_000_000, using: &random)
      let length = Int.random(in: 1000...40_000_000, using: &random)
      let overlap = [0, 1000, 10_000, 30_000, 60_000][Int(random.next() % 5)]
      let most = Int.random(in: max(20_000, overlap * 3)...4_000_000, using: &random)
      let isAutomatic = random.next() % 2 == 0
      let planner = ClipPlanner(
        sharding: isAutomatic ? .automatic : .every(milliseconds: most),
        overlap: overlap
      )
      guard length / (most - overlap) < 500 else { continue }
      let stretch = Self.stretch(start, start + length)
      func share(_ range: TimeRange) -> LimitShare? {
        LimitShare(input: 0.9 * Double(range.milliseconds) / Double(most), output: 0)
      }
      let clips = try planner.clips(of: stretch, share: share)
      #expect(try planner.clips(of: stretch, share: share) == clips, "seed \(seed)")
      #expect(clips.first?.start == stretch.start && clips.last?.end == stretch.end, "seed \(seed)")
      for (one, next) in zip(clips, clips.dropFirst()) {
        #expect(one.end.milliseconds - next.start.milliseconds == overlap, "seed \(seed)")
        #expect(one.end < next.end && one.start < next.start, "seed \(seed)")
      }
      guard clips.count > 1 else { continue }
      let lengths = clips.map(\.milliseconds)
      #expect((lengths.min() ?? 0) * 5 > (lengths.max() ?? 0), "seed \(seed): \(lengths)")
      if isAutomatic { #expect((lengths.max() ?? 0) <= most, "seed \(seed)") }
    }
  }

  static let refused: [(Sharding, Int, ClipError.Code)] = [
    (.every(milliseconds: 0), 0, .clipTooShort),
    (.every(milliseconds: 60_000), 60_000, .overlapTooLong),
    (.every(milliseconds: 60_000), -1, .overlapTooLong), (.automatic, -1, .overlapTooLong),
    (.every(milliseconds: 5000), 0, .tooManyClips), (.automatic, 30_000, .nothingFits),
  ]

  @Test("what cannot be cut sensibly is refused with the reason", arguments: refused)
  func refusals(_ sharding: Sharding, _ overlap: Int, _ code: ClipError.Code) {
    let planner = ClipPlanner(sharding: sharding, overlap: overlap)
    let error = #expect(throws: ClipError.self) {
      try planner.clips(of: Self.stretch(0, 36_000_000)) { _ in LimitShare(input: 2, output: 0) }
    }
    #expect(error?.code == code)
  }
}
