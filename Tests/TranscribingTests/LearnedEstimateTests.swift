import Foundation
import GeminiAPI
import GeminiEmulation
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// What runs have taught is in every estimate, and in no cut.
@Suite struct LearnedEstimateTests {
  /// Replies five times as long as anybody would guess.
  private func learned(_ prepared: PreparedTranscription) throws -> LearnedRates {
    let shape = try #require(prepared.planRequest.shape)
    let observation = RunObservation(
      model: prepared.model,
      platform: .aiStudio,
      shape: shape,
      usage: Usage(promptTokens: 1000, outputTokens: 200_000, thoughtsTokens: 100),
      isComplete: true
    )
    return LearnedRates(Array(repeating: observation, count: 5), catalog: try .builtIn())
  }

  @Test func planAndResultGoByWhatWasLearned() async throws {
    try await EmulatedWork.with(EmulatorOptions()) { work in
      let plain = try await work.prepared { $0.sharding = .every(milliseconds: 1_200_000) }
      var transcriber = work.transcriber
      transcriber.learned = try learned(plain)
      let prepared = try await transcriber.prepare(
        try .init(parsing: EmulatedWork.address),
        prompt: plain.prompt,
        settings: plain.settings
      )
      let guessed = try work.transcriber.plan([plain]).total.cost?.cached
      let plan = try transcriber.plan([prepared]).total.cost?.cached
      #expect(plan != guessed)
      let document = try await transcriber.transcribe(prepared, in: work.store)
      #expect(document.cost.estimatedLow == plan?.low)
      #expect(document.cost.estimatedHigh == plan?.high)
    }
  }

  @Test func sourcesAreCutAsBefore() async throws {
    try await EmulatedWork.with(EmulatorOptions()) { work in
      let plain = try await work.prepared { $0.sharding = .automatic }
      var transcriber = work.transcriber
      transcriber.learned = try learned(plain)
      let prepared = try await transcriber.prepare(
        try .init(parsing: EmulatedWork.address),
        prompt: plain.prompt,
        settings: plain.settings
      )
      #expect(prepared.clips == plain.clips)
      #expect(prepared.identity == plain.identity)
    }
  }
}
