internal import CommandLineInterface
internal import EmbeddedLibrary
internal import GeminiAPI
internal import RequestPlanning
internal import TabularExtraction
internal import TestSupport
import Testing
internal import TranscriptModel

@testable internal import TabscribeCommands

@Suite struct PlanListingTests {
  private func source(_ name: String, seconds: Int) -> PlanSource {
    let end = Timecode(milliseconds: seconds * 1000)
    return PlanSource(name: name, range: TimeRange(start: .zero, end: end), length: end)
  }

  private func prompt(_ name: String, schema: String) throws -> PlanPrompt {
    let text = try #require(EmbeddedLibrary.schemas.file(named: schema + ".json")?.text)
    let tables = try TableSchema(name: schema, parsing: text).tables
    return PlanPrompt(name: name, tables: tables, textTokens: 220)
  }

  private func requests(_ sources: [PlanSource]) throws -> [PlanRequest] {
    var settings = RequestSettings(model: "gemini-3.5-flash-lite", mediaResolution: .low)
    settings.thinking = .level(.minimal)
    let prompts = [
      try prompt("transcribe", schema: "transcripts-speakers"),
      try prompt("sounds", schema: "sounds"),
    ]
    return sources.flatMap { source in
      prompts.map { PlanRequest(source: source, prompt: $0, settings: settings) }
    }
  }

  private func planner() throws -> Planner {
    let day = try #require(CalendarDay(parsing: "2026-11-20"))
    return Planner(
      catalog: try ModelCatalog.builtIn(),
      options: PlannerOptions(day: day, allowsUnknowns: true)
    )
  }

  private func lines(_ sources: [PlanSource], width: Int? = nil) throws -> [String] {
    let plan = try planner().plan(requests(sources))
    return PlanListing(plan: plan).lines(width: width)
  }

  @Test func eachRequestHasALineAndTheTotalStandsLast() throws {
    let lines = try lines([source("talk.mp4", seconds: 3263), source("keynote.mp4", seconds: 6003)])
    let text = lines.map { $0 + "\n" }.joined()
    #expect(Snapshot.difference(of: text, from: "plan/two-sources.txt") == nil)
  }

  @Test func aNarrowTerminalCutsWordsAndKeepsNumbers() throws {
    let lines = try lines([source("a very long name of a video.mp4", seconds: 60)], width: 80)
    #expect(lines.prefix(3).allSatisfy { DisplayWidth.of($0) <= 80 })
    #expect(lines[1].contains("5,920"))
    #expect(lines[1].contains("…"))
  }

  @Test func whatIsNotKnownIsAQuestionMark() throws {
    let lines = try lines([PlanSource(name: "https://youtu.be/x", range: nil)])
    #expect(lines[1].contains("?"))
    #expect(lines.last == " 2 requests · input tokens not known · the cost is not known")
    let mixed = try self.lines([
      PlanSource(name: "https://youtu.be/x", range: nil), source("talk.mp4", seconds: 60),
    ])
    #expect(mixed.last?.contains(" · at least 12k input tokens · ") == true)
  }

  @Test func videosBeyondTheLimitsAreNamedUnderTheTable() throws {
    let lines = try lines([source("long.mp4", seconds: 4 * 3600)])
    #expect(lines.contains { $0.contains("requests 1, 2: the prompt is 130 %") })
  }

  @Test func aCacheOfItsOwnIsAnnounced() throws {
    let prompts = try (1...9).map { try prompt("p\($0)", schema: "sounds") }
    let settings = RequestSettings(model: "gemini-3.5-flash-lite", mediaResolution: .low)
    let short = source("short.mp4", seconds: 40)
    let requests = prompts.map { PlanRequest(source: short, prompt: $0, settings: settings) }
    let lines = PlanListing(plan: try planner().plan(requests)).lines(width: nil)
    #expect(lines.contains { $0.contains("a cache of 3,800 tokens serves 9 requests") })
  }

  @Test func manyRequestsAreFolded() throws {
    let sources = (1...150).map { source("v\($0).mp4", seconds: 60) }
    let lines = try lines(sources)
    #expect(lines.count == 1 + PlanListing.mostRows + 2)
    #expect(lines[lines.count - 2] == " … and 100 more (--json has them all)")
  }

  @Test func aGridMarksTheCheapestCombination() throws {
    let grid = WhatIf(
      try requests([source("talk.mp4", seconds: 3263)]),
      axes: [.fps, .encoding],
      planner: try planner()
    )
    let lines = WhatIfListing(grid: grid).table.lines(width: nil)
    #expect(lines.count == 9)
    #expect(lines.filter { $0.hasSuffix("cheapest") } == [lines[2]])
    #expect(lines[2].hasPrefix("fps 0.2 · tsv"))
  }

  @Test func afterARunPredictedAndAchievedHitsStandInOneLine() throws {
    let plan = try planner().plan(requests([source("talk.mp4", seconds: 3263)]))
    let billed = Usage(promptTokens: 310_205, outputTokens: 20_000)
    let outcomes = [1, 2].map { RequestOutcome(order: $0, usage: billed, isComplete: false) }
    let result = Reconciliation(plan: plan, outcomes: outcomes)
    let lines = ReconciliationListing(reconciliation: result).lines
    #expect(lines[0].hasPrefix(" cache hits: 1 predicted, 0 achieved · USD: "))
    #expect(lines[0].hasSuffix(" estimated, 0.29 billed"))
    #expect(lines[1].hasPrefix("  tokens  estimated   billed  of estimate"))
    #expect(lines.contains { $0.hasPrefix("  input     620,410  620,410") })
    #expect(lines.contains { $0.hasPrefix("  cached    309,985        0          0 %") })
    let reasons = lines.filter { $0.hasPrefix(" Request") }
    #expect(reasons.first?.hasPrefix(" Request 2 (talk.mp4, sounds): 309985 tokens") == true)
  }
}
