import Foundation
import RequestPlanning
import Testing

@Suite struct ExplicitCacheTests {
  private func decision(
    model: String,
    seconds: Double,
    requests: Int,
    day: String = "2026-11-20",
    _ change: (inout PlannerOptions) -> Void = { _ in }
  ) throws -> ExplicitCacheDecision {
    let list = try (0..<requests).map {
      PlanRequest(
        source: PlanSamples.source("a.mp4", seconds: seconds),
        prompt: try PlanSamples.prompt("p\($0)"),
        settings: PlanSamples.settings(model)
      )
    }
    return try #require(PlanSamples.planner(day: day, change).plan(list).explicitCaches.first)
  }

  @Test func aCacheThatFillsByItselfIsPreferred() throws {
    let found = try decision(model: "gemini-3.8-flash", seconds: 3263, requests: 12)
    #expect(!found.isAdvised)
    #expect(found.why.contains("by itself"))
    let with = try #require(found.costWithCache)
    #expect(found.costWithout < with && with < found.costUncached)
  }

  @Test func aBeginningTooShortForTheImplicitCacheGetsOneOfItsOwn() throws {
    // 40 s are 3,800 tokens: below the implicit minimum, above that of a created cache.
    let found = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 12)
    #expect(found.tokens == 3800)
    #expect(found.isAdvised)
    #expect(found.why == "it costs less than sending the beginning again")
  }

  @Test func theBreakEvenIsWhereTheCostsCross() throws {
    // In millionths a token: full 0.75, cached 0.075, kept for an hour 0.5:
    // (0.75 + 0.5) / (0.75 - 0.075) = 1.85, so two requests pay.
    let few = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 2)
    #expect(few.breakEvenRequests == 2)
    #expect(few.isAdvised)
    // 12 requests save 12 * 0.675 - 0.75 = 7.35, which keeps the cache for 14.7 hours.
    let many = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 12)
    #expect(many.breakEvenHours == Decimal(string: "14.7"))
    let tooLong = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 12) {
      $0.cacheHours = 15
    }
    #expect(!tooLong.isAdvised)
    let justRight = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 12) {
      $0.cacheHours = 14
    }
    #expect(justRight.isAdvised)
  }

  @Test func twoRequestsAreTooFewWhenKeepingIsDear() throws {
    let found = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 2) {
      $0.cacheHours = 24
    }
    #expect(!found.isAdvised)
    #expect(found.breakEvenRequests == 19)
    #expect(found.why.contains("too few"))
  }

  @Test func obstaclesAreNamed() throws {
    let small = try decision(model: "gemini-3.8-flash", seconds: 10, requests: 9)
    #expect(small.why.contains("950 tokens are fewer than the 1024"))
    let none = try decision(model: "gemini-4-argon", seconds: 40, requests: 9)
    #expect(none.why.contains("offers no caches"))
    let dumb = try decision(model: "gemini-3.8-flash", seconds: 40, requests: 9) {
      $0.canNameCaches = false
    }
    #expect(dumb.why.contains("cannot name a cache"))
    let unpriced = try decision(model: "gemini-3.5-flash", seconds: 40, requests: 9)
    #expect(unpriced.costWithCache == nil && unpriced.why.contains("not known"))
    #expect(![small, none, dumb, unpriced].contains { $0.isAdvised })
  }

  @Test func itCanBeForcedAndForbidden() throws {
    let forced = try decision(model: "gemini-3.8-flash", seconds: 3263, requests: 12) {
      $0.explicitCaching = .always
    }
    #expect(forced.isAdvised)
    let list = try (0..<3).map {
      PlanRequest(
        source: PlanSamples.source("a.mp4", seconds: 40),
        prompt: try PlanSamples.prompt("p\($0)"),
        settings: PlanSamples.settings()
      )
    }
    let plan = try PlanSamples.planner { $0.explicitCaching = .never }.plan(list)
    #expect(plan.explicitCaches.isEmpty)
  }
}
