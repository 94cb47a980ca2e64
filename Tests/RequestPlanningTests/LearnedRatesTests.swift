import OrderedJSON
import RequestPlanning
import TabularExtraction
import Testing
import TranscriptModel

@Suite struct LearnedRatesTests {
  private static let model = "gemini-3.5-flash-lite"

  private func shape(_ encoding: ReplyEncoding = .json) throws -> RequestShape {
    var settings = PlanSamples.settings(Self.model)
    settings.encoding = encoding
    let request = PlanRequest(
      source: PlanSamples.source("a", seconds: 100),
      prompt: try PlanSamples.prompt("a"),
      settings: settings
    )
    return try #require(request.shape)
  }

  private func rates(_ output: [Int], model: String = Self.model) throws -> LearnedRates {
    let runs = try output.map { tokens in
      RunObservation(
        model: model,
        platform: .aiStudio,
        shape: try shape(),
        usage: Usage(promptTokens: 10, outputTokens: tokens, thoughtsTokens: 7),
        isComplete: true,
        seconds: 4
      )
    }
    return LearnedRates(runs, catalog: try .builtIn())
  }

  private func estimate(
    _ learned: LearnedRates,
    model: String = Self.model,
    _ encoding: ReplyEncoding = .json
  ) throws -> TokenEstimate {
    TokenEstimator(card: try Catalogs.card(model), platform: .aiStudio, learned: learned)
      .estimate(try shape(encoding))
  }

  @Test func ratesBelongToAModelAShapeAndAnEncoding() throws {
    let learned = try rates([500, 500, 500])
    #expect(try estimate(learned).outputRuns == 3)
    #expect(try estimate(learned).output.expected == 500)
    #expect(try estimate(learned).outputNote == "learned from 3 of your runs")
    #expect(try estimate(learned, .tsv).outputRuns == 0)
    #expect(try estimate(learned, model: "gemini-3.8-flash").outputRuns == 0)
  }

  @Test func oneOddRunDoesNotMoveTheMiddle() throws {
    let learned = try rates(Array(repeating: 500, count: 10) + [60_000])
    let output = try estimate(learned).output
    #expect(output.expected == 500)
    #expect(output.high == 600)
    #expect(
      try estimate(try rates([100, 200, 900])).output == .init(low: 100, expected: 200, high: 900)
    )
  }

  @Test func anAliasTeachesTheModelBehindIt() throws {
    let learned = try rates([300, 300, 300], model: "gemini-flash-lite-latest")
    #expect(try estimate(learned).output.expected == 300)
  }

  @Test func onlyTheLatestRunsCount() throws {
    let learned = try rates(Array(repeating: 100, count: 200) + Array(repeating: 900, count: 64))
    #expect(try estimate(learned).output == .init(low: 720, expected: 900, high: 1080))
    #expect(try estimate(learned).outputRuns == 64)
  }

  @Test func theDocumentHoldsEverything() throws {
    let learned = try rates([100, 250, 900])
    let text = learned.json.rendered(.pretty)
    let read = LearnedRates(json: try JSONValue(parsing: text))
    #expect(read == learned)
    #expect(read.json.rendered(.pretty) == text)
    #expect(try estimate(read) == estimate(learned))
  }

  @Test(arguments: [
    "{}", "[]", "null", #"{"outputTokensPerSecond": 7}"#,
    #"{"outputTokensPerSecond": [{"model": "m", "shape": "zz", "rates": [1, 2, 3]}]}"#,
    #"{"outputTokensPerSecond": [{"model": "m", "shape": "1f", "rates": [-1, "a", null]}]}"#,
    #"{"thinkingTokens": [{"model": "m", "setting": "much", "rates": [1]}]}"#,
  ]) func aDamagedDocumentIsAnEmptyOne(_ text: String) throws {
    #expect(LearnedRates(json: try JSONValue(parsing: text)) == LearnedRates())
  }
}
