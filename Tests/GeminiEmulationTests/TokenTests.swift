import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct TokenTests {
  /// Settings and the tokens they lead to, for ten seconds of the sample.
  struct Case: Sendable, CustomTestStringConvertible {
    let model: String
    let fps: Double
    let resolution: String?
    let video: Int
    let audio: Int
    var testDescription: String { "\(model) \(fps) \(resolution ?? "-")" }
  }

  static let cases = [
    Case(model: "gemini-3.5-flash", fps: 1, resolution: nil, video: 660, audio: 250),
    Case(model: "gemini-3.5-flash", fps: 5, resolution: nil, video: 3300, audio: 250),
    Case(model: "gemini-3.5-flash-lite", fps: 1, resolution: "LOW", video: 660, audio: 250),
    Case(model: "gemini-3.8-flash", fps: 1, resolution: "HIGH", video: 2640, audio: 250),
    Case(model: "gemini-3.1-pro-preview", fps: 1, resolution: nil, video: 640, audio: 250),
    Case(model: "gemini-2.5-flash", fps: 1, resolution: nil, video: 2580, audio: 320),
    Case(model: "gemini-2.5-flash", fps: 0.25, resolution: "LOW", video: 198, audio: 320),
  ]

  @Test(arguments: cases) func mediaCountByModelResolutionRateAndClip(_ example: Case) async throws
  {
    var config: JSONObject = [:]
    config["mediaResolution"] = example.resolution.map { JSONValue("MEDIA_RESOLUTION_\($0)") }
    let body = JSONValue.prompt(
      "two words",
      part: [
        "videoMetadata": [
          "startOffset": "5s", "endOffset": "15s", "fps": JSONValue(example.fps),
        ]
      ],
      config: .object(config)
    )
    let expected: JSONValue = [
      ["modality": "TEXT", "tokenCount": 2],
      ["modality": "VIDEO", "tokenCount": JSONValue(example.video)],
      ["modality": "AUDIO", "tokenCount": JSONValue(example.audio)],
    ]
    try await EmulatorSession.run { session in
      let answer = await session.call("generateContent", body, model: example.model).json
      let usage = try #require(answer["usageMetadata"])
      #expect(usage["promptTokensDetails"] == expected)
      #expect(usage["promptTokenCount"]?.int == 2 + example.video + example.audio)
      let sum = ["promptTokenCount", "candidatesTokenCount", "thoughtsTokenCount"]
        .reduce(0) { $0 + (usage[$1]?.int ?? 0) }
      #expect(usage["totalTokenCount"]?.int == sum)
      let count = await session.call(
        "countTokens",
        [
          "generateContentRequest": .object(
            JSONObject([("model", JSONValue("models/\(example.model)"))] + body.members)
          )
        ],
        model: example.model
      ).json
      #expect(count["totalTokens"] == usage["promptTokenCount"])
      #expect(count["promptTokensDetails"] == expected)
    }
  }

  private func details(
    _ session: EmulatorSession,
    uri: String = "https://example.org/sample.webm",
    type: String = "video/webm",
    _ part: JSONObject
  ) async -> [String: Int] {
    var media = part
    media["fileData"] = ["fileUri": JSONValue(uri), "mimeType": JSONValue(type)]
    let body: JSONValue = ["contents": [["parts": [.object(media), ["text": "two words"]]]]]
    let answer = await session.call("countTokens", body)
    guard answer.status == 200 else { return ["status": answer.status] }
    return Dictionary(
      uniqueKeysWithValues: (answer.json["promptTokensDetails"]?.array ?? []).map {
        ($0["modality"]?.string ?? "", $0["tokenCount"]?.int ?? 0)
      }
    )
  }

  @Test func onlyTheLayersAskedForCount() async throws {
    try await EmulatorSession.run { session in
      let clip: JSONObject = ["startOffset": "5s", "endOffset": "15s"]
      func layers(_ names: JSONValue) async -> [String: Int] {
        var metadata = clip
        metadata["contentLayers"] = names
        return await details(session, ["videoMetadata": .object(metadata)])
      }
      #expect(await layers(["AUDIO"]) == ["TEXT": 2, "AUDIO": 250])
      #expect(await layers(["FRAMES"]) == ["TEXT": 2, "VIDEO": 660])
      #expect(await layers(["FRAMES", "AUDIO"]) == ["TEXT": 2, "VIDEO": 660, "AUDIO": 250])
      #expect(await layers([]) == ["TEXT": 2, "VIDEO": 660, "AUDIO": 250])
      #expect(await layers(["SOUND"]) == ["status": 400])
    }
  }

  @Test func soundIsCutByItsOwnFieldsOnly() async throws {
    var options = EmulatorOptions()
    options.remoteDurationMS = 3_600_000
    try await EmulatorSession.run(options) { session in
      let clip: JSONValue = ["startOffset": "60s", "endOffset": "120s"]
      func sound(_ part: JSONObject, type: String = "audio/mp3") async -> [String: Int] {
        await details(session, uri: "https://example.org/talk.mp3", type: type, part)
      }
      #expect(await sound(["audioMetadata": clip]) == ["TEXT": 2, "AUDIO": 1500])
      #expect(await sound(["videoMetadata": clip]) == ["TEXT": 2, "AUDIO": 90_000])
      #expect(await sound(["audioMetadata": clip], type: "video/mp4") == ["status": 400])
    }
  }

  @Test func countingTakesContentsOrAWholeRequestButNotBoth() async throws {
    try await EmulatorSession.run { session in
      let contents: JSONValue = [["parts": [["text": "four byte words"]]]]
      let plain = await session.call("countTokens", ["contents": contents]).json
      #expect(plain["totalTokens"]?.int == 3)
      let both: JSONValue = [
        "contents": contents,
        "generateContentRequest": ["model": "models/x", "contents": contents],
      ]
      #expect(await session.call("countTokens", both).status == 400)
      let nameless: JSONValue = ["generateContentRequest": ["contents": contents]]
      #expect(await session.call("countTokens", nameless).status == 400)
    }
  }

  @Test(.enabled(if: SharedFixtures.isPresent))
  func textCountsAsRecordedAnswersOfTheServiceSay() async throws {
    let lines = try SharedFixtures.text("fixtures/reference/tokens/observed-text-tokens.jsonl")
      .split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    try await EmulatorSession.run { session in
      for line in lines {
        let text = try #require(line["text"]?.string)
        let counted = try #require(line["promptTokenCount"]?.int)
        // One has a cached document, which the text does not show.
        guard counted < 10 * text.count else { continue }
        let contents: JSONValue = [["parts": [["text": .string(text)]]]]
        let answer = await session.call("countTokens", ["contents": contents]).json
        let own = try #require(answer["totalTokens"]?.int)
        // Recorded counts differ by one between models.
        #expect(abs(own - counted) <= max(1, counted / 10), "\(own), \(line)")
      }
    }
  }

  @Test func theOutputLimitCutsTheAnswerAndSaysSo() async throws {
    try await EmulatorSession.run { session in
      var config = JSONValue.tableConfig.object ?? [:]
      config["maxOutputTokens"] = 50
      let answer = await session.call("generateContent", .prompt(config: .object(config))).json
      #expect(answer["candidates"]?[0]?["finishReason"]?.string == "MAX_TOKENS")
      #expect((100..<200).contains(answer.answerText.utf8.count))
      #expect(answer["usageMetadata"]?["candidatesTokenCount"]?.int == 50)
    }
  }

  @Test func thinkingIsCountedApartAndSummarisedOnDemand() async throws {
    try await EmulatorSession.run { session in
      let config: JSONValue = [
        "thinkingConfig": ["thinkingLevel": "HIGH", "includeThoughts": true]
      ]
      let answer = await session.call("generateContent", .prompt(config: config)).json
      #expect(answer["usageMetadata"]?["thoughtsTokenCount"]?.int == 1024)
      #expect(answer["candidates"]?[0]?["content"]?["parts"]?[0]?["thought"]?.bool == true)
      let quiet = await session.call("generateContent", .prompt()).json
      #expect(quiet["usageMetadata"]?["thoughtsTokenCount"] == nil)
    }
  }
}

extension JSONValue {
  /// The members of an object as pairs.
  fileprivate var members: [(String, JSONValue)] {
    (object?.members ?? []).map { ($0.key, $0.value) }
  }
}
