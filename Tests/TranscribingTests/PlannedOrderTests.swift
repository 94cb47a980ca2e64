import Foundation
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// Twelve prompts over eight videos: the order of the plan lets the service's own cache serve the
/// videos, the order in which people would ask does not.
@Suite struct PlannedOrderTests {
  private static let prompts = [
    "transcribe", "transcribe-audio", "transcribe-evidence", "transcribe-names-first",
    "transcribe-sources", "sounds", "voices", "baseline",
  ]

  /// Every prompt, and four times one with another context, over every video; prompts outermost.
  private func jobs(_ work: EmulatedWork) async throws -> [PreparedTranscription] {
    var jobs: [PreparedTranscription] = []
    for number in 0..<12 {
      let isVariant = number >= Self.prompts.count
      let prompt = try EmulatedWork.prompt(isVariant ? "transcribe" : Self.prompts[number])
      for video in 1...8 {
        var settings = RequestSettings()
        settings.duration = Timecode(milliseconds: 600_000)
        settings.mediaResolution = .low
        settings.layers = .both
        if isVariant { settings.parameters["context"] = .string("Evening \(number) of a series.") }
        jobs.append(
          try await work.transcriber.prepare(
            try VideoSource(parsing: "https://example.org/\(video).mp4"),
            prompt: prompt,
            settings: settings
          )
        )
      }
    }
    return jobs
  }

  /// Prompt tokens in full and from the cache.
  private struct Billed {
    var fresh = 0
    var cached = 0

    mutating func add(_ document: TranscriptDocument) {
      guard let usage = document.usage else { return }
      fresh += usage.promptTokens - usage.cachedTokens
      cached += usage.cachedTokens
    }

    /// In units of a full token; a cached one costs a tenth.
    var cost: Double { Double(fresh) + Double(cached) / 10 }
  }

  /// Replies long enough that a cache forgets between two prompts over the same video.
  private static func options() -> EmulatorOptions {
    var options = EmulatorOptions()
    (options.rows, options.outputRate) = (100, 40)
    return options
  }

  private func billed(
    _ run: @Sendable (EmulatedWork, [PreparedTranscription]) async throws -> [TranscriptDocument]
  ) async throws -> Billed {
    try await EmulatedWork.with(Self.options()) { work in
      var billed = Billed()
      for document in try await run(work, try await jobs(work)) { billed.add(document) }
      return billed
    }
  }

  @Test func theOrderOfThePlanCostsLittleMoreThanTheLeast() async throws {
    let planned = try await billed { work, jobs in
      var options = RunOptions()
      options.jobs = 2
      let report = await (try work.transcriber.begin(jobs, in: work.store, options: options))
        .execute()
      #expect(report.reconciliation.expectedHits == 88)
      #expect(report.reconciliation.achievedHits == 88)
      return try report.outcomes.compactMap { outcome in
        if case .finished(let item, _) = outcome { try item.document() } else { nil }
      }
    }
    let naive = try await billed { work, jobs in
      var documents: [TranscriptDocument] = []
      for job in jobs {
        documents.append(try await work.transcriber.transcribe(job, in: work.store))
      }
      return documents
    }
    let media = Double(planned.cached) / 88
    let text = Double(planned.fresh) - 8 * media
    let least = 8 * media + 88 * media / 10 + text
    print(
      "12 prompts over 8 videos: input billed at \(planned.cost / least) of the least, "
        + "\(naive.cost / least) in the order asked"
    )
    #expect(planned.cost <= 1.1 * least)
    #expect(naive.cost > 2 * planned.cost)
  }
}
