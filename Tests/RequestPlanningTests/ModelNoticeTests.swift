import GeminiAPI
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
    Case(model: "gemini-4-argon", kinds: [.priceChange, .unverified]),
    Case(model: "gemini-4-hydrogen", kinds: [.unverified]),
    Case(model: "gemini-3.7-flash", platform: .agentPlatform, kinds: [.deprecated, .priceChange]),
    Case(model: "gemini-3.6-flash", platform: .agentPlatform, kinds: [.shutDown, .priceChange]),
    Case(model: "gemini-3.6-flash", kinds: [.priceChange]),
    Case(model: "gemini-2.5-pro", kinds: [.deprecated]),
    Case(model: "gemini-2.5-pro", day: "2026-12-01", kinds: [.shutDown]),
    Case(model: "gemini-2.5-flash-lite", kinds: [.limited]),
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

  @Test func anEndedModelNamesTheOneThatAnswersInItsPlace() throws {
    let found = try #require(ModelCatalog.builtIn().resolve("gemini-2.5-flash"))
    let notices = found.notices(on: .aiStudio, day: try Catalogs.day("2026-12-01"))
    #expect(
      notices.map(\.message) == [
        "gemini-2.5-flash was shut down on 2026-11-30 (AI Studio). Use gemini-3.5-flash-lite, which "
          + "answers in its place."
      ]
    )
  }

  @Test(arguments: [
    ("gemini-3.5-flash-lite", "minimal", "minimal"), ("gemini-3.8-flash", "minimal", "low"),
    ("gemini-3-pro-preview", "medium", "high"), ("gemini-3.8-flash", "xhigh", "high"),
    ("gemini-4-hydrogen", "xhigh", "xhigh"), ("gemini-4-argon", "minimal", "low"),
    ("gemini-2.5-flash", "minimal", "0"), ("gemini-2.5-pro", "minimal", "128"),
    ("gemini-2.5-flash-lite", "minimal", "0"), ("gemini-2.5-pro", "low", "1024"),
    ("gemini-2.5-flash", "high", "24576"), ("gemini-2.0-flash", "low", "none"),
    ("gemini-3.5-transcribe", "low", "low"),
  ])
  func aWishedLevelIsFittedToTheModel(_ model: String, _ wish: String, _ fitted: String) throws {
    let setting =
      switch try Catalogs.card(model).thinking.fitted(.init(name: wish)) {
      case .level(let level): level.name
      case .budget(let tokens): "\(tokens)"
      case .automatic: "automatic"
      case nil: "none"
      }
    #expect(setting == fitted)
  }

  @Test func everyModelTakesWhatAWishIsFittedTo() throws {
    for card in try ModelCatalog.builtIn().cards {
      for wish in ThinkingConfig.Level.allCases {
        guard case .level(let level) = card.thinking.fitted(wish) else { continue }
        #expect(card.thinking.objection(toLevel: level.name) == nil, "\(card.id) \(wish.name)")
      }
    }
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
