import RequestPlanning
import Testing

@Suite struct ModelNoticeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let model: String
    var platform = ModelPlatform.aiStudio
    var day = "2026-11-20"
    let kinds: [ModelNotice.Kind]
    var testDescription: String { "\(model) \(day) \(platform)" }
  }

  static let cases = [
    Case(model: "gemini-3.5-flash-lite", kinds: []),
    Case(model: "gemini-3.1-pro-preview", kinds: [.preview]),
    Case(model: "gemini-3-flash-preview", kinds: [.preview]),
    Case(model: "gemini-2.0-flash", kinds: [.shutDown]),
    Case(model: "gemini-2.0-flash", day: "2026-05-01", kinds: [.shutDown]),
    Case(model: "gemini-3.8-flash", kinds: [.priceChange]),
    Case(model: "gemini-3.8-flash", day: "2026-09-30", kinds: []),
    Case(model: "gemini-3.8-flash", day: "2027-01-01", kinds: []),
    Case(model: "gemini-flash-latest", kinds: [.alias, .priceChange]),
    Case(model: "gemini-4-argon", kinds: [.limited, .priceChange, .unverified]),
    Case(model: "gemini-4-carbon", kinds: [.limited, .unverified]),
    Case(model: "gemini-3.7-flash", platform: .agentPlatform, kinds: [.deprecated, .priceChange]),
    Case(model: "gemini-3.6-flash", platform: .agentPlatform, kinds: [.shutDown, .priceChange]),
    Case(model: "gemini-3.6-flash", kinds: [.priceChange]),
    Case(model: "gemini-2.5-pro", kinds: [.limited]),
  ]

  @Test(arguments: cases) func aModelsStateIsToldBeforeItIsUsed(_ example: Case) throws {
    let found = try #require(ModelCatalog.builtIn().resolve(example.model))
    let notices = found.notices(on: example.platform, day: try Catalogs.day(example.day))
    #expect(notices.map(\.kind) == example.kinds)
    #expect(notices.allSatisfy { $0.message.contains(found.card.id) && $0.message.hasSuffix(".") })
  }

  @Test func aPriceChangeSaysWhatAndWhen() throws {
    let found = try #require(ModelCatalog.builtIn().resolve("gemini-3.8-flash"))
    let notices = found.notices(on: .aiStudio, day: try Catalogs.day("2026-12-31"))
    #expect(
      notices.map(\.message) == [
        "The price of gemini-3.8-flash changes: 0.75 in and 3.75 out until 2026-12-31, then 1.5 and "
          + "7.5 US dollars per million tokens."
      ]
    )
  }

  @Test func levelsThatAModelRefusesAreObjectedTo() throws {
    #expect(try Catalogs.card("gemini-3.8-flash").thinking.objection(toLevel: "MINIMAL") != nil)
    #expect(try Catalogs.card("gemini-3.8-flash").thinking.objection(toLevel: "LOW") == nil)
    #expect(try Catalogs.card("gemini-4-argon").thinking.objection(toLevel: "minimal") != nil)
    #expect(try Catalogs.card("gemini-4-argon").thinking.objection(toLevel: "low") == nil)
    #expect(try Catalogs.card("gemini-2.5-pro").thinking.objection(toLevel: "low") != nil)
    #expect(try Catalogs.card("gemini-2.0-flash").thinking.objection(toLevel: "low") != nil)
  }
}
