internal import EmbeddedLibrary
internal import GeminiAPI
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Plans 100,000 requests and prints what does not vary before the time and memory it took.
///
/// The goal is under one second and under 200 MB.
enum PlanningBenchmark {
  static func run() throws {
    let requests = try requests(sources: 1000, prompts: 100)
    guard let day = CalendarDay(parsing: "2026-11-20") else { return }
    let planner = Planner(
      catalog: try ModelCatalog.builtIn(),
      options: PlannerOptions(day: day)
    )
    let clock = ContinuousClock()
    let start = clock.now
    let plan = try planner.plan(requests)
    let planned = clock.now - start
    print("requests: \(plan.total.requests)")
    print("groups: \(plan.explicitCaches.count)")
    print("predicted cache hits: \(plan.total.expectedHits)")
    print("input tokens: \(plan.total.inputTokens)")
    print("USD with caching: \(plan.total.cost?.cached.expected.description ?? "?")")
    print("planned in: \(planned)")
    print("peak memory: \(peakMegabytes) MB")
  }

  /// Every prompt over every source, prompt by prompt: the planner has to regroup them all.
  private static func requests(sources: Int, prompts: Int) throws -> [PlanRequest] {
    let schema = EmbeddedLibrary.schemas.file(named: "transcripts-speakers.json")?.text ?? ""
    let tables = try TableSchema(name: "transcripts-speakers", parsing: schema).tables
    let prompts = (1...prompts).map {
      PlanPrompt(name: "prompt \($0)", tables: tables, textTokens: 200 + $0)
    }
    let sources = (1...sources).map { number in
      let end = Timecode(milliseconds: 600_000 + number * 1000)
      return PlanSource(name: "video \(number).mp4", range: TimeRange(start: .zero, end: end))
    }
    let settings = RequestSettings(model: "gemini-3.8-flash", mediaResolution: .low)
    return prompts.flatMap { prompt in
      sources.map { PlanRequest(source: $0, prompt: prompt, settings: settings) }
    }
  }

  private static var peakMegabytes: Int {
    var usage = rusage()
    #if canImport(Glibc)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
    #else
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss / 1_048_576
    #endif
  }
}
