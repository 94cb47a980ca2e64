import Foundation
import GeminiAPI
import RequestPlanning
import Testing
import TranscriptModel

@Suite struct CostCalculatorTests {
  private func calculator(
    _ model: String,
    _ tier: ServiceTier = .standard,
    _ platform: ModelPlatform = .aiStudio,
    day: String = "2026-11-20"
  ) throws -> CostCalculator {
    try CostCalculator(
      card: Catalogs.card(model),
      platform: platform,
      tier: tier,
      day: Catalogs.day(day)
    )
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let why: String
    let model: String
    var tier = ServiceTier.standard
    var platform = ModelPlatform.aiStudio
    var day = "2026-11-20"
    let tokens: BilledTokens
    let total: String
    var testDescription: String { why }
  }

  static let million = BilledTokens(input: 1_000_000, output: 1_000_000)

  static let cases = [
    Case(why: "introductory", model: "gemini-3.8-flash", tokens: million, total: "4.5"),
    Case(
      why: "last introductory day",
      model: "gemini-3.8-flash",
      day: "2026-12-31",
      tokens: million,
      total: "4.5"
    ),
    Case(
      why: "after the introduction",
      model: "gemini-3.8-flash",
      day: "2027-01-01",
      tokens: million,
      total: "9"
    ),
    Case(why: "batch", model: "gemini-3.8-flash", tier: .batch, tokens: million, total: "2.25"),
    Case(
      why: "priority",
      model: "gemini-3.8-flash",
      tier: .priority,
      tokens: million,
      total: "8.1"
    ),
    Case(
      why: "200,000 tokens are not above 200,000",
      model: "gemini-3.1-pro-preview",
      tokens: BilledTokens(input: 100_000, cached: 100_000, output: 1000),
      total: "0.232"
    ),
    Case(
      why: "one more bills the whole request at the higher row",
      model: "gemini-3.1-pro-preview",
      tokens: BilledTokens(input: 100_001, cached: 100_000, output: 1000),
      total: "0.458004"
    ),
    Case(
      why: "audio costs more",
      model: "gemini-3.1-flash-lite",
      tokens: BilledTokens(input: 1000, inputAudio: 1000, cached: 1000, cachedAudio: 1000),
      total: "0.000825"
    ),
    Case(
      why: "audio without a price of its own costs what the rest costs",
      model: "gemini-3.5-flash-lite",
      tokens: BilledTokens(input: 1000, inputAudio: 1000, cached: 1000, cachedAudio: 1000),
      total: "0.00066"
    ),
    Case(
      why: "the discount on cached tokens is not halved again in a batch of 2.5",
      model: "gemini-2.5-flash",
      tier: .batch,
      tokens: BilledTokens(cached: 1_000_000),
      total: "0.03"
    ),
    Case(
      why: "the Agent Platform differs where it says so",
      model: "gemini-3.5-flash-lite",
      tier: .batch,
      platform: .agentPlatform,
      tokens: BilledTokens(cached: 1_000_000),
      total: "0.015"
    ),
    Case(
      why: "and is like AI Studio elsewhere",
      model: "gemini-3.8-flash",
      platform: .agentPlatform,
      tokens: million,
      total: "4.5"
    ),
    Case(
      why: "no discount is invented where none is known",
      model: "gemini-3.5-transcribe",
      tokens: BilledTokens(cached: 1_000_000),
      total: "2"
    ),
  ]

  @Test(arguments: cases) func tokensCostWhatTheDataSay(_ example: Case) throws {
    let prices = try calculator(example.model, example.tier, example.platform, day: example.day)
    #expect(prices.cost(of: example.tokens).total == Decimal(string: example.total))
  }

  @Test func cachedTokensWithoutModalitiesTakeTheirShareOfAudio() {
    let usage = Usage(
      promptTokens: 1000,
      cachedTokens: 500,
      outputTokens: 7,
      thoughtsTokens: 3,
      toolUseTokens: 20,
      promptTokensByModality: [
        .init(modality: "VIDEO", tokens: 800), .init(modality: "AUDIO", tokens: 200),
      ]
    )
    let expected = BilledTokens(
      input: 420,
      inputAudio: 100,
      cached: 400,
      cachedAudio: 100,
      output: 10
    )
    #expect(BilledTokens(usage) == expected)
  }

  @Test func hostileCountsNeverMakeNegativeTokens() {
    let usage = Usage(
      promptTokens: 10,
      cachedTokens: 50,
      promptTokensByModality: [.init(modality: "AUDIO", tokens: 30)],
      cachedTokensByModality: [.init(modality: "AUDIO", tokens: 90)]
    )
    let tokens = BilledTokens(usage)
    #expect(
      [tokens.input, tokens.inputAudio, tokens.cached, tokens.cachedAudio].allSatisfy { $0 >= 0 }
    )
  }

  @Test func storageIsPricedByTime() throws {
    let cost = try calculator("gemini-3.5-flash-lite").storageCost(tokens: 300_000, hours: 2)
    #expect(cost == Decimal(string: "0.6"))
    let error = try #require(throws: PricingError.self) {
      try calculator("gemini-3.5-flash").storageCost(tokens: 1, hours: 1)
    }
    #expect(error.code == .noStoragePrice)
  }

  @Test func aPriceThatIsNotKnownIsRefusedInWords() throws {
    let ended = try #require(throws: PricingError.self) { try calculator("gemini-2.0-flash") }
    #expect(ended.code == .ended(last: try Catalogs.day("2026-06-01")))
    let unpriced = Array(#"{"models": [{"id": "x", "prices": []}]}"#.utf8)
    let card = try #require(ModelCatalog(parsing: unpriced, file: "x.json").card("x"))
    let none = try #require(throws: PricingError.self) {
      try CostCalculator(card: card, platform: .aiStudio, day: Catalogs.day("2026-11-20"))
    }
    #expect(none.code == .noPrices)
    let tier = try #require(throws: PricingError.self) {
      try calculator("gemini-3.5-transcribe", .batch)
    }
    #expect(tier.code == .tierNotOffered(.batch))
  }

  @Test func aClockBeforeTheFirstPriceIsNoticed() throws {
    let file = """
      {"models": [{"id": "x", "prices": [{"platform": "ai-studio", "from": "2026-01-01", "rows": [
        {"tier": "standard", "input": "1", "output": "1"}]}]}]}
      """
    let card = try #require(ModelCatalog(parsing: Array(file.utf8), file: "x.json").card("x"))
    let error = try #require(throws: PricingError.self) {
      try CostCalculator(card: card, platform: .aiStudio, day: Catalogs.day("1970-01-01"))
    }
    #expect(error.code == .notYet(first: try Catalogs.day("2026-01-01")))
    #expect(error.description.contains("check the clock"))
  }
}
