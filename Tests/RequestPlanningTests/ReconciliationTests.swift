import Foundation
import GeminiAPI
import OrderedJSON
import RequestPlanning
import Testing
import TranscriptModel

@Suite struct ReconciliationTests {
  private func request(
    _ prompt: String,
    seconds: Double = 600,
    clip: ClosedRange<Int>? = nil,
    fps: Double? = nil,
    resolution: MediaResolution = .low,
    model: String = "gemini-2.5-flash"
  ) throws -> PlanRequest {
    var source = PlanSamples.source("a.mp4", seconds: seconds)
    if let clip {
      source.range = TimeRange(
        start: Timecode(milliseconds: clip.lowerBound * 1000),
        end: Timecode(milliseconds: clip.upperBound * 1000)
      )
    }
    var settings = PlanSamples.settings(model, resolution: resolution)
    settings.platform = .agentPlatform
    settings.fps = fps
    return PlanRequest(source: source, prompt: try PlanSamples.prompt(prompt), settings: settings)
  }

  private func usage(
    video: Int,
    audio: Int,
    cached: Int = 0,
    output: Int = 4000
  ) -> Usage {
    Usage(
      promptTokens: video + audio + 220,
      cachedTokens: cached,
      outputTokens: output,
      promptTokensByModality: [
        .init(modality: "VIDEO", tokens: video), .init(modality: "AUDIO", tokens: audio),
        .init(modality: "TEXT", tokens: 220),
      ]
    )
  }

  private func reconcile(
    _ requests: [PlanRequest],
    _ usages: [Usage],
    isComplete: Bool = true
  ) throws -> Reconciliation {
    let plan = try PlanSamples.planner(day: "2026-09-01").plan(requests)
    let outcomes = usages.enumerated().map {
      RequestOutcome(order: $0 + 1, usage: $1, isComplete: isComplete)
    }
    return Reconciliation(plan: plan, outcomes: outcomes)
  }

  @Test func aLayerThatWasNotToBeSentIsFound() throws {
    var request = try request("a")
    request.settings.layers = .audio
    let found = try reconcile([request], [usage(video: 39_600, audio: 15_000)]).findings
    #expect(found.map(\.code) == ["knob-ignored"])
    #expect(found[0].message.contains("layers audio had no effect: 39600 video tokens"))
    #expect(try reconcile([request], [usage(video: 0, audio: 15_000)]).findings.isEmpty)
  }

  @Test func soundThatContradictsTheClipIsFound() throws {
    var request = try request("a", clip: 60...120)
    request.source.hasVideo = false
    let found = try reconcile([request], [usage(video: 0, audio: 15_000)]).findings
    #expect(found.map(\.code) == ["knob-ignored"])
    #expect(found[0].message.contains("1:00 were asked for and sound of 10:00 was billed"))
    #expect(try reconcile([request], [usage(video: 0, audio: 1500)]).findings.isEmpty)
  }

  @Test func aRunAsPlannedHasNoFindings() throws {
    let requests = try ["a", "b", "c"].map { try request($0) }
    let full = usage(video: 39_600, audio: 15_000)
    let hit = usage(video: 39_600, audio: 15_000, cached: 54_600)
    let result = try reconcile(requests, [full, hit, hit])
    #expect(result.findings.isEmpty)
    #expect(result.expectedHits == 2)
    #expect(result.achievedHits == 2)
    let line = try #require(result.lines.first)
    #expect(
      line.tokens.allSatisfy {
        $0.kind == "output" || $0.kind == "thinking" || $0.expected == $0.billed
      }
    )
    // 39,820 at 0.30, 15,000 of sound at 1.00, 4,000 out at 2.50 US dollars a million.
    #expect(line.billedCost == Decimal(string: "0.036946"))
    #expect(result.lines.allSatisfy { $0.reasons.isEmpty })
  }

  struct Knob: Sendable, CustomTestStringConvertible {
    let name: String
    var clip: ClosedRange<Int>?
    var fps: Double?
    var resolution = MediaResolution.low
    let video: Int
    let audio: Int
    let says: String?
    var testDescription: String { name }
  }

  static let knobs = [
    Knob(
      name: "fps ignored",
      fps: 0.2,
      video: 39_600,
      audio: 15_000,
      says: "fps 0.2 had no effect"
    ),
    Knob(name: "fps obeyed", fps: 0.2, video: 7920, audio: 15_000, says: nil),
    Knob(
      name: "resolution ignored",
      video: 154_800,
      audio: 15_000,
      says: "resolution low had no effect"
    ),
    Knob(
      name: "clip ignored",
      clip: 60...120,
      video: 39_600,
      audio: 15_000,
      says: "the clip had no effect: 01:00 were asked for and sound of 10:00"
    ),
    Knob(name: "clip obeyed", clip: 60...120, video: 3960, audio: 1500, says: nil),
    Knob(
      name: "clip ignored, without sound",
      clip: 60...120,
      video: 39_600,
      audio: 0,
      says: "frames billed are those of the whole source"
    ),
    Knob(
      name: "either of two",
      fps: 258.0 / 66.0,
      video: 39_600,
      audio: 15_000,
      says: "fps"
    ),
    Knob(name: "within the tolerance", video: 42_000, audio: 15_000, says: nil),
  ]

  @Test(arguments: knobs) func aSettingWithoutEffectIsProvedFromTheCounts(_ knob: Knob) throws {
    var request = try request("a", clip: knob.clip, fps: knob.fps, resolution: knob.resolution)
    request.source.hasAudio = knob.audio > 0
    let result = try reconcile([request], [usage(video: knob.video, audio: knob.audio)])
    let found = result.findings.filter { $0.code == "knob-ignored" }
    #expect(found.isEmpty == (knob.says == nil))
    if let says = knob.says { #expect(found.first?.message.contains(says) == true) }
  }

  @Test func aMissedCacheIsNamedWithWhatItCost() throws {
    let requests = try ["a", "b"].map { try request($0) }
    let full = usage(video: 39_600, audio: 15_000)
    let result = try reconcile(requests, [full, full])
    #expect(result.expectedHits == 1)
    #expect(result.achievedHits == 0)
    let finding = try #require(result.findings.first)
    #expect(finding.code == "cache-miss-unexpected")
    #expect(
      finding.message.hasPrefix("Request 2 (a.mp4, b): 54600 tokens were expected from a cache")
    )
    #expect(result.lines[1].reasons == [finding.message])
  }

  @Test func aPromptFarFromItsEstimateSaysWhichPartIsOff() throws {
    var usage = usage(video: 39_600, audio: 15_000)
    usage.promptTokens += 20_000
    usage.promptTokensByModality[2] = .init(modality: "TEXT", tokens: 20_220)
    let result = try reconcile([try request("a")], [usage])
    let finding = try #require(result.findings.first)
    #expect(finding.code == "estimate-off")
    #expect(finding.message.contains("most of it text: 220 estimated, 20220 billed"))
  }

  @Test func onlyAWholeReplyIsHeldAgainstItsEstimate() throws {
    let short = usage(video: 39_600, audio: 15_000, output: 12)
    #expect(try reconcile([request("a")], [short]).findings.map(\.code) == ["estimate-off"])
    #expect(try reconcile([request("a")], [short], isComplete: false).findings.isEmpty)
  }

  @Test func countsWithoutModalitiesOrOfUnknownRequestsAreSurvived() throws {
    let bare = Usage(promptTokens: 54_820, outputTokens: 4000)
    let plan = try PlanSamples.planner(day: "2026-09-01").plan([request("a")])
    let outcomes = [0, 1, 2].map { RequestOutcome(order: $0, usage: bare) }
    let result = Reconciliation(plan: plan, outcomes: outcomes)
    #expect(result.lines.map(\.order) == [1])
    #expect(result.findings.isEmpty)
    #expect(result.json["requests"]?[0]?["tokens"]?["video"] == nil)
    #expect(result.json["cacheHits"]?["predicted"]?.int == 0)
  }

  @Test func whatRunsShowFeedsLaterEstimates() throws {
    let catalog = try ModelCatalog.builtIn()
    let request = try request("a", model: "gemini-3.5-flash-lite")
    let shape = try #require(request.shape)
    let observation = RunObservation(
      model: "gemini-3.5-flash-lite",
      platform: .agentPlatform,
      shape: shape,
      usage: usage(video: 600 * 64, audio: 15_000, output: 3000),
      isComplete: true
    )
    func estimate(_ runs: Int) throws -> TokenEstimate {
      let learned = LearnedRates(Array(repeating: observation, count: runs), catalog: catalog)
      let card = try #require(catalog.card("gemini-3.5-flash-lite"))
      return TokenEstimator(card: card, platform: .agentPlatform, learned: learned).estimate(shape)
    }
    #expect(try estimate(2).rateBasis == .published)
    #expect(try estimate(2).video == 42_000)
    #expect(try estimate(3).rateBasis == .ownRuns(count: 3))
    #expect(try estimate(3).video == 38_400)
    #expect(try estimate(3).output == TokenRange(low: 2400, expected: 3000, high: 3600))
  }

  @Test func aRunWhoseSettingsWereIgnoredTeachesNoRate() throws {
    let catalog = try ModelCatalog.builtIn()
    let shape = try #require(request("a", model: "gemini-3.5-flash-lite").shape)
    let odd = RunObservation(
      model: "gemini-3.5-flash-lite",
      platform: .agentPlatform,
      shape: shape,
      usage: usage(video: 600 * 700, audio: 15_000),
      isComplete: false
    )
    let learned = LearnedRates(Array(repeating: odd, count: 9), catalog: catalog)
    let card = try #require(catalog.card("gemini-3.5-flash-lite"))
    let estimate = TokenEstimator(card: card, platform: .agentPlatform, learned: learned)
      .estimate(shape)
    #expect(estimate.rateBasis == .published)
  }
}
