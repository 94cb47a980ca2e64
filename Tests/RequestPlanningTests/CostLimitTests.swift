import Foundation
import RequestPlanning
import Testing

@Suite struct CostLimitTests {
  private func plan() throws -> Plan {
    let request = PlanRequest(
      source: PlanSamples.source("a.mp4"),
      prompt: try PlanSamples.prompt("p"),
      settings: PlanSamples.settings()
    )
    return try PlanSamples.planner().plan([request])
  }

  @Test func aPlanAboveTheLimitIsRefusedInWords() throws {
    let cent = try #require(Decimal(string: "0.01"))
    guard case .refuse(let why) = CostLimit(dollars: cent).verdict(on: try plan()) else {
      Issue.record("a plan of 30 cents passed a limit of one")
      return
    }
    #expect(why.contains("limit of 0.010 USD"))
  }

  @Test func aPlanWithinTheLimitIsSent() throws {
    #expect(CostLimit(dollars: 5).verdict(on: try plan()) == .proceed)
    let expected = try #require(plan().total.cost?.cached.expected)
    #expect(CostLimit(dollars: expected).verdict(on: try plan()) == .proceed)
  }

  @Test func theLimitHoldsBetweenRequests() throws {
    let next = try #require(plan().entries[0].cost).cached.expected
    let limit = CostLimit(dollars: 1)
    let half = try #require(Decimal(string: "0.5"))
    #expect(limit.verdict(spent: half, next: next) == .proceed)
    #expect(limit.verdict(spent: half, running: half, next: next) != .proceed)
  }
}
