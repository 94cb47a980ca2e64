import GeminiAPI
import OrderedJSON
import PromptTemplates
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// What counts as the same work at another time, and what does not.
@Suite struct WorkIdentityTests {
  private func transcriber(
    _ change: (inout GeminiConfiguration) -> Void = { _ in }
  ) throws -> Transcriber {
    var configuration = GeminiConfiguration(apiKey: Secret("k"))
    change(&configuration)
    let client = GeminiClient(configuration: configuration, transport: NoTransport())
    return Transcriber(client: client, catalog: try .builtIn())
  }

  private func prepared(
    _ asked: [String: String] = [:],
    by transcriber: Transcriber? = nil,
    prompt: ExtractionPrompt? = nil
  ) async throws -> PreparedTranscription {
    var settings = RequestSettings()
    settings.duration = Timecode(milliseconds: 600_000)
    for (key, text) in asked {
      let field = try #require(RequestSettings.field(key))
      #expect(field.parse(text, &settings), "\(key)")
    }
    return try await (try transcriber ?? self.transcriber()).prepare(
      try VideoSource(parsing: "https://example.org/talk.mp4"),
      prompt: try prompt ?? EmulatedWork.prompt("transcribe"),
      settings: settings
    )
  }

  /// A value of each setting that is not the usual one.
  private static let unusual = [
    "model": "gemini-2.5-flash", "encoding": "tsv", "thinkingLevel": "high", "startMS": "1:00",
    "endMS": "5:00", "durationMS": "11:00", "fps": "2", "mediaResolution": "high",
    "layers": "frames", "audioOnly": "true", "channels": "true", "native": "true",
    "timebase": "clip", "sharding": "2:00",
    "overlapMS": "10", "passes": "2",
    "fillGaps": "true", "sharpen": "true", "api": "interactions", "serviceTier": "flex",
    "cache": "always",
  ]

  @Test func everySettingMakesOtherWorkExactlyWhenItsRowSaysSo() async throws {
    let usual = try await prepared()
    // The sound is that of a file, which this is not.
    let ofSound = ["audioOnly", "channels", "native"]
    for field in RequestSettings.fields where field.option != nil && !ofSound.contains(field.key) {
      // A model that chooses its frames is given no clip, so that it stands alone.
      let value = field.key == "processing" ? "agentic" : Self.unusual[field.key]
      let text = try #require(value, "\(field.key) has no value to try")
      let other = try await prepared([field.key: text])
      #expect((other.identity != usual.identity) == field.isIdentity, "\(field.key)")
    }
  }

  @Test func theUsualInWordsIsTheUsual() async throws {
    let usual = try await prepared().identity
    for (key, text) in [
      "fps": "1", "encoding": "json", "timebase": "auto", "sharding": "auto", "overlapMS": "30",
      "layers": "both", "processing": "static", "passes": "1", "startMS": "0", "endMS": "10:00",
      "serviceTier": "standard",
      "model": Transcriber.defaultModel,
    ] {
      #expect(try await prepared([key: text]).identity == usual, "\(key)")
    }
  }

  @Test func spellingsStayAsTheyAre() {
    var settings = RequestSettings()
    for (key, text) in Self.unusual { _ = RequestSettings.field(key)?.parse(text, &settings) }
    settings.parameters = ["favor": "recall"]
    #expect(
      settings.identityJSON.rendered()
        == #"{"parameters":{"favor":"recall"},"model":"gemini-2.5-flash","encoding":"tsv","#
        + #""thinkingLevel":"high","startMS":60000,"endMS":300000,"durationMS":660000,"fps":2,"#
        + #""mediaResolution":"high","layers":"frames","audioOnly":true,"timebase":"clip","sharding":120000,"overlapMS":10000,"#
        + #""passes":2,"fillGaps":true,"sharpen":true,"channels":true,"native":true}"#
    )
  }

  @Test func storesOfTheFirstVersionAreUnderstood() async throws {
    // A prompt that never changes, with what the first version noted for the same command line.
    let template = try PromptTemplate(
      parsing:
        "---\ninput: { schema: { video: string } }\noutput:\n  format: json\n  schema: { transcripts(array): { start: string, text: string } }\n---\n{{media url=video}}\n",
      name: "words"
    )
    let prompt = try ExtractionPrompt(name: "words", template: template)
    let port = try transcriber { $0.baseURL = "http://127.0.0.1:9" }
    let plain = try await prepared(by: port, prompt: prompt).earlierIdentity
    #expect(plain == "b93303b4637d8d3b9617d507305e3a2943286e561966cc68c648c22adc259b85")
    let said = ["sharding": "off", "mediaResolution": "low", "fps": "1", "overlapMS": "10"]
    let other = try await prepared(said, by: port, prompt: prompt).earlierIdentity
    #expect(other == "1d4f208549e7f72d99d737e4fc14d2ff5d3ed5d9725ce24e92a7d11d90a8ca65")
    #expect(try await prepared(["passes": "2"]).earlierIdentity == nil)
    #expect(try await prepared(["fillGaps": "true"]).earlierIdentity == nil)
    #expect(try await prepared(["sharpen": "true"]).earlierIdentity == nil)
  }

  @Test func recordsHoldEverySetting() throws {
    var settings = RequestSettings()
    for (key, text) in Self.unusual { _ = RequestSettings.field(key)?.parse(text, &settings) }
    settings.parameters = ["favor": "recall"]
    #expect(RequestSettings(json: settings.json) == settings)
    #expect(RequestSettings(json: RequestSettings().json) == RequestSettings())
    #expect(RequestSettings(json: ["fps": "fast"]) == nil)
  }

  @Test func anEmulatorAnswersForItselfAndGoogleFromEachAddress() async throws {
    let google = try await prepared().identity
    let emulator = try await prepared(
      by: try transcriber { $0.baseURL = "http://127.0.0.1:8080" }
    )
    #expect(emulator.identity != google)
  }
}

/// Sends nothing.
private struct NoTransport: HTTPTransport {
  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    throw TransportError(.cannotConnect, "nothing is sent")
  }
}
