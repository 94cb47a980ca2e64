import GeminiAPI
import OrderedJSON
import Testing

@testable import Transcribing

@Suite struct RequestMatcherTests {
  private func request(_ text: String) -> GenerateContentRequest {
    GenerateContentRequest(contents: [Content(parts: [.text(text)])])
  }

  private func answer(_ text: String) throws -> BatchAnswer {
    BatchAnswer(json: try JSONValue(parsing: text))
  }

  @Test func aServiceThatDropsLabelsIsUnderstoodByTheRequest() throws {
    let sent = ["a", "b", "a"].map { RequestMatcher.digest(of: request($0)) }
    var matcher = RequestMatcher(keys: ["r1", "r2", "r3"], digests: sent)
    let echo = #"{"request": {"contents": [{"parts": [{"text": "a"}], "role": "user"}]}}"#
    #expect(matcher.position(of: try answer(echo)) == 0)
    #expect(matcher.position(of: try answer(echo)) == 2)
    #expect(matcher.position(of: try answer(echo)) == nil)
    #expect(matcher.position(of: try answer(#"{"response": {}}"#)) == nil)
  }

  @Test func keysAndLabelsGoBeforeTheRequest() throws {
    var matcher = RequestMatcher(keys: ["r1", "r2"], digests: [])
    #expect(matcher.position(of: try answer(#"{"response": {}, "key": "r2"}"#)) == 1)
    #expect(matcher.position(of: try answer(#"{"key": "r2"}"#)) == nil)
    #expect(matcher.position(of: try answer(#"{"key": "other"}"#)) == nil)
    let labelled = #"{"request": {"contents": [], "labels": {"tabscribe-key": "r1"}}}"#
    #expect(matcher.position(of: try answer(labelled)) == 0)
  }
}
