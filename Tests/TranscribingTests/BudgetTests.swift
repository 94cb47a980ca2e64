import Foundation
import GeminiAPI
import GeminiEmulation
import RequestPlanning
import RunStore
import Testing
import TranscriptModel

@testable import Transcribing

/// What a run may cost: nothing is sent that would pass the limit, in however many hands it is.
@Suite struct BudgetTests {
  private func cost(_ expected: Decimal, high: Decimal? = nil) -> CostRange {
    CostRange(low: expected / 2, expected: expected, high: high ?? expected)
  }

  @Test func whatIsUnderWayCountsBeforeItIsSent() async throws {
    let budget = RunBudget(limit: 10)
    let first = try await budget.reserve(cost(2))
    // Nothing shows yet that estimates are right.
    async let second = budget.reserve(cost(2))
    try await Task.sleep(for: .milliseconds(20))
    budget.settle(first, bill: 2, isAnswered: true)
    let next = try await second
    let third = try await budget.reserve(cost(3, high: 5))
    // 2 spent, 2 and 5 at most under way: 2 more fit only when one of them cost less than feared.
    async let fourth = budget.reserve(cost(2))
    try await Task.sleep(for: .milliseconds(20))
    budget.settle(third, bill: 3, isAnswered: true)
    let last = try await fourth
    budget.settle(next, bill: 2, isAnswered: true)
    budget.settle(last, bill: 2, isAnswered: true)
    #expect(budget.spent == 9)
    await #expect(throws: GeminiError.self) { try await budget.reserve(cost(2)) }
    #expect(budget.refusal?.contains("passes the limit") == true)
  }

  @Test func whatCostsMoreThanEstimatedIsExpectedToGoOnSo() async throws {
    let budget = RunBudget(limit: 10)
    let first = try await budget.reserve(cost(1))
    budget.settle(first, bill: 6, isAnswered: true)
    await #expect(throws: GeminiError.self) { try await budget.reserve(cost(1)) }
  }

  @Test func aRequestWithoutAPriceCountsAsExpected() async throws {
    let budget = RunBudget(limit: 3)
    let first = try await budget.reserve(cost(2))
    budget.settle(first, bill: nil, isAnswered: true)
    #expect(budget.spent == 0)
    await #expect(throws: GeminiError.self) { try await budget.reserve(cost(2)) }
    let failed = RunBudget(limit: 3)
    let refused = try await failed.reserve(cost(2))
    failed.settle(refused, bill: nil, isAnswered: false)
    _ = try await failed.reserve(cost(2))
  }

  @Test func whatHasNoBillIsCountedWhereItFits() async throws {
    let budget = RunBudget(limit: 3)
    let cache = budget.charge(2)
    let other = budget.charge(2)
    #expect(cache && !other)
    #expect(budget.spent == 0 && budget.refusal == nil)
    await #expect(throws: GeminiError.self) { try await budget.reserve(cost(2)) }
  }

  @Test func whoWaitsForMoneyCanBeStopped() async throws {
    let budget = RunBudget(limit: 10)
    let first = try await budget.reserve(cost(5))
    let waiting = Task { try await budget.reserve(cost(5)) }
    try await Task.sleep(for: .milliseconds(20))
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    budget.settle(first, bill: 5, isAnswered: true)
  }

  /// Sources whose length was stated wrong, so that answers cost far more than estimated.
  private func work(_ work: EmulatedWork, count: Int) async throws -> [PreparedTranscription] {
    var prepared: [PreparedTranscription] = []
    for number in 1...count {
      var settings = RequestSettings()
      settings.duration = Timecode(milliseconds: 60_000)
      prepared.append(
        try await work.transcriber.prepare(
          try VideoSource(parsing: "https://example.org/\(number).mp4"),
          prompt: try EmulatedWork.prompt("transcribe"),
          settings: settings
        )
      )
    }
    return prepared
  }

  @Test(arguments: [1, 4])
  func theLimitIsPassedByNoMoreThanOneAnswer(_ jobs: Int) async throws {
    try await EmulatedWork.with(EmulatorOptions()) { work in
      let prepared = try await self.work(work, count: 8)
      let plan = try work.transcriber.plan(prepared)
      var options = RunOptions()
      options.jobs = jobs
      let limit = try #require(plan.total.cost).cached.expected
      options.costLimit = limit
      let run = try work.transcriber.begin(prepared, in: work.store, options: options)
      let report = await run.execute()
      guard case .costLimit = report.stop else {
        Issue.record("the run was not stopped")
        return
      }
      let bills = report.outcomes.compactMap { outcome in
        if case .finished(let item, _) = outcome { item.outline.cost.billed } else { nil }
      }
      let estimate = try #require(plan.entries[0].cost).cached.expected
      #expect(report.spent == bills.reduce(0, +))
      #expect(report.spent <= limit + (bills.max() ?? 0) - estimate)
      #expect(
        report.outcomes.count { if case .left = $0 { true } else { false } } == 8 - bills.count
      )
    }
  }

  @Test func aRunTakenUpGoesOnWithItsBudget() async throws {
    try await EmulatedWork.with(EmulatorOptions()) { work in
      let prepared = try await self.work(work, count: 4)
      var options = RunOptions()
      options.costLimit = try work.transcriber.plan(prepared).total.cost?.cached.expected
      let run = try work.transcriber.begin(prepared, in: work.store, options: options)
      let spent = await run.execute().spent
      #expect(spent > 0)
      #expect(try work.store.spending(of: run.id) == spent)
      #expect(try work.store.run(run.id)?.summary.costLimit == options.costLimit)
      let sent = work.emulator.log.answeredGenerationCount
      let again = try work.transcriber.resume(run.id, prepared, in: work.store, options: options)
      let more = await again.execute().spent
      #expect(more == 0)
      #expect(work.emulator.log.answeredGenerationCount == sent)
      options.costLimit = spent * 20
      let rest = try work.transcriber.resume(run.id, prepared, in: work.store, options: options)
      let report = await rest.execute()
      #expect(report.stop == nil)
      #expect(try work.store.spending(of: run.id) == spent + report.spent)
      #expect(work.emulator.log.answeredGenerationCount == 4)
    }
  }
}
