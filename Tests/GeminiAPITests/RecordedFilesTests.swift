import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

/// What the real service answered about files, caches and counts is understood.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct RecordedFilesTests {
  /// The recorded answers of a scenario, as a script.
  private func script(_ name: String) throws -> ScriptedTransport {
    let text = try SharedFixtures.text("fixtures/gemini-http/exchanges/\(name).json")
    let exchanges = try #require(try JSONValue(parsing: text)["interactions"]?.array)
    return ScriptedTransport(
      exchanges.map { exchange in
        var headers = HTTPHeaders()
        for (name, value) in exchange["response"]?["headers"]?.object?.members ?? [] {
          headers.append(name, value.string ?? value[0]?.string ?? "")
        }
        return .json(
          exchange["response"]?["body"]?.string ?? "",
          status: exchange["response"]?["status"]?.int ?? 0,
          headers: headers
        )
      }
    )
  }

  @Test func uploadsLooksAtAndDeletesAFile() async throws {
    let transport = try script("llm-rb/google-files-successful_get_bismillah")
    let client = GeminiClient.forTest(transport)
    let upload = FileUpload(path: "/bismillah.mp3", size: 185_190, mimeType: "audio/mpeg")
    let file = try await client.uploadFile(upload)
    #expect(file.name == "files/k464k5ic1zix")
    #expect(file.sizeBytes == 185_190)
    #expect(file.expirationTime == "2026-03-20T04:32:35.527273421Z")
    #expect(try await client.waitUntilActive(file).state == .active)
    try await client.deleteFile(file.name)
    let commands = transport.requests.compactMap { $0.headers["X-Goog-Upload-Command"] }
    #expect(commands == ["start", "upload, finalize"])
  }

  @Test func makesUsesExtendsAndDeletesACache() async throws {
    let name =
      "ruby_llm/cachedcontent_explicit_caching_round-trip_gemini_gemini-2_5-flash"
      + "_creates_uses_extends_and_deletes_a_cache"
    let client = GeminiClient.forTest(try script(name))
    let draft = CachedContent.Draft(contents: [Content(parts: [.text("long")])])
    let cache = try await client.createCache(draft, model: "gemini-2.5-flash")
    #expect(cache.name == "cachedContents/1e9odc8cm11aab2truxzl4pdxjjxtss4k3gvture")
    #expect(cache.totalTokenCount == 9609)
    #expect(cache.displayName == nil)
    var request = GenerateContentRequest.text("What does it describe?")
    request.cachedContent = cache.name
    let answer = try await client.generateContent(request, model: "gemini-2.5-flash")
    #expect(answer.usageMetadata?.cachedContentTokenCount == 9609)
    let extended = try await client.extendCache(cache.name, timeToLive: .seconds(600))
    #expect(extended.expireTime == "2026-08-19T14:44:14.798440062Z")
    try await client.deleteCache(cache.name)
  }

  @Test func countsTokens() async throws {
    let name =
      "ruby_llm/chat_count_tokens_with_gemini_gemini-3_5-flash"
      + "_counts_a_staged_message_without_mutating_the_chat"
    let count = try await GeminiClient.forTest(try script(name))
      .countTokens(.text("What is the capital of France?"), model: "gemini-3.5-flash")
    #expect(count.totalTokens == 8)
    #expect(count.promptTokensDetails == [.init(modality: "TEXT", tokenCount: 8)])
  }
}
