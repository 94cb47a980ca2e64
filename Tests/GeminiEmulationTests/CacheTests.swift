import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct CacheTests {
  private static let model = "gemini-3.8-flash"

  private func create(
    _ session: EmulatorSession,
    _ more: JSONObject = [:],
    seconds: Int = 60,
    model: String = Self.model
  ) async -> RawHTTP.Response {
    let media: JSONValue = [
      "fileData": ["fileUri": "https://a.b/sample.webm", "mimeType": "video/webm"],
      "videoMetadata": ["endOffset": JSONValue("\(seconds)s")],
    ]
    var body: JSONObject = [
      "model": JSONValue("models/\(model)"), "contents": [["role": "user", "parts": [media]]],
    ]
    for (key, value) in more.members { body[key] = value }
    return await session.client.send("POST", "/v1beta/cachedContents", json: .object(body))
  }

  private func question(_ cache: String, _ more: JSONObject = [:]) -> JSONValue {
    var body: JSONObject = [
      "contents": [["parts": [["text": "two words"]]]], "cachedContent": JSONValue(cache),
      "generationConfig": .tableConfig,
    ]
    for (key, value) in more.members { body[key] = value }
    return .object(body)
  }

  @Test func aCacheIsUsedForItsContentsAndCounted() async throws {
    try await EmulatorSession.run { session in
      let cache = await create(session, ["ttl": "600s", "displayName": "talk"]).json
      let name = try #require(cache["name"]?.string)
      #expect(cache["usageMetadata"]?["totalTokenCount"]?.int == 60 * 66 + 1500)
      let answer = await session.call("generateContent", question(name), model: Self.model).json
      let usage = try #require(answer["usageMetadata"])
      #expect(usage["cachedContentTokenCount"]?.int == 5460)
      #expect(usage["promptTokenCount"]?.int == 5462)
      let reference = try Sample.reference()["task1_transcripts"]?.array ?? []
      let tables = try answer.answerTables()
      #expect(
        tables["task1_transcripts"]?.array?.count
          == reference.filter { ($0["startMS"]?.int ?? 0) < 60_000 }.count
      )
    }
  }

  @Test func cachesAreListedChangedAndDeleted() async throws {
    try await EmulatorSession.run { session in
      let cache = await create(session).json
      let name = try #require(cache["name"]?.string)
      #expect(cache["displayName"]?.string == "")
      let list = await session.get("/v1beta/cachedContents").json
      #expect(list["cachedContents"]?.array == [cache])
      let changed = await session.client.send(
        "PATCH",
        "/v1beta/\(name)?updateMask=ttl",
        json: ["ttl": "7200s"]
      )
      #expect(changed.json["expireTime"] != cache["expireTime"])
      for body: JSONValue in [["ttl": "1s", "displayName": "x"], ["name": "x"], [:]] {
        #expect(await session.client.send("PATCH", "/v1beta/\(name)", json: body).status == 400)
      }
      #expect(await session.delete("/v1beta/\(name)").json == [:])
      #expect(await session.get("/v1beta/\(name)").status == 403)
      #expect(await session.get("/v1beta/cachedContents").json == [:])
    }
  }

  @Test func theRulesOfUseAreThoseOfTheService() async throws {
    try await EmulatorSession.run { session in
      let small = await create(session, seconds: 5)
      #expect(small.status == 400)
      #expect(
        small.json["error"]?["message"]?.string
          == "Cached content is too small. total_token_count=455, min_total_token_count=1024"
      )
      let name = try #require(await create(session).json["name"]?.string)
      let system: JSONObject = ["systemInstruction": ["parts": [["text": "a"]]]]
      let beside = await session.call("generateContent", question(name, system), model: Self.model)
      #expect(beside.json["error"]?["message"]?.string?.contains("system_instruction") == true)
      let other = await session.call("generateContent", question(name), model: "gemini-3.7-flash")
      #expect(other.json["error"]?["message"]?.string?.contains("has to be the same") == true)
      let gone = await session.call(
        "generateContent",
        question("cachedContents/none"),
        model: Self.model
      )
      #expect(gone.status == 403)
      #expect(await create(session, model: "gemini-4-argon").status == 400)
    }
  }

  @Test func aCacheRunsOutWithItsTime() async throws {
    try await EmulatorSession.run { session in
      let name = try #require(await create(session, ["ttl": "600s"]).json["name"]?.string)
      session.emulator.clock.advance(bySeconds: 590)
      #expect(await session.get("/v1beta/\(name)").status == 200)
      session.emulator.clock.advance(bySeconds: 10)
      #expect(await session.get("/v1beta/\(name)").status == 403)
      let late = await session.call("generateContent", question(name), model: Self.model)
      #expect(late.status == 403)
    }
  }

  @Test func theBeginningOfAPromptIsFoundAgain() async throws {
    try await EmulatorSession.run { session in
      func cached(_ body: JSONValue, model: String = Self.model) async -> Int? {
        await session.call("generateContent", body, model: model)
          .json["usageMetadata"]?["cachedContentTokenCount"]?.int
      }
      let media = 99 * 66 + 2453
      #expect(await cached(.prompt("first")) == nil)
      #expect(await cached(.prompt("second")) == media)
      #expect(await cached(.prompt("second", part: ["videoMetadata": ["fps": 2]])) == nil)
      #expect(await cached(.prompt("second"), model: "gemini-3.7-flash") == nil)
      let short: JSONObject = ["videoMetadata": ["endOffset": "5s"]]
      #expect(await cached(.prompt("a", part: short)) == nil)
      #expect(await cached(.prompt("b", part: short)) == nil)
      session.emulator.clock.advance(bySeconds: 3600)
      #expect(await cached(.prompt("third")) == nil)
    }
  }
}
