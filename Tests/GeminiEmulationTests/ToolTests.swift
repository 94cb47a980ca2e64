import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct ToolTests {
  @Test func searchNamesItsSourcesAndCountsWhatItRead() async throws {
    var body = JSONValue.prompt("Who is this? https://a.b/page").object ?? [:]
    body["tools"] = [["googleSearch": [:]], ["urlContext": [:]], ["google_maps": [:]]]
    try await EmulatorSession.run { session in
      let answer = await session.call("generateContent", .object(body)).json
      let candidate = try #require(answer["candidates"]?[0])
      let chunks = candidate["groundingMetadata"]?["groundingChunks"]?.array ?? []
      #expect(chunks.map { $0.object?.keys ?? [] } == [["web"], ["maps"]])
      let support = candidate["groundingMetadata"]?["groundingSupports"]?[0]
      let text = try #require(support?["segment"]?["text"]?.string)
      #expect(answer.answerText.hasPrefix(text))
      let retrieved = candidate["urlContextMetadata"]?["urlMetadata"]?[0]?["retrievedUrl"]
      #expect(retrieved?.string == "https://a.b/page")
      let usage = try #require(answer["usageMetadata"])
      #expect(usage["toolUsePromptTokenCount"]?.int == 1200)
      let sum = ["promptTokenCount", "candidatesTokenCount", "toolUsePromptTokenCount"]
        .reduce(0) { $0 + (usage[$1]?.int ?? 0) }
      #expect(usage["totalTokenCount"]?.int == sum)
    }
  }

  @Test func framesOfAnAgenticLookAreToolUse() async throws {
    try await EmulatorSession.run { session in
      let body = JSONValue.prompt(part: ["mediaProcessing": "AGENTIC"])
      let usage = await session.call("generateContent", body).json["usageMetadata"]
      let prompt = usage?["promptTokensDetails"]?.array?.compactMap { $0["modality"]?.string }
      #expect(prompt == ["TEXT", "AUDIO"])
      #expect(usage?["toolUsePromptTokensDetails"]?[0]?["modality"]?.string == "VIDEO")
    }
  }

  @Test func aStopSequenceEndsTheAnswer() async throws {
    try await EmulatorSession.run { session in
      let answer = await session.call(
        "generateContent",
        .prompt(config: ["stopSequences": ["zzz", "customs"]])
      ).json
      #expect(answer.answerText.hasSuffix("welcome to the old "))
      #expect(answer["candidates"]?[0]?["finishReason"]?.string == "STOP")
    }
  }

  @Test func objectsOfCloudStorageAreRegisteredWithAToken() async throws {
    try await EmulatorSession.run { session in
      let body: JSONValue = ["uris": ["gs://bucket/sample.webm"]]
      let refused = await session.client.send("POST", "/v1beta/files:register", json: body)
      #expect(refused.status == 401)
      let reply = await session.client.send(
        "POST",
        "/v1beta/files:register",
        headers: [("Authorization", "Bearer t")],
        json: body
      )
      let file = try #require(reply.json["files"]?[0])
      #expect(file["source"]?.string == "REGISTERED")
      let uri = try #require(file["uri"]?.string)
      let answer = await session.call("generateContent", .prompt(uri: uri, config: .tableConfig))
      #expect(answer.json.answerText.contains("old customs house"))
    }
  }

  @Test func theErrorOfAListIsAListOfOne() async throws {
    try await EmulatorSession.run { session in
      let list = await session.call("streamGenerateContent", [:]).json
      #expect(list[0]?["error"]?["code"]?.int == 400)
      let events = await session.call("streamGenerateContent?alt=sse", [:]).json
      #expect(events["error"]?["code"]?.int == 400)
    }
  }
}
