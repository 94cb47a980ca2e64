import Foundation
import OrderedJSON
import RequestPlanning
import TestSupport
import Testing
import TranscriptModel

/// What a price library computes for recorded usage, against our cost, to the last decimal.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct ObservedPricesTests {
  /// The prices of two models that draw, which this program has no other use for.
  private static let drawingModels = """
    {"models": [
      {"id": "gemini-3-pro-image-preview", "prices": [{"platform": "ai-studio", "rows": [
        {"tier": "standard", "input": "2", "output": "12", "outputImage": "120"}]}]},
      {"id": "gemini-2.5-flash-image", "prices": [{"platform": "ai-studio", "rows": [
        {"tier": "standard", "input": "0.3", "output": "2.5", "outputImage": "30"}]}]}]}
    """

  private func counts(_ value: JSONValue?) -> [Usage.ModalityCount] {
    (value?.array ?? []).map {
      Usage.ModalityCount(
        modality: $0["modality"]?.string ?? "",
        tokens: $0["tokenCount"]?.int ?? 0
      )
    }
  }

  private func billed(_ metadata: JSONValue?) -> BilledTokens {
    let usage = Usage(
      promptTokens: metadata?["promptTokenCount"]?.int ?? 0,
      cachedTokens: metadata?["cachedContentTokenCount"]?.int ?? 0,
      outputTokens: metadata?["candidatesTokenCount"]?.int ?? 0,
      thoughtsTokens: metadata?["thoughtsTokenCount"]?.int ?? 0,
      promptTokensByModality: counts(metadata?["promptTokensDetails"]),
      cachedTokensByModality: counts(metadata?["cacheTokensDetails"])
    )
    let images = counts(metadata?["candidatesTokensDetails"]).filter { $0.modality == "IMAGE" }
    return BilledTokens(usage, outputImages: images.map(\.tokens).reduce(0, +))
  }

  @Test func recordedUsageIsPricedExactly() throws {
    let catalog = try ModelCatalog.builtIn()
      .overridden(by: Array(Self.drawingModels.utf8), file: "drawing.json")
    let lines = try SharedFixtures.text("fixtures/reference/pricing/usage-to-price.jsonl")
      .split(separator: "\n")
    #expect(lines.count == 22)
    // A day on which every model of the list had a price.
    let day = try Catalogs.day("2026-05-15")
    for line in lines {
      let example = try JSONValue(parsing: String(line))
      let card = try #require(catalog.resolve(example["modelVersion"]?.string ?? "")?.card)
      let prices = try CostCalculator(card: card, platform: .aiStudio, day: day)
      let cost = prices.cost(of: billed(example["usageMetadata"]))
      let input = try #require(Decimal(string: example["inputPriceUSD"]?.string ?? ""))
      let output = try #require(Decimal(string: example["outputPriceUSD"]?.string ?? ""))
      #expect(cost.input + cost.cached == input, "\(card.id)")
      #expect(cost.output == output, "\(card.id)")
      print("\(card.id): \(input + output) USD recorded, \(cost.total) computed")
    }
  }
}
