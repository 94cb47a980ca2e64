import CurlHTTP
import GeminiAPI
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// What is asked of a model that does not think as its prompt wishes.
@Suite struct ThinkingFitTests {
  private func prepared(
    _ model: String,
    _ thinking: ThinkingSetting = .automatic
  ) async throws -> PreparedTranscription {
    let client = GeminiClient(
      configuration: GeminiConfiguration(apiKey: Secret("k")),
      transport: CurlTransport()
    )
    var settings = RequestSettings()
    settings.duration = Timecode(milliseconds: 60_000)
    settings.model = model
    settings.thinking = thinking
    return try await Transcriber(client: client, catalog: .builtIn()).prepare(
      try VideoSource(parsing: "https://example.org/talk.mp4"),
      prompt: try EmulatedWork.prompt("transcribe"),
      settings: settings
    )
  }

  @Test func everyModelIsAskedForWhatItTakes() async throws {
    for card in try ModelCatalog.builtIn().cards where card.media?.tokensPerFrame.isEmpty == false {
      let work = try await prepared(card.id)
      let config = work.request.generationConfig?.thinkingConfig
      if let level = config?.thinkingLevel {
        #expect(card.thinking.objection(toLevel: level.name) == nil, "\(card.id)")
      }
      if config?.thinkingBudget != nil { #expect(card.thinking.kind == .budget, "\(card.id)") }
      if card.thinking.kind == .none {
        #expect(config?.thinkingLevel == nil && config?.thinkingBudget == nil, "\(card.id)")
      }
    }
  }

  @Test func aChangedWishIsSaid() async throws {
    let work = try await prepared("gemini-3.8-flash")
    #expect(work.request.generationConfig?.thinkingConfig?.thinkingLevel == .low)
    #expect(
      work.notices.contains(
        "The prompt transcribe wishes thinking level minimal, which gemini-3.8-flash does not take: "
          + "low is asked for."
      )
    )
    let pro = try await prepared("gemini-2.5-pro")
    #expect(pro.request.generationConfig?.thinkingConfig?.thinkingBudget == 128)
    #expect(pro.request.generationConfig?.thinkingConfig?.thinkingLevel == nil)
  }

  @Test func anOrderThatTheModelRefusesIsRefusedBeforeSending() async throws {
    let error = await #expect(throws: TranscriptionError.self) {
      try await prepared("gemini-3.8-flash", .level(.minimal))
    }
    #expect(error?.code == .invalidSettings)
    #expect(error?.message.contains("low, medium, high") == true)
    let taken = try await prepared("gemini-4-neon", .level(.xhigh))
    #expect(taken.request.generationConfig?.thinkingConfig?.thinkingLevel == .xhigh)
  }
}
