import Foundation
import GeminiAPI
import GeminiEmulation
import RequestPlanning
import RunStore
import Testing
import TranscriptModel

@testable import Transcribing

/// Runs that are stopped and taken up: nothing answered is sent again, nothing is lost.
@Suite struct ResumeTests {
  private static func options() -> EmulatorOptions {
    var options = EmulatorOptions()
    options.rows = 850
    return options
  }

  private func answered(_ work: EmulatedWork) -> Int { work.emulator.log.answeredGenerationCount }

  @Test func whatWasAnsweredIsReadFromTheStore() async throws {
    try await EmulatedWork.with(Self.options()) { work in
      let prepared = try await work.prepared { $0.sharding = .every(milliseconds: 1_500_000) }
      let run = try work.transcriber.begin([prepared], in: work.store)
      let report = await run.execute()
      guard case .finished(let item, _) = report.outcomes[0] else { throw CancellationError() }
      let first = try item.document()
      let sent = answered(work)
      #expect(sent == 4)
      // As if the program had been killed before the document was made.
      try work.store.setStatus(of: run.jobs[0].item, .running)
      let again = try work.transcriber.resume(run.id, [prepared], in: work.store)
      guard case .finished(let repeated, _) = await again.execute().outcomes[0] else {
        throw CancellationError()
      }
      let second = try repeated.document()
      #expect(second.tables == first.tables)
      #expect(second.usage == first.usage)
      #expect(answered(work) == sent)
    }
  }

  @Test func aReplyCutByTheEndOfTheProgramIsAskedForAgain() async throws {
    try await EmulatedWork.with(Self.options()) { work in
      let prepared = try await work.prepared()
      let whole = try await work.transcriber.transcribe(prepared, in: work.store)
      let item = try work.store.resolveItem(whole.run.id).id
      let request = try #require(try work.store.requests(of: item).first)
      let bytes = try work.store.reply(of: request.id)

      let run = try work.transcriber.begin(
        [prepared],
        in: work.store,
        options: try EmulatedWork.options()
      )
      let cut = try work.store.begin(request.request, of: run.jobs[0].item)
      try work.store.append(Array(bytes[..<(bytes.count / 2)]), to: cut)
      let taken = try work.transcriber.resume(
        run.id,
        [prepared],
        in: work.store,
        options: try EmulatedWork.options()
      )
      guard case .finished(let item, _) = await taken.execute().outcomes[0] else {
        throw CancellationError()
      }
      let document = try item.document()
      #expect(document.isComplete)
      #expect(document.tables == whole.tables)
      #expect(document.findings == whole.findings)
      let kinds = try work.store.requests(of: run.jobs[0].item).map(\.request.kind)
      #expect(kinds == [.clip, .clip])
    }
  }

  @Test func readingAnewNeedsNoService() async throws {
    var run: TranscriptionRun?
    try await EmulatedWork.with(Self.options()) { work in
      let prepared = try await work.prepared()
      let begun = try work.transcriber.begin([prepared], in: work.store)
      _ = await begun.execute()
      await work.emulator.stop()
      var options = RunOptions()
      options.isOffline = true
      run = try work.transcriber.resume(begun.id, [prepared], in: work.store, options: options)
      let report = await run?.execute()
      guard case .finished(let item, _)? = report?.outcomes[0] else {
        throw CancellationError()
      }
      let document = try item.document()
      #expect(document.isComplete)
      #expect(document.transcript.segments.count == 850)
    }
  }

  @Test func aRunStopsAtItsCostLimitAndGoesOnLater() async throws {
    try await EmulatedWork.with(Self.options()) { work in
      var work2: [PreparedTranscription] = []
      for end in [600_000, 601_000, 602_000] {
        work2.append(try await work.prepared { $0.end = Timecode(milliseconds: end) })
      }
      var options = RunOptions()
      options.jobs = 1
      let price = try #require(work.transcriber.plan([work2[0]]).total.cost).cached.expected
      options.costLimit = price * 2
      let run = try work.transcriber.begin(work2, in: work.store, options: options)
      let report = await run.execute()
      guard case .costLimit = report.stop else { throw CancellationError() }
      let done = answered(work)
      #expect((1...2).contains(done))
      options.costLimit = nil
      let rest = try work.transcriber.resume(run.id, work2, in: work.store, options: options)
      #expect(!(await rest.execute().isUnfinished))
      #expect(answered(work) == 3)
    }
  }

  @Test func requestsThatBeginAlikeHitTheCacheAsPlanned() async throws {
    try await EmulatedWork.with(Self.options()) { work in
      var jobs: [PreparedTranscription] = []
      for name in ["transcribe", "sounds", "voices"] {
        for end in [600_000, 900_000] {
          jobs.append(
            try await work.prepared(prompt: name) {
              $0.end = Timecode(milliseconds: end)
              $0.layers = .both
            }
          )
        }
      }
      let report = await (try work.transcriber.begin(jobs, in: work.store)).execute()
      #expect(report.reconciliation.expectedHits == 4)
      #expect(report.reconciliation.achievedHits == 4)
    }
  }
}
