import Foundation
import GeminiAPI
import RequestPlanning
import Testing

@Suite struct ModelCatalogTests {
  @Test func theBuiltInDataAreWellFormedAndDated() throws {
    let catalog = try ModelCatalog.builtIn()
    #expect(catalog.asOf?.description == "2026-11-27")
    #expect(catalog.cards.count >= 16)
    let keys = Set(catalog.sources.map(\.key))
    for card in catalog.cards {
      #expect(card.asOf != nil, "\(card.id)")
      for row in card.prices.flatMap(\.rows) {
        #expect(!row.sources.isEmpty, "\(card.id)")
        #expect(keys.isSuperset(of: row.sources), "\(card.id)")
      }
      #expect(keys.isSuperset(of: card.media?.sources ?? []), "\(card.id)")
    }
  }

  @Test(arguments: [
    ("gemini-3.8-flash", "gemini-3.8-flash", false),
    ("models/gemini-3.8-flash", "gemini-3.8-flash", false),
    ("publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro", false),
    ("googleai/gemini-3.5-flash-lite", "gemini-3.5-flash-lite", false),
    ("gemini-2.5-flash-001", "gemini-2.5-flash", false),
    ("gemini-flash-latest", "gemini-3.8-flash", true),
    ("gemini-pro-latest", "gemini-3.1-pro-preview", true),
  ])
  func aModelIsFoundByEveryNameItHas(_ name: String, _ id: String, _ isAlias: Bool) throws {
    let found = try #require(ModelCatalog.builtIn().resolve(name))
    #expect(found.card.id == id)
    #expect(found.isAlias == isAlias)
    #expect(found.requested == name)
  }

  @Test(arguments: ["", "gemini", "gemini-9-flash", "gpt-4o", "gemini-3.8-flash-preview", "/"])
  func anUnknownNameIsNotGuessed(_ name: String) throws {
    #expect(try ModelCatalog.builtIn().resolve(name) == nil)
  }

  @Test func aUsersFileReplacesOnlyWhatItNames() throws {
    let base = try ModelCatalog.builtIn()
    let file = """
      {"models": [
        {"id": "gemini-3.8-flash", "notes": ["ours"]},
        {"id": "gemini-5", "limits": {"inputTokens": 10, "outputTokens": 5}, "media": "gemini-5"}
      ],
      "mediaRates": {"gemini-5": {"tokensPerFrame": {"low": 9}, "audioTokensPerSecond": {"ai-studio": 1}}},
      "aliases": [{"id": "newest", "model": "gemini-5"}]}
      """
    let catalog = try base.overridden(by: Array(file.utf8), file: "mine.json")
    #expect(catalog.card("gemini-3.8-flash")?.notes == ["ours"])
    #expect(catalog.card("gemini-3.8-flash")?.prices == base.card("gemini-3.8-flash")?.prices)
    #expect(catalog.resolve("newest")?.card.media?.tokensPerFrame[.low] == 9)
    #expect(catalog.resolve("gemini-flash-latest")?.card.id == "gemini-3.8-flash")
    #expect(catalog.cards.map(\.id) == base.cards.map(\.id) + ["gemini-5"])
    #expect(catalog.asOf == base.asOf)
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let line: Int
    let reason: String
    let file: String
    var testDescription: String { reason }
  }

  static let faults = [
    Fault(line: 2, reason: "a comma", file: "{\"models\": [\n1 2]}"),
    Fault(line: 1, reason: "an object is due", file: "[]"),
    Fault(line: 3, reason: "the member “id” is missing", file: "{\"models\": [\n\n{}]}"),
    Fault(
      line: 4,
      reason: "an amount in US dollars",
      file: """
        {"models": [{"id": "x", "prices": [
          {"platform": "ai-studio", "rows": [
            {"tier": "standard",
             "input": "-1", "output": "2"}]}]}]}
        """
    ),
    Fault(
      line: 2,
      reason: "one of standard, batch, flex, priority is due",
      file: """
        {"models": [{"id": "gemini-3.8-flash", "prices": [{"platform": "ai-studio", "rows": [
          {"tier": "cheap", "input": "1", "output": "2"}]}]}]}
        """
    ),
    Fault(
      line: 2,
      reason: "a day such as",
      file: """
        {"models": [{"id": "x", "status": {"state": "stable",
          "shutdown": "2026-02-30"}}]}
        """
    ),
    Fault(
      line: 3,
      reason: "is before \"from\"",
      file: """
        {"models": [{"id": "x", "prices": [

          {"platform": "ai-studio", "from": "2027-01-01", "through": "2026-01-01"}]}]}
        """
    ),
    Fault(
      line: 2,
      reason: "unknown key; known are",
      file: "{\"models\": [{\"id\": \"x\",\n\"price\": []}]}"
    ),
    Fault(
      line: 2,
      reason: "no model has the id",
      file: "{\"aliases\": [\n{\"id\": \"a\", \"model\": \"b\"}]}"
    ),
    Fault(
      line: 3,
      reason: "a second x",
      file: "{\"models\": [\n{\"id\": \"x\"},\n{\"id\": \"x\"}]}"
    ),
    Fault(line: 1, reason: "only \"USD\"", file: "{\"currency\": \"EUR\"}"),
  ]

  @Test(arguments: faults) func aFaultyFileIsRefusedWithLineAndReason(_ fault: Fault) throws {
    let error = try #require(throws: ModelDataError.self) {
      try ModelCatalog.builtIn().overridden(by: Array(fault.file.utf8), file: "mine.json")
    }
    #expect(error.line == fault.line)
    #expect(fault.reason == "a comma" || error.reason.contains(fault.reason), "\(error)")
    #expect(error.description.hasPrefix("mine.json:\(fault.line): "))
  }

  @Test func pricesAreReadDigitByDigit() throws {
    let file = """
      {"models": [{"id": "x", "prices": [{"platform": "ai-studio", "rows": [
        {"tier": "standard", "input": "0.1", "output": 0.123456789012345678}]}]}]}
      """
    let card = try #require(ModelCatalog(parsing: Array(file.utf8), file: "x.json").card("x"))
    #expect(card.prices[0].rows[0].input.description == "0.1")
    #expect(card.prices[0].rows[0].output.description == "0.123456789012345678")
  }
}
