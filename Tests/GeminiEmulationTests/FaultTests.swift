import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct FaultTests {
  /// Options that play one fault on every first try.
  private func options(_ fault: Fault, attempts: Int? = 1) -> EmulatorOptions {
    var rule = Scenario.Rule(fault)
    rule.attempts = attempts
    var options = EmulatorOptions()
    options.scenario = Scenario(rules: [rule])
    return options
  }

  /// A fault that takes the place of an answer, and the error it looks like.
  static let errors: [(Fault.Kind, Int, String)] = [
    (.quota, 429, "RESOURCE_EXHAUSTED"), (.quotaBare, 429, "RESOURCE_EXHAUSTED"),
    (.quotaPerDay, 429, "RESOURCE_EXHAUSTED"), (.internalError, 500, "INTERNAL"),
    (.unavailable, 503, "UNAVAILABLE"),
  ]

  @Test(arguments: errors)
  func anErrorHitsTheFirstTryAndTheSecondIsAnswered(
    _ kind: Fault.Kind,
    _ status: Int,
    _ name: String
  ) async throws {
    try await EmulatorSession.run(options(Fault(kind, seconds: 7))) { session in
      for verb in ["generateContent", "streamGenerateContent?alt=sse"] {
        let reply = await session.call(verb, .prompt(verb))
        #expect(reply.status == status)
        #expect(reply.json["error"]?["status"]?.string == name)
        let details = reply.json["error"]?["details"]?.array ?? []
        #expect(
          details.contains { $0["retryDelay"]?.string == "7s" }
            == (kind == .quota || kind == .quotaPerDay)
        )
        let quota = details.compactMap { $0["violations"]?[0]?["quotaId"]?.string }
        #expect(quota.contains { $0.contains("PerDay") } == (kind == .quotaPerDay))
        #expect(await session.call(verb, .prompt(verb)).status == 200)
      }
      #expect(session.emulator.log.answeredGenerationCount == 2)
      #expect(session.emulator.log.answeredGenerations.values.allSatisfy { $0 == 1 })
    }
  }

  @Test func aPageOfHTMLIsNoJSON() async throws {
    try await EmulatorSession.run(options(Fault(.htmlError))) { session in
      let reply = await session.call("generateContent", .prompt())
      #expect(reply.status == 502)
      #expect(reply.headers["content-type"]?.hasPrefix("text/html") == true)
      #expect(reply.json.isNull)
    }
  }

  @Test(arguments: [Fault.Kind.resetBody, .truncatedStream, .streamError, .malformedJSON])
  func aBrokenStreamHoldsABeginningAndNoFinish(_ kind: Fault.Kind) async throws {
    try await EmulatorSession.run(options(Fault(kind))) { session in
      let body = JSONValue.prompt(config: .tableConfig)
      let broken = await session.call("streamGenerateContent?alt=sse", body)
      #expect(broken.status == 200)
      #expect(broken.isComplete == (kind != .resetBody))
      let events = broken.events.compactMap { try? JSONValue(parsing: $0) }
      let part = events.map(\.answerText).joined()
      #expect(!part.isEmpty)
      #expect(!events.contains { $0["candidates"]?[0]?["finishReason"] != nil })
      #expect(broken.text.contains("\"error\": {") == (kind == .streamError))
      #expect(session.emulator.log.answeredGenerationCount == 0)
      let whole = await session.call("streamGenerateContent?alt=sse", body)
      let text = try whole.events.map { try JSONValue(parsing: $0).answerText }.joined()
      #expect(text.hasPrefix(part) && text.count > part.count)
      #expect(session.emulator.log.answeredGenerationCount == 1)
    }
  }

  @Test(arguments: [Fault.Kind.resetBody, .malformedJSON])
  func aBrokenAnswerIsNoJSON(_ kind: Fault.Kind) async throws {
    try await EmulatorSession.run(options(Fault(kind))) { session in
      let reply = await session.call("generateContent", .prompt())
      #expect(reply.status == 200)
      #expect(reply.json.isNull)
      #expect(reply.isComplete == (kind != .resetBody))
      #expect(session.emulator.log.answeredGenerationCount == 0)
    }
  }

  @Test(arguments: [1, 4, 10]) func maxTokensCutsInsideTheRowNamed(_ row: Int) async throws {
    try await EmulatorSession.run(options(Fault(.maxTokens, row: row))) { session in
      let answer = await session.call("generateContent", .prompt(config: .tableConfig)).json
      #expect(answer["candidates"]?[0]?["finishReason"]?.string == "MAX_TOKENS")
      #expect(answer.answerText.split(separator: "{\"start\"").count == row + 1)
      #expect((try? answer.answerTables()) == nil)
    }
  }

  @Test func aLoopRepeatsItsRowUntilItIsCut() async throws {
    try await EmulatorSession.run(options(Fault(.loop, row: 3))) { session in
      let answer = await session.call("generateContent", .prompt(config: .tableConfig)).json
      #expect(answer["candidates"]?[0]?["finishReason"]?.string == "MAX_TOKENS")
      let rows = answer.answerText.split(separator: "{\"start\"").dropFirst()
      #expect(rows.count > 100)
      #expect(Set(rows.dropFirst(2).dropLast(6)).count == 1)
    }
  }

  @Test func filtersStopThePromptOrTheAnswer() async throws {
    try await EmulatorSession.run(options(Fault(.blockedPrompt))) { session in
      let answer = await session.call("generateContent", .prompt()).json
      #expect(answer["promptFeedback"]?["blockReason"]?.string == "PROHIBITED_CONTENT")
      #expect(answer["candidates"] == nil)
    }
    try await EmulatorSession.run(options(Fault(.recitation))) { session in
      let answer = await session.call("generateContent", .prompt(config: .tableConfig)).json
      #expect(answer["candidates"]?[0]?["finishReason"]?.string == "RECITATION")
    }
    try await EmulatorSession.run(options(Fault(.emptyCandidates))) { session in
      let answer = await session.call("generateContent", .prompt()).json
      #expect(answer["candidates"] == nil && answer["promptFeedback"] == nil)
    }
  }

  @Test func oddAnswersStillHoldTheText() async throws {
    for kind in [Fault.Kind.duplicateKeys, .unknownEnums, .slowDrip] {
      try await EmulatorSession.run(options(Fault(kind, seconds: 0.1))) { session in
        let body = JSONValue.prompt(config: .tableConfig)
        let odd = await session.call("generateContent", body)
        let plain = await session.call("generateContent", body)
        #expect(odd.json.answerText == plain.json.answerText)
        let marks = ["stale", "OF_TOMORROW"].map(odd.text.contains)
        #expect(marks == [kind == .duplicateKeys, kind == .unknownEnums])
        #expect(session.emulator.log.answeredGenerationCount == 2)
      }
    }
  }

  @Test func aHangEndsWhenTheClientLeaves() async throws {
    try await EmulatorSession.run(options(Fault(.hang))) { session in
      let body = "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}]}"
      await session.client.leave(
        after: "POST /v1beta/models/\(EmulatorSession.model):generateContent HTTP/1.1\r\n"
          + "Host: localhost\r\nx-goog-api-key: k\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
      for _ in 0..<200 where session.emulator.log.count == 0 {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(session.emulator.log.entries.first?.fault == "hang")
      #expect(session.emulator.log.entries.first?.status == 0)
    }
  }

  @Test func aScenarioRepeatsItselfWhateverTheOrder() async throws {
    func faults(reversed: Bool) async throws -> [String: [String?]] {
      var options = EmulatorOptions()
      options.seed = 7
      options.scenario = try #require(Scenario.preset(named: "storm"))
      return try await EmulatorSession.run(options) { session in
        let prompts = (0..<40).map { "prompt \($0)" }
        for prompt in reversed ? prompts.reversed() : prompts {
          for _ in 0..<2 { _ = await session.call("generateContent", .prompt(prompt)) }
        }
        return Dictionary(grouping: session.emulator.log.entries) { $0.digest ?? "" }
          .mapValues { $0.sorted { $0.index < $1.index }.map(\.fault) }
      }
    }
    let forwards = try await faults(reversed: false)
    let backwards = try await faults(reversed: true)
    #expect(forwards == backwards)
    #expect(Set(forwards.values.flatMap { $0 }).count > 6)
  }
}
