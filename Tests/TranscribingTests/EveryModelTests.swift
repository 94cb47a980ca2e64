import CurlHTTP
import EmbeddedLibrary
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import PromptTemplates
import RequestPlanning
import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

@testable import Transcribing

/// Every model with every prompt that shows a video, in both encodings, on both platforms.
@Suite struct EveryModelTests {
  /// The prompts that show a video; partials show none, and recipes work on finished transcripts.
  private static let prompts = EmbeddedLibrary.prompts.files
    .filter { $0.text.contains("{{media") && $0.name.hasSuffix(".prompt") }
    .map { String($0.name.dropLast(".prompt".count)) }.sorted()

  /// The models that take video and have not ended everywhere.
  private static func models() throws -> [ModelCard] {
    try ModelCatalog.builtIn().cards.filter { card in
      card.media?.tokensPerFrame.isEmpty == false && card.status.state != .shutDown
    }
  }

  private static func configurations(baseURL: String?) throws -> [GeminiConfiguration] {
    var studio = GeminiConfiguration(apiKey: Secret("test-key-1234"))
    var platform = try GeminiConfiguration(environment: [
      "GOOGLE_GENAI_USE_ENTERPRISE": "true", "GOOGLE_CLOUD_PROJECT": "my-project",
      "GOOGLE_API_KEY": "test-key-1234",
    ])
    if let baseURL {
      studio.baseURL = baseURL
      platform.baseURL = baseURL
    }
    return [studio, platform]
  }

  /// Each request of the matrix, its media filled in.
  private static func requests(
    _ configuration: GeminiConfiguration,
    _ body: (GeminiClient, GenerateContentRequest, _ model: String, _ what: String) async throws ->
      Void
  ) async throws {
    let client = GeminiClient(
      configuration: configuration,
      transport: CurlTransport(configuration: .init(environment: [:], userAgent: "tests"))
    )
    let transcriber = Transcriber(client: client, catalog: try .builtIn())
    let source = try VideoSource(parsing: EmulatedWork.address)
    let media = Part.Payload.fileData(
      FileData(fileUri: EmulatedWork.address, mimeType: "video/mp4")
    )
    let templates = try prompts.map(EmulatedWork.prompt)
    for card in try models() {
      for prompt in templates {
        for encoding in [ReplyEncoding.json, .tsv] {
          var settings = RequestSettings()
          settings.duration = Timecode(milliseconds: 60_000)
          settings.model = card.id
          settings.encoding = encoding
          if prompt.name == "identify-speakers" {
            settings.parameters["transcript"] = "0:01\t1\tHello."
          }
          settings.end = Timecode(milliseconds: 30_000)
          let work = try await transcriber.prepare(source, prompt: prompt, settings: settings)
          let request = work.order(.clip, about: work.clips[0]).request
          let what = "\(card.id), \(prompt.name), \(encoding), \(configuration.backend)"
          try await body(client, request.replacingPlaceholder(with: media), card.id, what)
        }
      }
    }
  }

  @Test func noRequestIsRefused() async throws {
    try await EmulatedWork.with(.init()) { work in
      for configuration in try Self.configurations(baseURL: work.emulator.baseURL) {
        try await Self.requests(configuration) { client, request, model, what in
          await #expect(throws: Never.self, "\(what)") {
            _ = try await client.countTokens(request, model: model)
            _ = try await client.generateContent(request, model: model)
          }
        }
      }
    }
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func everyRequestIsAsPublished() async throws {
    let published = [try PublishedAPI.geminiAPI(), try PublishedAPI.agentPlatform()]
    for (configuration, api) in zip(try Self.configurations(baseURL: nil), published) {
      let build = GeminiRequests(configuration: configuration)
      try await Self.requests(configuration) { _, request, model, what in
        let call = try build.generateContent(request, model: model, isStreamed: true)
        let address = try #require(WebAddress(call.url))
        guard case .bytes(let bytes) = call.body else { return }
        let problems = api.problems(
          inRequest: call.method,
          String(address.path.dropFirst()),
          query: address.queryItems.map(\.name),
          body: try JSONValue(parsing: bytes)
        )
        #expect(problems == [], "\(what)")
      }
    }
  }
}
