import RequestPlanning
import TestSupport
import Testing

@Suite struct PlanScheduleTests {
  private func plan(sources: Int, prompts: Int, seconds: Double = 3263) throws -> Plan {
    let prompts = try (0..<prompts).map { try PlanSamples.prompt("p\($0)") }
    let sources = (0..<sources).map { PlanSamples.source("v\($0)", seconds: seconds) }
    return try PlanSamples.planner()
      .plan(PlanSamples.promptMajor(sources: sources, prompts: prompts))
  }

  @Test func theFirstOfAGroupGoesAloneAndTheRestFollowTogether() throws {
    var schedule = PlanSchedule(plan: try plan(sources: 1, prompts: 4), jobs: 8)
    #expect(schedule.start() == [0])
    #expect(schedule.start() == [])
    schedule.finish(0, succeeded: true)
    #expect(schedule.start() == [1, 2, 3])
    for entry in 1...3 { schedule.finish(entry, succeeded: true) }
    #expect(schedule.isFinished)
  }

  @Test func idleJobsWarmTheNextGroups() throws {
    var schedule = PlanSchedule(plan: try plan(sources: 3, prompts: 3), jobs: 2)
    #expect(schedule.start() == [0, 3])
    schedule.finish(3, succeeded: true)
    #expect(schedule.start() == [4])
    schedule.finish(0, succeeded: true)
    #expect(schedule.start() == [1])
    schedule.finish(4, succeeded: true)
    #expect(schedule.start() == [2])
  }

  @Test func aFailedFirstRequestPassesItsTaskOn() throws {
    var schedule = PlanSchedule(plan: try plan(sources: 1, prompts: 3), jobs: 8)
    #expect(schedule.start() == [0])
    schedule.finish(0, succeeded: false)
    #expect(schedule.start() == [1])
    schedule.finish(1, succeeded: true)
    #expect(schedule.start() == [2])
  }

  @Test func requestsWithoutACacheToFillGoTogether() throws {
    var schedule = PlanSchedule(plan: try plan(sources: 1, prompts: 4, seconds: 5), jobs: 3)
    #expect(schedule.start() == [0, 1, 2])
  }

  @Test func everyRequestIsSentOnceAndNoHitIsSentToAColdCache() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<50 {
      let plan = try plan(sources: .random(in: 1...5, using: &generator), prompts: 4)
      let jobs = Int.random(in: 1...6, using: &generator)
      var schedule = PlanSchedule(plan: plan, jobs: jobs)
      var running: [Int] = []
      var done = Set<Int>()
      while !schedule.isFinished {
        for entry in schedule.start() {
          if case .hitExpected(let warmUp) = plan.entries[entry].reason {
            #expect(done.contains(warmUp - 1))
          }
          running.append(entry)
        }
        #expect(!running.isEmpty && running.count <= jobs)
        let entry = running.remove(at: .random(in: running.indices, using: &generator))
        #expect(done.insert(entry).inserted)
        schedule.finish(entry, succeeded: true)
      }
      #expect(done.count == plan.entries.count)
    }
  }
}
