import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy()

  private func error(
    _ status: Int,
    _ body: String = "{}",
    headers: HTTPHeaders = [:]
  ) -> GeminiError {
    GeminiError(httpStatus: status, headers: headers, body: Array(body.utf8))
  }

  private func decide(_ error: GeminiError, attempt: Int = 1) -> RetryPolicy.Decision {
    policy.decide(error, attempt: attempt, remaining: nil, random: 0)
  }

  @Test(arguments: [408, 500, 502, 503, 504, 429]) func triesAgainAfter(_ status: Int) {
    #expect(decide(error(status)) == .retry(after: .seconds(1)))
  }

  @Test(arguments: [400, 401, 403, 404, 413, 422]) func leaves(_ status: Int) {
    #expect(decide(error(status)) == .stop)
  }

  @Test func waitsTwiceAsLongEachTimeAndGivesUpAfterFive() {
    let waits = (1...5).map { decide(error(503), attempt: $0) }
    let expected: [RetryPolicy.Decision] = [1, 2, 4, 8].map { .retry(after: .seconds($0)) }
    #expect(waits == expected + [.stop])
    var patient = policy
    patient.maximumAttempts = 100
    let late = patient.decide(error(503), attempt: 99, remaining: nil, random: 0)
    #expect(late == .retry(after: .seconds(60)))
  }

  @Test func spreadsTheWaits() {
    let decision = policy.decide(error(503), attempt: 1, remaining: nil, random: 0.5)
    #expect(decision == .retry(after: .milliseconds(1500)))
  }

  @Test func heedsWhatTheServiceAsksFor() {
    let info = """
      {"error": {"code": 429, "details": [
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "15.5s"}]}}
      """
    #expect(decide(error(429, info)) == .retry(after: .milliseconds(15_500)))
    #expect(decide(error(503, headers: ["retry-after": "7"])) == .retry(after: .seconds(7)))
    let words = #"{"error": {"code": 429, "message": "Please retry in 250ms."}}"#
    #expect(decide(error(429, words)) == .retry(after: .milliseconds(250)))
  }

  @Test func beginsNoWaitThatOutlastsTheDeadline() {
    let decision = policy.decide(error(503), attempt: 1, remaining: .seconds(1), random: 0)
    #expect(decision == .stop)
  }

  @Test func triesAgainAfterALostConnectionButNotAfterARefusedCertificate() {
    #expect(decide(GeminiError(TransportError(.connectionLost, "x"))) == .retry(after: .seconds(1)))
    #expect(decide(GeminiError(TransportError(.untrustedHost, "x"))) == .stop)
  }

  /// What Google's own command line makes of recorded quota errors.
  struct RecordedCase: Sendable, CustomTestStringConvertible {
    let json: JSONValue
    var testDescription: String { json["case"]?.string ?? "" }
  }

  static let recorded: [RecordedCase] = {
    let text = try? SharedFixtures.text("fixtures/gemini-http/errors/gemini-cli-quota-errors.json")
    let list = text.flatMap { try? JSONValue(parsing: $0) }?.array
    return list?.map(RecordedCase.init) ?? []
  }()

  @Test(.enabled(if: SharedFixtures.isPresent), arguments: recorded)
  func decidesAsGooglesOwnToolDoes(_ example: RecordedCase) throws {
    let body = try #require(example.json["error"])
    let status = try #require(body["code"]?.int ?? body["error"]?["code"]?.int)
    let failure = error(status, body.rendered())
    let decision = decide(failure)
    guard example.json["sourceExpects"]?[0] == "RetryableQuotaError" else {
      #expect(decision == .stop)
      return
    }
    guard case .retry(let delay) = decision else {
      Issue.record("not tried again: \(failure)")
      return
    }
    if let stated = example.json["retryDelayMs"]?.double {
      #expect(abs(delay / .milliseconds(1) - stated) < 1)
    }
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func thereAreRecordedCases() {
    #expect(Self.recorded.count == 11)
  }
}
