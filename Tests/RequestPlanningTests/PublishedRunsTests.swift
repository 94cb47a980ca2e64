import GeminiAPI
import RequestPlanning
import TabularExtraction
import Testing
import TranscriptModel

/// Token counts published for whole runs on Google Cloud, against the estimate for them.
@Suite struct PublishedRunsTests {
  struct Run: Sendable, CustomTestStringConvertible {
    let seconds: Double
    let resolution: MediaResolution
    let promptTokens: Int
    var testDescription: String { "\(seconds) s, \(resolution)" }
  }

  static let runs = [
    Run(seconds: 59, resolution: .medium, promptTokens: 16_917),
    Run(seconds: 162, resolution: .medium, promptTokens: 46_324),
    Run(seconds: 508, resolution: .low, promptTokens: 46_514),
    Run(seconds: 474, resolution: .low, promptTokens: 43_354),
    Run(seconds: 3263, resolution: .low, promptTokens: 297_153),
    Run(seconds: 4203, resolution: .low, promptTokens: 382_699),
    Run(seconds: 6003, resolution: .low, promptTokens: 546_590),
  ]

  /// The share by which the estimate misses, with a prompt of 220 tokens.
  private func error(of run: Run) throws -> Double {
    let estimator = TokenEstimator(
      card: try Catalogs.card("gemini-2.5-flash"),
      platform: .agentPlatform
    )
    let shape = RequestShape(
      media: .first(run.seconds, run.resolution),
      textTokens: 220,
      output: Shapes.none
    )
    let estimate = estimator.estimate(shape)
    print("\(run.testDescription): \(run.promptTokens) published, \(estimate.input) estimated")
    return abs(Double(estimate.input - run.promptTokens)) / Double(run.promptTokens)
  }

  @Test(arguments: runs) func aPublishedRunIsEstimatedWithin0_6Percent(_ run: Run) throws {
    #expect(try error(of: run) < 0.006)
  }

  @Test func mostPublishedRunsAreEstimatedWithin0_1Percent() throws {
    let close = try Self.runs.filter { try error(of: $0) < 0.001 }
    #expect(close.count > Self.runs.count / 2)
  }
}
