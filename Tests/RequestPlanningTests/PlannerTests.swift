import Foundation
import GeminiAPI
import RequestPlanning
import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

@Suite struct PlannerTests {
  private func twelveByEight() throws -> [PlanRequest] {
    let prompts = try (1...12).map { try PlanSamples.prompt("prompt \($0)", textTokens: 200 + $0) }
    let sources = (1...8).map { PlanSamples.source("video \($0)", seconds: Double(600 * $0)) }
    return PlanSamples.promptMajor(sources: sources, prompts: prompts)
  }

  @Test func requestsThatBeginAlikeFollowEachOtherAndTheFirstFillsTheCache() throws {
    let plan = try PlanSamples.planner().plan(twelveByEight())
    #expect(plan.entries.map(\.order) == Array(1...96))
    #expect(plan.entries.map(\.group) == (1...8).flatMap { Array(repeating: $0, count: 12) })
    #expect(plan.entries.map(\.request.source.name).prefix(13).last == "video 2")
    for (index, entry) in plan.entries.enumerated() {
      let first = index / 12 * 12 + 1
      let isFirst = entry.order == first
      #expect(entry.isWarmUp == isFirst)
      #expect(entry.reason == (isFirst ? .warmUp(requests: 12) : .hitExpected(warmUp: first)))
      #expect(entry.expectsHit != isFirst)
      #expect(entry.request.prompt.name == "prompt \(index % 12 + 1)", "input order is kept")
    }
    #expect(plan.total.expectedHits == 88)
  }

  @Test func theCostWithCachingIsWithinATenthOfTheOptimum() throws {
    let plan = try PlanSamples.planner().plan(twelveByEight())
    let total = try #require(plan.total.cost)
    // Input at the list price and at the cached price; each video once in full, else cached.
    let (full, hit) = (Decimal(string: "0.75"), Decimal(string: "0.075"))
    let prices = (full: try #require(full), hit: try #require(hit))
    var optimum = Decimal(0)
    var output = Decimal(0)
    for entry in plan.entries {
      let tokens = try #require(entry.tokens)
      optimum += Decimal(tokens.input) * (entry.isWarmUp ? prices.full : prices.hit) / 1_000_000
      output += Decimal(tokens.billedOutput.expected) * Decimal(375) / 100_000_000
    }
    #expect(total.cached.expected - output <= optimum * 11 / 10)
    #expect(total.uncached.expected - output > optimum * 5)
  }

  @Test func theSameInputGivesTheSamePlanAndEveryRequestStandsInItOnce() throws {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20 {
      let requests = try twelveByEight().shuffled(using: &generator)
      let plan = try PlanSamples.planner().plan(requests)
      #expect(plan.entries.map(\.position).sorted() == Array(requests.indices))
      #expect(plan.entries.allSatisfy { requests[$0.position] == $0.request })
      let again = try PlanSamples.planner().plan(requests)
      #expect(plan.json == again.json)
      // Planning what is planned changes nothing.
      let replanned = try PlanSamples.planner().plan(plan.entries.map(\.request))
      #expect(replanned.entries.map(\.request) == plan.entries.map(\.request))
    }
  }

  @Test func orderingNeverRaisesTheCost() throws {
    let requests = try twelveByEight()
    let cost = try #require(PlanSamples.planner().plan(requests).total.cost)
    #expect(cost.cached.expected < cost.uncached.expected)
    #expect(cost.cached.low < cost.cached.expected && cost.cached.expected < cost.cached.high)
  }

  struct Difference: Sendable, CustomTestStringConvertible {
    let name: String
    let change: @Sendable (inout PlanRequest) -> Void
    var testDescription: String { name }
  }

  static let differences = [
    Difference(name: "platform") { $0.settings.platform = .agentPlatform },
    Difference(name: "project") { $0.settings.project = "p" },
    Difference(name: "location") { $0.settings.location = "eu" },
    Difference(name: "model") { $0.settings.model = "gemini-3.7-flash" },
    Difference(name: "system instruction") { $0.prompt.systemIdentity = "s" },
    Difference(name: "text before the media") { $0.prompt.leadingIdentity = "l" },
    Difference(name: "media") { $0.source.identity = "other" },
    Difference(name: "clip") {
      $0.source.range = TimeRange(start: .zero, end: Timecode(milliseconds: 600_000))
    },
    Difference(name: "fps") { $0.settings.fps = 2 },
    Difference(name: "resolution") { $0.settings.mediaResolution = .high },
  ]

  @Test(arguments: differences) func whatBeginsOtherwiseSharesNoCache(
    _ difference: Difference
  ) throws {
    let first = PlanRequest(
      source: PlanSamples.source("a.mp4"),
      prompt: try PlanSamples.prompt("transcribe"),
      settings: PlanSamples.settings()
    )
    var second = first
    difference.change(&second)
    let plan = try PlanSamples.planner().plan([first, second])
    #expect(plan.entries.map(\.group) == [1, 2])
    #expect(plan.entries[0].prefix != plan.entries[1].prefix)
    #expect(plan.entries.map(\.reason) == [.alone, .alone])
  }

  static let sameness = [
    Difference(name: "prompt") { $0.prompt.name = "sounds" },
    Difference(name: "thinking") { $0.settings.thinking = .level(.high) },
    Difference(name: "encoding") { $0.settings.encoding = .tsv },
    Difference(name: "an alias of the model") { $0.settings.model = "gemini-flash-latest" },
    Difference(name: "the default fps, said") { $0.settings.fps = 1 },
  ]

  @Test(arguments: sameness) func whatOnlyEndsOtherwiseSharesTheCache(
    _ difference: Difference
  ) throws {
    let first = PlanRequest(
      source: PlanSamples.source("a.mp4"),
      prompt: try PlanSamples.prompt("transcribe"),
      settings: PlanSamples.settings()
    )
    var second = first
    difference.change(&second)
    let plan = try PlanSamples.planner().plan([first, second])
    #expect(plan.entries.map(\.reason) == [.warmUp(requests: 2), .hitExpected(warmUp: 1)])
    let tokens = try #require(plan.entries[1].tokens)
    #expect(plan.entries[1].cachedTokens == tokens.video + tokens.audio)
  }

  @Test func shortBeginningsAreNotPromisedACache() throws {
    let short = PlanSamples.source("a.mp4", seconds: 20)
    let requests = try ["a", "b"].map {
      PlanRequest(
        source: short,
        prompt: try PlanSamples.prompt($0),
        settings: PlanSamples.settings()
      )
    }
    let plan = try PlanSamples.planner().plan(requests)
    #expect(
      plan.entries.map(\.reason)
        == Array(repeating: .tooShort(tokens: 1900, minimum: 4096), count: 2)
    )
    #expect(plan.total.expectedHits == 0)
    #expect(plan.total.cost?.cached == plan.total.cost?.uncached)
  }

  @Test func aModelWithoutImplicitCachingPromisesNone() throws {
    let requests = try ["a", "b"].map {
      PlanRequest(
        source: PlanSamples.source("a.mp4"),
        prompt: try PlanSamples.prompt($0),
        settings: PlanSamples.settings("gemini-2.0-flash")
      )
    }
    let plan = try PlanSamples.planner(day: "2026-01-01").plan(requests)
    #expect(plan.entries.map(\.reason) == [.notOffered, .notOffered])
    #expect(plan.notices.contains { $0.contains("shut down") })
  }

  @Test func aBatchIsPricedAsOneAndFillsNoCache() throws {
    let requests = try ["a", "b"].map {
      PlanRequest(
        source: PlanSamples.source("a.mp4"),
        prompt: try PlanSamples.prompt($0),
        settings: PlanSamples.settings()
      )
    }
    let online = try #require(PlanSamples.planner().plan(requests).total.cost)
    let plan = try PlanSamples.planner { $0.tier = .batch }.plan(requests)
    let batch = try #require(plan.total.cost)
    #expect(plan.entries.map(\.reason) == [.batch, .batch])
    #expect(batch.uncached.expected * 2 == online.uncached.expected)
    #expect(online.batch == batch.uncached)
  }

  @Test func aModelWithoutABatchPriceHasNoBatchTotal() throws {
    let request = PlanRequest(
      source: PlanSamples.source("a.mp4"),
      prompt: try PlanSamples.prompt("a"),
      settings: PlanSamples.settings("gemini-3.5-transcribe")
    )
    let cost = try #require(PlanSamples.planner().plan([request]).total.cost)
    #expect(cost.batch == nil)
  }

  @Test func whatIsNotKnownIsRefusedUnlessAllowed() throws {
    let prompt = try PlanSamples.prompt("a")
    let settings = PlanSamples.settings()
    let live = PlanSource(name: "https://youtu.be/x", range: nil)
    let cases: [(PlanRequest, String)] = [
      (PlanRequest(source: live, prompt: prompt, settings: settings), "the setting duration"),
      (
        PlanRequest(
          source: PlanSamples.source("a"),
          prompt: prompt,
          settings: PlanSamples.settings("gemini-9")
        ), "the setting noEstimate"
      ),
      (
        PlanRequest(
          source: PlanSamples.source("a"),
          prompt: prompt,
          settings: PlanSamples.settings("gemini-2.0-flash")
        ), "ended on 2026-06-01"
      ),
    ]
    for (request, hint) in cases {
      let error = try #require(throws: PlanError.self) { try PlanSamples.planner().plan([request]) }
      #expect(error.description.contains(hint))
      let plan = try PlanSamples.planner { $0.allowsUnknowns = true }.plan([request, request])
      #expect(plan.entries.count == 2)
      #expect(plan.total.cost == nil)
      #expect(CostLimit(dollars: 100).verdict(on: plan) != .proceed)
    }
  }

  @Test func aPriceThatChangesIsSaidOnce() throws {
    let requests = try ["a", "b"].map {
      PlanRequest(
        source: PlanSamples.source("https://youtu.be/x", seconds: 3600),
        prompt: try PlanSamples.prompt($0),
        settings: PlanSamples.settings()
      )
    }
    let notices = try PlanSamples.planner().plan(requests).notices
    #expect(notices.count { $0.contains("price of gemini-3.8-flash changes") } == 1)
  }

  @Test func videosBeyondTheLimitsAreNamed() throws {
    let request = PlanRequest(
      source: PlanSamples.source("long.mp4", seconds: 4 * 3600),
      prompt: try PlanSamples.prompt("a"),
      settings: PlanSamples.settings()
    )
    let share = try #require(PlanSamples.planner().plan([request]).entries[0].share)
    #expect(share.input > 1)
    #expect(share.problem?.contains("send it in clips") == true)
    var short = request
    short.source = PlanSamples.source("short.mp4", seconds: 600)
    #expect(try PlanSamples.planner().plan([short]).entries[0].share?.problem == nil)
  }

  @Test func anEmptyPlanCostsNothing() throws {
    let plan = try PlanSamples.planner().plan([])
    #expect(plan.total.cost?.cached.expected == 0)
    #expect(plan.entries.isEmpty)
  }

  @Test func manyRequestsArePlannedAndAddedUpExactly() throws {
    let prompts = try (1...10).map { try PlanSamples.prompt("prompt \($0)", textTokens: $0) }
    let sources = (1...100).map { PlanSamples.source("video \($0)", seconds: Double($0)) }
    let requests = PlanSamples.promptMajor(sources: sources, prompts: prompts)
    let plan = try PlanSamples.planner().plan(requests)
    #expect(plan.total.requests == 1000)
    // 44 seconds and more are 4,096 tokens at 70 + 25 a second.
    #expect(plan.total.expectedHits == 57 * 9)
    let costs = plan.entries.compactMap(\.cost)
    #expect(costs.count == 1000)
    #expect(plan.total.cost?.uncached == costs.map(\.uncached).reduce(.zero, +))
    #expect(plan.total.cost?.cached == costs.map(\.cached).reduce(.zero, +))
    #expect(plan.total.cost?.batch == costs.compactMap(\.batch).reduce(.zero, +))
  }
}
