import GeminiAPI
import OrderedJSON
import RequestPlanning
import Testing

/// The stable document of `plan --json`.
@Suite struct PlanJSONTests {
  private func document(_ change: (inout PlannerOptions) -> Void = { _ in }) throws -> JSONValue {
    let requests = PlanSamples.promptMajor(
      sources: [PlanSamples.source("a.mp4"), PlanSamples.source("b.mp4")],
      prompts: try [
        PlanSamples.prompt("transcribe"), PlanSamples.prompt("sounds", schema: "sounds"),
      ]
    )
    let json = try PlanSamples.planner(change).plan(requests).json
    return try JSONValue(parsing: json.rendered(.pretty))
  }

  @Test func everyMemberOfTheContractIsThere() throws {
    let document = try document()
    for key in ["requests", "total", "explicitCache"] { #expect(document[key] != nil, "\(key)") }
    let request = try #require(document["requests"]?[1])
    let members = [
      "order", "source", "prompt", "model", "clip", "prefix", "group", "warmUp", "estimate", "why",
    ]
    for key in members { #expect(request[key] != nil, "\(key)") }
    let estimate = try #require(request["estimate"])
    for key in ["videoTokens", "audioTokens", "textTokens", "inputTokens"] {
      #expect(estimate[key]?.int != nil, "\(key)")
    }
    for key in ["low", "expected", "high"] {
      #expect(estimate["outputTokens"]?[key]?.int != nil, "\(key)")
    }
    for key in ["uncached", "cached"] {
      #expect(estimate["costUSD"]?[key]?.double != nil, "\(key)")
    }
    let total = try #require(document["total"])
    #expect(total["inputTokens"]?.int != nil)
    for key in ["uncached", "cached", "batch"] {
      #expect(total["costUSD"]?[key]?.double != nil, "\(key)")
    }
  }

  @Test func theFiguresAreThoseOfThePlan() throws {
    let document = try document()
    let first = try #require(document["requests"]?[0])
    let second = try #require(document["requests"]?[1])
    #expect(first["order"]?.int == 1)
    #expect(first["warmUp"]?.bool == true)
    #expect(first["why"]?.string == "first of 2, fills the cache")
    #expect(second["source"]?.string == "a.mp4")
    #expect(second["prompt"]?.string == "sounds")
    #expect(second["why"]?.string == "cache expected, filled by request 1")
    #expect(first["prefix"] == second["prefix"])
    #expect(first["prefix"]?.string?.count == 16)
    #expect(second["clip"]?["endMS"]?.int == 3_263_000)
    #expect(second["estimate"]?["inputTokens"]?.int == 3263 * 95 + 220)
    #expect(document["total"]?["inputTokens"]?.int == 4 * (3263 * 95 + 220))
    #expect(document["total"]?["cacheHits"]?.int == 2)
  }

  @Test func moneyKeepsAllItsDigits() throws {
    let request = PlanRequest(
      source: PlanSamples.source("a.mp4", seconds: 1),
      prompt: PlanPrompt(name: "a", tables: [], textTokens: 5),
      settings: PlanSamples.settings("gemini-3.5-flash-lite")
    )
    let document = try PlanSamples.planner().plan([request]).json
    let cost = document["requests"]?[0]?["estimate"]?["costUSD"]?["uncached"]
    // 100 tokens at 0.30 and 400 at 2.50 US dollars a million.
    #expect(cost?.rendered() == "0.00103")
  }

  @Test func whatIsNotKnownIsNull() throws {
    // Of this model no price of that tier is known.
    var unpriced = PlanSamples.settings("gemini-4-carbon")
    unpriced.serviceTier = .flex
    let requests = [
      PlanRequest(
        source: PlanSource(name: "https://youtu.be/x", range: nil),
        prompt: try PlanSamples.prompt("a"),
        settings: PlanSamples.settings()
      ),
      PlanRequest(
        source: PlanSamples.source("a"),
        prompt: try PlanSamples.prompt("a"),
        settings: unpriced
      ),
    ]
    let document = try PlanSamples.planner { $0.allowsUnknowns = true }.plan(requests).json
    #expect(document["requests"]?[0]?["clip"]?.isNull == true)
    #expect(document["requests"]?[0]?["estimate"]?.isNull == true)
    #expect(document["requests"]?[1]?["estimate"]?["costUSD"]?["cached"]?.isNull == true)
    #expect(document["total"]?["costUSD"]?["cached"]?.isNull == true)
  }
}
