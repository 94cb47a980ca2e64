import GeminiAPI
import Testing

@Suite struct GeminiErrorTests {
  private func error(_ status: Int, _ body: String) -> GeminiError {
    GeminiError(httpStatus: status, headers: [:], body: Array(body.utf8))
  }

  @Test func tellsAnInvalidKeyFromABadRequest() {
    let body = """
      {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "API key not valid.",
        "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
          "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]}}
      """
    let failure = error(400, body)
    #expect(failure.code == .invalidCredentials)
    #expect(failure.reason == "API_KEY_INVALID")
    #expect(failure.remedy?.contains("GEMINI_API_KEY") == true)
    #expect(error(400, #"{"error": {"code": 400, "message": "no"}}"#).code == .invalidRequest)
  }

  @Test func readsAnErrorInAListOfOne() {
    let failure = error(
      404,
      #"[{"error": {"code": 404, "message": "gone", "status": "NOT_FOUND"}}]"#
    )
    #expect(failure.description == "gone (HTTP 404 NOT_FOUND)")
  }

  @Test(arguments: ["<html><body><h1>502 Bad\nGateway</h1></body></html>", "502 Bad Gateway"])
  func showsTheWordsOfAnErrorPage(_ page: String) {
    let failure = error(502, page)
    #expect(failure.code == .unavailable)
    #expect(failure.message.contains("502 Bad Gateway"))
  }

  @Test(arguments: ["", "null", "[]", "{}", "\u{0}\u{1}", "{\"error\": 5}", "{\"error\": {}}"])
  func survivesAnyBody(_ body: String) {
    let failure = error(500, body)
    #expect(failure.code == .unavailable)
    #expect(!failure.message.isEmpty)
  }

  @Test func boundsAndCleansWhatTheServiceSays() {
    let long = String(repeating: "é\\u001b[31m", count: 5000)
    let failure = error(400, #"{"error": {"message": "\#(long)"}}"#)
    #expect(failure.message.utf8.count <= 2048)
    #expect(!failure.message.contains("\u{1B}"))
  }

  @Test func namesADailyQuota() {
    let body = """
      {"error": {"code": 429, "message": "quota", "details": [
        {"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [
          {"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},
        {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "12s"}]}}
      """
    let failure = error(429, body)
    #expect(failure.isDailyQuota)
    #expect(failure.retryDelay == .seconds(12))
    #expect(failure.remedy?.contains("midnight") == true)
  }
}
