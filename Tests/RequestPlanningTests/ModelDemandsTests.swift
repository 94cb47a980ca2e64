import Foundation
import GeminiAPI
import Testing
import TranscriptModel

@testable import RequestPlanning

/// What models refuse, said before anything is sent.
@Suite struct ModelDemandsTests {
  private func refused(
    _ model: String,
    _ change: (inout ModelDemands) -> Void
  ) throws -> [ModelObjection.Subject] {
    let card = try #require(try ModelCatalog.builtIn().card(model))
    var demands = ModelDemands()
    change(&demands)
    return card.objections(to: demands).filter(\.isRefused).map(\.subject)
  }

  @Test func aCardSaysWhatItsModelRefuses() throws {
    #expect(
      try refused("gemini-4-neon") { $0.sampling = ["temperature"] } == [.sampling("temperature")]
    )
    #expect(try refused("gemini-3.8-flash") { $0.sampling = ["temperature"] }.isEmpty)
    #expect(try refused("gemini-4-neon") { $0.thinking = .budget(512) } == [.thinking])
    #expect(try refused("gemini-2.5-pro") { $0.thinking = .budget(0) } == [.thinking])
    #expect(try refused("gemini-2.5-flash") { $0.thinking = .budget(0) }.isEmpty)
    #expect(
      try refused("gemini-3.5-flash") {
        $0.isAgentic = true
        $0.showsPictures = true
      } == [.agentic]
    )
    #expect(try refused("gemini-3.5-transcribe") { $0.showsPictures = true } == [.pictures])
    #expect(try refused("gemini-3.5-transcribe") { $0.showsPictures = false }.isEmpty)
    #expect(try refused("gemini-3.8-flash") { $0.maxOutputTokens = 65_537 } == [.output])
    #expect(try refused("gemini-4-argon") { $0.maxOutputTokens = 1_048_576 }.isEmpty)
  }

  @Test(arguments: [
    ("gemini-3.1-pro-preview", "eu", false), ("gemini-3.1-pro-preview", "global", true),
    ("gemini-3.8-flash", "eu", true), ("gemini-3.8-flash", "us-central1", false),
    ("gemini-4-argon", "us", true), ("gemini-2.5-flash", "us-central1", true),
  ])
  func locationsAreThoseOfTheCard(_ model: String, _ location: String, _ served: Bool) throws {
    let found = try refused(model) {
      ($0.platform, $0.location) = (.agentPlatform, location)
    }
    #expect(found == (served ? [] : [.location]))
    #expect(try refused(model) { $0.location = location }.isEmpty)
  }

  @Test func theFourthGenerationCostsMoreOutsideGlobal() throws {
    func cost(_ model: String, _ location: String) throws -> Decimal {
      let card = try #require(try ModelCatalog.builtIn().card(model))
      return try CostCalculator(
        card: card,
        platform: .agentPlatform,
        location: location,
        day: try Catalogs.day("2026-12-05")
      ).cost(of: BilledTokens(input: 1_000_000, output: 0)).total
    }
    let global = try cost("gemini-4-argon", "global")
    #expect(try cost("gemini-4-argon", "eu") == global * Decimal(string: "1.1")!)
    #expect(try cost("gemini-3.8-flash", "eu") == cost("gemini-3.8-flash", "global"))
  }

  private func estimate(output: Int, input: Int = 100_000) -> TokenEstimate {
    TokenEstimate(
      frames: 0,
      video: 0,
      audio: 0,
      text: input,
      textIsCounted: true,
      output: TokenRange(low: output / 2, expected: output, high: output * 3 / 2),
      thinking: .zero,
      rateBasis: .none,
      tokensPerFrame: 0,
      outputRuns: 0
    )
  }

  @Test func aLongReplyIsAskedForInWholeDecodes() throws {
    let card = try #require(try ModelCatalog.builtIn().card("gemini-4-carbon"))
    #expect(card.outputToAsk(for: estimate(output: 40_000), on: .aiStudio) == nil)
    #expect(card.outputToAsk(for: estimate(output: 60_000), on: .aiStudio) == 2 * 65_536)
    // Prompt and reply share what the model holds.
    let crowded = estimate(output: 200_000, input: 900_000)
    #expect(card.outputToAsk(for: crowded, on: .aiStudio) == 1_048_576 - 900_000)
    let other = try #require(try ModelCatalog.builtIn().card("gemini-3.8-flash"))
    #expect(other.outputToAsk(for: estimate(output: 100_000), on: .aiStudio) == nil)
  }

  @Test func eachDecodeReadsThePromptAgain() throws {
    let quote = Quote(
      RequestSettings(model: "gemini-4-carbon"),
      catalog: try .builtIn(),
      learned: LearnedRates(),
      day: try Catalogs.day("2026-12-05")
    )
    let one = try #require(quote.cost(of: estimate(output: 60_000))?.uncached.expected)
    let two = try #require(quote.cost(of: estimate(output: 120_000))?.uncached.expected)
    let price = try #require(quote.cost(of: Usage(promptTokens: 165_536))?.total)
    let written = try #require(quote.cost(of: Usage(outputTokens: 60_000))?.total)
    #expect(two == one + price + written)
    let share = try #require(
      try ModelCatalog.builtIn().card("gemini-4-carbon")?
        .share(of: estimate(output: 120_000), on: .aiStudio)
    )
    #expect(share.problem?.contains("2 decodes") == true)
  }

  @Test func anAnswerOfAnotherModelCostsWhatThatModelCosts() throws {
    let quote = Quote(
      RequestSettings(model: "gemini-3.5-flash-lite"),
      catalog: try .builtIn(),
      learned: LearnedRates(),
      day: try Catalogs.day("2026-11-20")
    )
    let usage = Usage(promptTokens: 100_000, outputTokens: 10_000)
    let asked = try #require(quote.cost(of: usage)?.total)
    #expect(asked == Decimal(string: "0.055"))
    #expect(quote.cost(of: usage, by: "gemini-3.5-flash-lite-001")?.total == asked)
    // 1.50 a million in and 9.00 out, as of 2026-11-20.
    #expect(quote.cost(of: usage, by: "gemini-3.5-flash")?.total == Decimal(string: "0.24"))
  }
}
