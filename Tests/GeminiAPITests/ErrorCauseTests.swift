import GeminiAPI
import OrderedJSON
import Testing

/// Errors say why and what helps against that, whatever status they come with.
@Suite struct ErrorCauseTests {
  private func error(
    _ status: Int,
    _ body: String,
    headers: HTTPHeaders = [:]
  ) -> GeminiError {
    GeminiError(httpStatus: status, headers: headers, body: Array(body.utf8))
  }

  private static func told(_ message: String, _ status: String = "INVALID_ARGUMENT") -> String {
    #"{"error": {"message": "\#(message)", "status": "\#(status)"}}"#
  }

  static let causes: [(Int, String, ErrorCause, String)] = [
    (
      400, told("User location is not supported for the API use.", "FAILED_PRECONDITION"),
      .location, "the setting backend agent-platform"
    ),
    (403, told("This API method requires billing to be enabled."), .billing, "billing"),
    (429, told("Your prepayment credits are depleted."), .billing, "credit"),
    (
      400, told("The input token count (1200000) exceeds the maximum number of tokens allowed"),
      .tooManyTokens, "the setting shard auto"
    ),
    (400, told("Cannot fetch content from the provided URL."), .unreachableURL, "private browser"),
    (413, "<html><title>413 Request Entity Too Large</title></html>", .tooLarge, "file's path"),
    (403, told("Your API key was reported as leaked."), .leakedKey, "new key"),
    (
      404, told("models/x is not found for API version v1beta", "NOT_FOUND"), .unknownModel,
      "models list"
    ),
  ]

  @Test(arguments: causes)
  func theRemedyFitsTheCause(
    _ status: Int,
    _ body: String,
    _ cause: ErrorCause,
    _ remedy: String
  ) {
    let failure = error(status, body)
    #expect(failure.cause == cause)
    #expect(failure.remedy?.contains(remedy) == true, "\(failure.remedy ?? "")")
    #expect(!RetryPolicy().isTransient(failure))
  }

  @Test(arguments: [520, 522, 524, 529, 599]) func anUnknownStatusOfAServerIsRetried(_ status: Int)
  {
    #expect(RetryPolicy().isTransient(error(status, "error code: \(status)")))
  }

  @Test(
    arguments: [
      ("Fri, 27 Nov 2026 13:00:30 GMT", 30), ("30", 30), ("Fri, 27 Nov 2026 12:00:00 GMT", nil),
      ("-5", nil), ("soon", nil),
    ] as [(String, Int?)]
  ) func aMomentToComeBackIsRead(_ text: String, _ seconds: Int?) {
    let headers: HTTPHeaders = [
      "Retry-After": text, "Date": "Fri, 27 Nov 2026 13:00:00 GMT",
    ]
    #expect(error(503, "", headers: headers).retryDelay == seconds.map { .seconds($0) })
  }

  @Test(arguments: [503, 500, 408, 429]) func noWaitIsLongerThanAPersonWouldSitBy(_ status: Int) {
    let failure = error(status, "", headers: ["Retry-After": "31000000"])
    let decision = RetryPolicy().decide(failure, attempt: 1, remaining: nil, random: 0)
    #expect(decision == .stop)
  }

  @Test func waitsInWordsAndNegativeOnesAreRead() {
    func delay(_ text: String) -> Duration? {
      error(
        429,
        """
        {"error": {"code": 429, "details": [
          {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "\(text)"}]}}
        """
      ).retryDelay
    }
    #expect(delay("-1s") == nil)
    #expect(delay("21h46m") == .seconds(78_360))
    #expect(delay("1m0.5s") == .milliseconds(60_500))
    let quota = error(
      429,
      """
      {"error": {"code": 429, "message": "Quota will reset after 21h46m12s.", "details": [
        {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED",
          "metadata": {"quota_limit": "GenerateContentRequestsPerDayPerProject"}}]}}
      """
    )
    #expect(quota.isDailyQuota)
    #expect(quota.retryDelay == .seconds(78_372))
  }

  @Test func codesOfOperationsAreNoStatuses() throws {
    let failure = try #require(
      GeminiError(inBody: ["error": ["code": 14, "message": "try later"]])
    )
    #expect(failure.code == .unavailable)
    #expect(failure.httpStatus == nil)
    #expect(failure.description == "try later")
  }

  @Test func aRedirectNamesItsTarget() {
    let failure = error(307, "", headers: ["Location": "https://elsewhere.example/v1?key=K1"])
    #expect(failure.message.contains("https://elsewhere.example/v1"))
    #expect(!failure.message.contains("K1"))
    #expect(failure.remedy?.contains("GOOGLE_GEMINI_BASE_URL") == true)
  }

  @Test func aPageIsToldByItsTitleNotItsStyles() {
    let page = """
      <!DOCTYPE html><html><head><style>body { color: red }</style>
      <title>Hotel Wi-Fi &amp; Login</title></head><body><script>if (a < b) {}</script>Hello</body>
      """
    let failure = error(403, page)
    #expect(failure.message.contains("Hotel Wi-Fi & Login"))
    #expect(failure.message.contains("captive portal"))
    #expect(!failure.message.contains("color"))
    let plain = error(502, "<html><style>b { c: d }</style><body>Bad <b>gateway</b></body></html>")
    #expect(plain.message.contains("Bad gateway"))
    #expect(!plain.message.contains("c: d"))
  }

  @Test(arguments: [
    #"{"error": "Invalid API key format", "message": "API key format is invalid"}"#,
    #"{"detail": "Invalid API key format"}"#,
    #"{"errors": [{"message": "Invalid API key format"}]}"#,
  ])
  func plainerFormsOfErrorsAreRead(_ body: String) {
    #expect(error(400, body).message.contains("Invalid API key format"))
  }
}
