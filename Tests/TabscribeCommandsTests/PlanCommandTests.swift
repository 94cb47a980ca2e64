import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import TabularExtraction
import Testing
import TranscriptModel

@testable import TabscribeCommands

/// `plan` from the command line: what it prints, what it refuses, what it asks the service.
@Suite struct PlanCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(sample.bytes).write(to: folder.url.appending(path: "talk.webm"))
    return folder
  }

  /// Runs `plan` with a service that notes what it is asked.
  private func plan(
    _ arguments: [String],
    in folder: TemporaryFolder
  ) async throws -> (run: CommandRun, log: RequestLog) {
    let emulator = try GeminiEmulator.start()
    let run = await CommandRun.tabscribe(
      ["plan"] + arguments,
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": "k"]
    )
    await emulator.stop()
    return (run, emulator.log)
  }

  /// A models file that gives one model a price from a day on.
  private static func models(priceFrom day: String) -> String {
    """
    {
      "models": [
        {
          "id": "gemini-3.5-flash-lite",
          "prices": [
            {
              "from": "\(day)", "platform": "ai-studio",
              "rows": [{"tier": "standard", "input": "1", "output": "2"}]
            }
          ]
        }
      ]
    }
    """
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var models: String?
    let code: Int32
    let says: String
    var testDescription: String { name }
  }

  static let refused = [
    Case(
      name: "unknown length",
      arguments: ["https://youtu.be/dQw4w9WgXcQ"],
      code: 2,
      says: "State it with --duration."
    ),
    Case(
      name: "unknown model",
      arguments: ["talk.webm", "-m", "gemini-99"],
      code: 2,
      says: "(--no-estimate)"
    ),
    Case(
      name: "price file with an error",
      arguments: ["talk.webm"],
      models: "{\n  \"models\": [\n    {\"id\": 7}\n  ]\n}",
      code: 2,
      says: "models.json:3: models[0].id"
    ),
    Case(
      name: "price file that is no JSON",
      arguments: ["talk.webm"],
      models: "{\n  \"models\": [}\n",
      code: 2,
      says: "models.json:2:"
    ),
    Case(
      name: "clock before the first price",
      arguments: ["talk.webm"],
      models: models(priceFrom: "2999-01-01"),
      code: 1,
      says: "start on 2999-01-01, and today is"
    ),
    Case(
      name: "setting that cannot be varied",
      arguments: ["talk.webm", "--what-if", "fps,resolutoin"],
      code: 2,
      says: "resolution"
    ),
  ]

  @Test(arguments: refused) func whatCannotBeEstimatedIsRefusedWithARemedy(
    _ example: Case
  )
    async throws
  {
    let folder = try folder()
    if let models = example.models {
      try folder.write(models, to: ".config/tabscribe/models.json")
    }
    let (run, log) = try await plan(example.arguments, in: folder)
    #expect(run.code.rawValue == example.code, "\(run.errors)")
    #expect(run.errors.contains(example.says), "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(log.count == 0)
  }

  static let planned = [
    Case(
      name: "unknown length",
      arguments: ["https://youtu.be/dQw4w9WgXcQ"],
      code: 0,
      says: "The length of https://www.youtube.com/watch?v=dQw4w9WgXcQ is not known."
    ),
    Case(
      name: "unknown model",
      arguments: ["talk.webm", "-m", "gemini-99"],
      code: 0,
      says: "The model gemini-99 is not known"
    ),
    Case(
      name: "clock before the first price",
      arguments: ["talk.webm"],
      models: models(priceFrom: "2999-01-01"),
      code: 0,
      says: "check the clock"
    ),
  ]

  @Test(arguments: planned) func withoutEstimateItIsPlannedWithAWarning(
    _ example: Case
  )
    async throws
  {
    let folder = try folder()
    if let models = example.models {
      try folder.write(models, to: ".config/tabscribe/models.json")
    }
    let (run, _) = try await plan(example.arguments + ["--no-estimate"], in: folder)
    #expect(run.code == .done, "\(run.errors)")
    #expect(run.errors.contains(example.says), "\(run.errors)")
    #expect(run.output.contains("the cost is not known"))
    let (json, _) = try await plan(example.arguments + ["--no-estimate", "--json"], in: folder)
    let notices = try json.json["notices"]?.array?.compactMap(\.string) ?? []
    #expect(notices.contains { $0.contains(example.says) }, "\(notices)")
  }

  @Test func whatIsAskedInsteadOfAPromptsWishIsSaid() async throws {
    let folder = try folder()
    let told = try await plan(["talk.webm", "--model", "gemini-3.8-flash"], in: folder).run
    #expect(told.code == .done)
    #expect(told.errors.contains("wishes thinking level minimal"))
    let json = try await plan(["talk.webm", "--model", "gemini-3.8-flash", "--json"], in: folder)
    let notices = try json.run.json["notices"]?.array ?? []
    #expect(notices.contains { $0.string?.contains("low is asked for") == true })
    let ordered = ["talk.webm", "--model", "gemini-3.8-flash", "--thinking-level", "minimal"]
    let refused = try await plan(ordered, in: folder)
    #expect(refused.run.code == .usage)
    #expect(refused.log.entries.isEmpty)
  }

  @Test func aVideoBeyondTheLimitsIsNamed() async throws {
    let (run, _) = try await plan(
      ["https://youtu.be/dQw4w9WgXcQ", "--duration", "5:00:00", "--shard", "off", "--json"],
      in: try folder()
    )
    #expect(run.code == .done, "\(run.errors)")
    let problem = try run.json["requests"]?[0]?["estimate"]?["limits"]?["problem"]?.string
    #expect(problem?.contains("send it in clips") == true)
  }

  @Test func theGridStandsUnderThePlanAndInItsDocument() async throws {
    let folder = try folder()
    let arguments = ["talk.webm", "--what-if", "encoding,fps"]
    let (run, log) = try await plan(arguments, in: folder)
    #expect(run.code == .done, "\(run.errors)")
    #expect(run.output.contains("fps 0.2 · tsv"))
    #expect(run.output.split(separator: "\n").count { $0.contains("cheapest") } == 1)
    #expect(log.count == 0)
    let document = try await plan(arguments + ["--json"], in: folder).run.json
    #expect(document["requests"]?.array?.count == 1)
    #expect(document["whatIf"]?.array?.count == 8)
    #expect(document["whatIf"]?[0]?["total"]?["costUSD"]?["cached"]?.double != nil)
  }

  @Test func theServiceCountsEachTextOnce() async throws {
    let folder = try folder()
    let sources = ["talk.webm", "https://example.org/a.webm", "--duration", "60"]
    let (run, log) = try await plan(sources + ["--count-tokens", "--json"], in: folder)
    #expect(run.code == .done, "\(run.errors)")
    #expect(log.count == 1)
    #expect(log.answeredGenerationCount == 0)
    let estimates = try run.json["requests"]?.array?.compactMap { $0["estimate"] } ?? []
    #expect(estimates.count == 2)
    #expect(estimates.allSatisfy { $0["textIsCounted"]?.bool == true })
    #expect((estimates.first?["textTokens"]?.int ?? 0) > 50)
  }

  @Test func aCacheOfItsOwnIsCreatedOnlyWhenAskedFor() async throws {
    let folder = try folder()
    let arguments = ["talk.webm", "-p", "transcribe", "-p", "transcribe-sources", "--json"]
    func caches(_ when: String) async throws -> [JSONValue] {
      try await plan(arguments + ["--cache", when], in: folder).run.json["explicitCache"]?.array
        ?? []
    }
    #expect(try await caches("never").isEmpty)
    #expect(try await caches("always").first?["advised"]?.bool == true)
    #expect(try await caches("auto").first?["advised"]?.bool == false)
  }

  @Test func whatRunsTaughtIsUsedAndSaid() async throws {
    let folder = try folder()
    let before = try await planForService("--json", in: folder).json
    #expect(
      before["requests"]?[0]?["estimate"]?["outputBasis"]?.string?.contains("encoding") == true
    )
    try folder.write(
      try Self.rates(runs: 14, folder),
      to: ".local/share/tabscribe/learned-rates.json"
    )
    let after = try await planForService("--json", in: folder).json
    let estimate = after["requests"]?[0]?["estimate"]
    #expect(estimate?["outputBasis"]?.string == "learned from 14 of your runs")
    #expect(estimate?["outputTokens"]?["expected"]?.int == 196)
    let listing = await planForService(in: folder)
    #expect(listing.output.contains("output as learned from 14 of your runs"))
    // Ten tokens a second, and 196 of them.
    #expect(listing.output.contains(" · about 20 s"), "\(listing.output)")
    // What the service taught says nothing about something else that answers.
    let (emulated, _) = try await plan(["talk.webm"], in: folder)
    #expect(!emulated.output.contains("your runs"))
    try folder.write("{ damaged", to: ".local/share/tabscribe/learned-rates.json")
    #expect(await planForService(in: folder).output == listing.output)
  }

  /// Plans for the service itself, which is asked nothing.
  private func planForService(
    _ arguments: String...,
    in folder: TemporaryFolder
  ) async -> CommandRun {
    await CommandRun.tabscribe(["plan", "talk.webm"] + arguments, in: folder)
  }

  /// Rates as runs of the default prompt would have left them: two tokens a second.
  private static func rates(runs: Int, _ folder: TemporaryFolder) throws -> String {
    let schema = try #require(EmbeddedLibrary.schemas.file(named: "transcripts-speakers.json"))
    let shape = OutputShape(
      schema: try TableSchema(name: "transcripts-speakers", parsing: schema.text),
      encoding: .json
    )
    let media = MediaSelection(
      range: TimeRange(start: .zero, end: Timecode(milliseconds: 100_000))
    )
    let observation = RunObservation(
      model: "gemini-3.5-flash-lite",
      platform: .aiStudio,
      shape: RequestShape(media: media, textTokens: 10, output: shape),
      usage: Usage(promptTokens: 1000, outputTokens: 200),
      isComplete: true,
      seconds: 20
    )
    let rates = LearnedRates(
      Array(repeating: observation, count: runs),
      catalog: try ModelCatalog.builtIn()
    )
    return rates.json.rendered()
  }
}
