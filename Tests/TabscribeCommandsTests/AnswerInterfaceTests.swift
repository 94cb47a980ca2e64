import CommandLineInterface
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// The options that change how the service is asked.
@Suite struct AnswerInterfaceTests {
  private func dryRun(_ arguments: String...) async throws -> JSONValue {
    let folder = try TemporaryFolder()
    let run = await CommandRun.tabscribe(["transcribe", "--dry-run"] + arguments, in: folder)
    #expect(run.code == .done, "\(run.errors)")
    return try #require(try run.json["requests"]?[0])
  }

  @Test func bothInterfacesGiveTheSameTables() async throws {
    try await EmulatedRun.run { run in
      var tables: [JSONValue?] = []
      for api in ["generate-content", "interactions"] {
        let outcome = await run.tabscribe(
          "transcribe",
          "sample.webm",
          "--api",
          api,
          "-f",
          "json",
          "--force"
        )
        #expect(outcome.code == .done, "\(outcome.errors)")
        let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
        tables.append(document["tables"])
        #expect(document["usage"]?["promptTokens"]?.int ?? 0 > 1000)
        let id = try #require(document["run"]?["id"]?.string)
        #expect(!id.isEmpty)
      }
      #expect(tables[0]?["transcripts"]?["rows"]?.array?.count == 22)
      #expect(tables[0] == tables[1])
      #expect(run.emulator.log.entries.contains { $0.path == "/v1beta/interactions" })
    }
  }

  @Test(arguments: ["plan", "transcribe"])
  func aThinkingBudgetIsRefusedBeforeAnythingIsSent(_ command: String) async throws {
    try await EmulatedRun.run { run in
      let outcome = await run.tabscribe(
        command,
        "sample.webm",
        "--api",
        "interactions",
        "-m",
        "gemini-2.5-flash-lite"
      )
      #expect(outcome.code == .usage, "\(outcome.output)\(outcome.errors)")
      #expect(
        outcome.errors.contains(
          "gemini-2.5-flash-lite cannot be asked with --api interactions: how much it thinks is set "
            + "by a budget"
        ),
        "\(outcome.errors)"
      )
      #expect(run.emulator.log.entries.isEmpty)
    }
  }

  @Test func anInterruptedInteractionIsTakenUp() async throws {
    var options = EmulatorOptions()
    options.decodeTokens = 200
    try await EmulatedRun.run(options) { run in
      let outcome = await run.tabscribe(
        "transcribe",
        "sample.webm",
        "--api",
        "interactions",
        "-f",
        "json"
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
      #expect(document["segments"]?.array?.count == 22)
      #expect(run.emulator.log.entries.count { $0.path == "/v1beta/interactions" } > 2)
    }
  }

  @Test func anInteractionCarriesClipResolutionAndSchema() async throws {
    let request = try await dryRun(
      "https://youtu.be/dQw4w9WgXcQ",
      "--api",
      "interactions",
      "--start",
      "30:00",
      "--end",
      "50:00",
      "--fps",
      "2",
      "--media-resolution",
      "high"
    )
    #expect(request["url"]?.string?.hasSuffix("/v1beta/interactions") == true)
    let media = request["body"]?["input"]?[0]?["content"]?[0]
    #expect(
      media?["processing"]
        == ["type": "static", "start_offset": "1800s", "end_offset": "3000s", "fps": 2]
    )
    #expect(media?["resolution"] == "high")
    #expect(
      request["body"]?["response_format"]?["schema"]?["properties"]?["task1_transcripts"] != nil
    )
  }

  @Test func aClipAsksForFramesAtAFixedRateWhereTheModelHasAChoice() async throws {
    let clip = ["https://youtu.be/dQw4w9WgXcQ", "--start", "1:00", "--end", "2:00"]
    let free = try await dryRun(
      clip[0],
      clip[1],
      clip[2],
      clip[3],
      clip[4],
      "-m",
      "gemini-3.8-flash"
    )
    let part = free["body"]?["contents"]?[0]?["parts"]?[0]
    #expect(part?["mediaProcessing"] == "STATIC")
    let old = try await dryRun(
      clip[0],
      clip[1],
      clip[2],
      clip[3],
      clip[4],
      "-m",
      "gemini-2.5-flash"
    )
    let oldPart = old["body"]?["contents"]?[0]?["parts"]?[0]
    #expect(oldPart?["videoMetadata"] != nil)
    #expect(oldPart?["mediaProcessing"] == nil)
  }

  @Test func theServiceTierIsSentAndItsPriceCounted() async throws {
    let request = try await dryRun("https://youtu.be/dQw4w9WgXcQ", "--service-tier", "flex")
    #expect(request["body"]?["serviceTier"] == "flex")
    try await EmulatedRun.run { run in
      var estimates: [Double] = []
      for tier in ["standard", "flex"] {
        let outcome = await run.tabscribe(
          "transcribe",
          "sample.webm",
          "--service-tier",
          tier,
          "-f",
          "json",
          "--force"
        )
        #expect(outcome.code == .done, "\(outcome.errors)")
        let cost = try JSONValue(parsing: run.folder.text(of: "sample.json"))["cost"]
        let high = try #require(cost?["estimatedHigh"])
        estimates.append(try #require(high.double ?? Double(high.string ?? "")))
      }
      #expect(estimates[1] < estimates[0] * 0.6)
    }
  }

  @Test func aPromptMaySetSafetyToolsAndLabels() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      ---
      config:
        safetySettings: [{ category: HARM_CATEGORY_HARASSMENT, threshold: OFF }]
        tools: [googleSearch, { urlContext: {} }]
        labels: { project: archive }
      input:
        schema: { video: "string, media URI" }
      output: { format: json, schema: transcripts-speakers }
      ---
      {{media url=video}}
      Transcribe.
      """,
      to: "own.prompt"
    )
    for api in ["generate-content", "interactions"] {
      let run = await CommandRun.tabscribe(
        ["transcribe", "https://a.example/v.mp4", "-p", "./own.prompt", "--dry-run", "--api", api],
        in: folder
      )
      #expect(run.code == .done, "\(run.errors)")
      let body = try run.json["requests"]?[0]?["body"]
      #expect(body?["labels"] == ["project": "archive"])
      if api == "interactions" {
        #expect(body?["safety_settings"] == [["type": "harassment", "threshold": "off"]])
        #expect(body?["tools"] == [["type": "google_search"], ["type": "url_context"]])
      } else {
        #expect(
          body?["safetySettings"] == [["category": "HARM_CATEGORY_HARASSMENT", "threshold": "OFF"]]
        )
        #expect(body?["tools"] == [["googleSearch": [:]], ["urlContext": [:]]])
      }
    }
  }

  @Test func theEuropeanLocationSaysThatDataStaysThere() async throws {
    let folder = try TemporaryFolder()
    let arguments = [
      "transcribe", "gs://bucket/v.mp4", "--backend", "agent-platform", "--project", "p",
      "--dry-run", "--location",
    ]
    let eu = await CommandRun.tabscribe(arguments + ["eu"], in: folder)
    #expect(eu.code == .done, "\(eu.errors)")
    #expect(eu.errors.contains("Data stays in the EU"))
    let url = try eu.json["requests"]?[0]?["url"]?.string ?? ""
    #expect(
      url.hasPrefix("https://aiplatform.eu.rep.googleapis.com/v1beta1/projects/p/locations/eu/")
    )
    let global = await CommandRun.tabscribe(arguments + ["global"], in: folder)
    #expect(!global.errors.contains("Data stays"))
  }
}
