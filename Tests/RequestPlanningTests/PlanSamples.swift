import EmbeddedLibrary
import GeminiAPI
import RequestPlanning
import TabularExtraction
import Testing
import TranscriptModel

/// Sources, prompts and settings for plans.
enum PlanSamples {
  static func source(_ name: String, seconds: Double = 3263) -> PlanSource {
    let end = Timecode(milliseconds: Int(seconds * 1000))
    return PlanSource(name: name, range: TimeRange(start: .zero, end: end), length: end)
  }

  static func prompt(
    _ name: String,
    schema: String = "transcripts-speakers",
    textTokens: Int = 220
  ) throws -> PlanPrompt {
    let text = try #require(EmbeddedLibrary.schemas.file(named: schema + ".json")?.text)
    let tables = try TableSchema(name: schema, parsing: text).tables
    return PlanPrompt(name: name, tables: tables, textTokens: textTokens)
  }

  static func settings(
    _ model: String = "gemini-3.8-flash",
    resolution: MediaResolution = .low
  ) -> RequestSettings {
    RequestSettings(model: model, mediaResolution: resolution)
  }

  static func planner(
    day: String = "2026-11-20",
    _ change: (inout PlannerOptions) -> Void = { _ in }
  ) throws -> Planner {
    var options = PlannerOptions(day: try Catalogs.day(day))
    change(&options)
    return Planner(catalog: try ModelCatalog.builtIn(), options: options)
  }

  /// Some sources with some prompts, prompt by prompt: the order that wastes caches.
  static func promptMajor(
    sources: [PlanSource],
    prompts: [PlanPrompt],
    settings: RequestSettings = settings()
  ) -> [PlanRequest] {
    prompts.flatMap { prompt in
      sources.map { PlanRequest(source: $0, prompt: prompt, settings: settings) }
    }
  }
}
