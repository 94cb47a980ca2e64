import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct ContinuationTests {
  @Test func anAnswerInSeveralDecodesAddsUp() async throws {
    var options = EmulatorOptions()
    options.decodeTokens = 150
    try await EmulatorSession.run(options) { session in
      var body = JSONValue.prompt(config: .tableConfig).object ?? [:]
      var text = ""
      var hops = 0
      while hops < 20 {
        let answer = await session.call("generateContent", .object(body)).json
        text += answer.answerText
        hops += 1
        let candidate = answer["candidates"]?[0]
        guard candidate?["finishReason"]?.string == "CONTINUATION" else { break }
        body["continuationToken"] = candidate?["continuationToken"]
      }
      #expect(hops > 3)
      let speakers = try Sample.reference()["task2_speakers"]
      let tables = try JSONValue(parsing: text)
      #expect(tables["task2_speakers"] == speakers)
    }
  }
}

@Suite struct LatencyTests {
  @Test func aRequestTakesTheTimeOfItsModelOnTheClock() async throws {
    func seconds(_ model: String, _ prompts: [String]) async throws -> Double {
      try await EmulatorSession.run { session in
        let before = session.emulator.clock.elapsed
        for prompt in prompts {
          _ = await session.call(
            "generateContent",
            .prompt(prompt, config: .tableConfig),
            model: model
          )
        }
        return session.emulator.clock.elapsed - before
      }
    }
    let flash = try await seconds("gemini-3.5-flash", ["a"])
    let pro = try await seconds("gemini-3.1-pro-preview", ["a"])
    #expect(flash > 2 && pro > flash)
    let twice = try await seconds("gemini-3.5-flash", ["a", "b"])
    #expect(twice > flash && twice < 2 * flash, "the second one finds the video in the cache")
  }

  @Test func speedDividesTheWait() async throws {
    var options = EmulatorOptions()
    options.speed = 20
    try await EmulatorSession.run(options) { session in
      let start = ContinuousClock.now
      _ = await session.call("generateContent", .prompt(config: .tableConfig))
      let waited = ContinuousClock.now - start
      #expect(waited > .milliseconds(100) && waited < .seconds(30))
    }
  }
}

@Suite struct SyntheticAnswerTests {
  private func rows(_ session: EmulatorSession, _ part: JSONObject) async throws -> [JSONValue] {
    let body = JSONValue.prompt(uri: "https://a.b/talk.mp4", part: part, config: .tableConfig)
    return try await session.call("generateContent", body).json.answerTables()["task1_transcripts"]?
      .array ?? []
  }

  @Test func rowsAreAsManyAsAskedForAndTheSameForASeed() async throws {
    func answer(seed: UInt64) async throws -> [JSONValue] {
      var options = EmulatorOptions()
      options.rows = 13
      options.seed = seed
      return try await EmulatorSession.run(options) { try await rows($0, [:]) }
    }
    let first = try await answer(seed: 1)
    #expect(first.count == 13)
    let again = try await answer(seed: 1)
    let other = try await answer(seed: 2)
    #expect(first == again && first != other)
  }

  @Test func clipsThatOverlapAgreeAboutTheirRows() async throws {
    var options = EmulatorOptions()
    options.rows = 600
    options.media = ["https://a.b/talk.mp4": EmulatedMedia(durationMS: 3_600_000)]
    try await EmulatorSession.run(options) { session in
      func texts(_ start: Int, _ end: Int) async throws -> [String: String] {
        let part: JSONObject = [
          "videoMetadata": [
            "startOffset": JSONValue("\(start)s"), "endOffset": JSONValue("\(end)s"),
          ]
        ]
        let found = try await rows(session, part)
        return Dictionary(
          uniqueKeysWithValues: found.map { ($0["start"]?.string ?? "", $0["text"]?.string ?? "") }
        )
      }
      let first = try await texts(0, 1830)
      let second = try await texts(1770, 3600)
      let shared = Set(first.keys).intersection(second.keys)
      #expect(shared.count == 10)
      #expect(shared.allSatisfy { first[$0] == second[$0] })
      #expect(Set(first.keys).union(second.keys).count == 600)
    }
  }
}
