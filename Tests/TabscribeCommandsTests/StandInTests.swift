import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import RunStore
import TestSupport
import Testing

@testable import TabscribeCommands

/// What an emulator or a recording answered says so, and its money counts nowhere.
@Suite struct StandInTests {
  @Test func emulatedAndReplayedRunsAreMarkedEverywhere() async throws {
    try await EmulatedRun.run { run in
      let made = await run.tabscribe(
        "transcribe",
        "sample.webm",
        "-f",
        "json,html",
        "--record",
        "tape",
        "--json"
      )
      #expect(made.code == .done, "\(made.errors)")
      #expect(try made.json["results"]?[0]?["standIn"] == "emulator")
      let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
      #expect(document["run"]?["standIn"] == "emulator")
      let page = try run.folder.text(of: "sample.html")
      #expect(
        page.contains("An emulator answered in the place of the service; nothing was billed.")
      )

      let replayed = await CommandRun.tabscribe(
        ["transcribe", "sample.webm", "--replay", "tape", "-o", "again", "-f", "json"],
        in: run.folder
      )
      #expect(replayed.code == .done, "\(replayed.errors)")
      #expect(replayed.errors.contains("replayed, not billed"))

      let list = await run.tabscribe("runs", "list").output.split(separator: "\n")
      #expect(list[1].contains(" replayed ") && list[2].contains(" emulated "))
      let runs = try await run.tabscribe("runs", "list", "--json").json["runs"]
      #expect(runs?[0]?["standIns"] == ["recording"])
      #expect(runs?[1]?["standIns"] == ["emulator"])
      #expect(runs?.array?.allSatisfy { $0["costUSD"] == nil } == true)
      let shown = await run.tabscribe("runs", "show", "last")
      #expect(
        shown.output.contains("The answers were replayed from a recording; nothing was billed.")
      )
      let item = try await run.tabscribe("runs", "show", "last", "--json").json["items"]?[0]
      #expect(item?["standIn"] == "recording" && item?["costUSD"] == nil)
      let tried = await run.tabscribe("runs", "delete", "--older-than", "1h", "--dry-run")
      #expect(!tried.errors.contains("USD"))

      // Read again from its reply, it is still what it was.
      let reparsed = await CommandRun.tabscribe(
        ["runs", "reparse", "last"],
        in: run.folder,
        environment: ["GEMINI_API_KEY": "test-key"]
      )
      #expect(reparsed.code == .done, "\(reparsed.errors)")
      let again = try await run.tabscribe("runs", "show", "last", "--json").json["items"]?[0]
      #expect(again?["standIn"] == "recording")
    }
  }

  @Test func aGatewayOnThisMachineIsBilledAndTeaches() async throws {
    let answer: JSONValue = [
      "candidates": [
        [
          "content": [
            "role": "model",
            "parts": [
              [
                "text": """
                {"task1_transcripts": [{"start": "00:01", "text": "Hello.", "voice": 1}],
                 "task2_speakers": [{"voice": 1, "name": "?", "company": "?", "position": "?"}]}
                """
              ]
            ],
          ], "finishReason": "STOP",
        ]
      ], "usageMetadata": ["promptTokenCount": 4000, "candidatesTokenCount": 60],
    ]
    let service = try FieldCase(bodies: ["data: \(answer.rendered())\r\n\r\n"])
    defer { service.stop() }
    let folder = try TemporaryFolder()
    let made = await CommandRun.tabscribe(
      ["transcribe", "https://youtu.be/0pJn3g8dfwk", "--duration", "10s", "-f", "json", "--json"],
      in: folder,
      environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
    )
    let result = try made.json["results"]?[0]
    #expect(result != nil && result?["standIn"] == nil, "\(made.output)")
    let listed = await CommandRun.tabscribe(["runs", "list", "--json"], in: folder)
    #expect(try listed.json["runs"]?[0]?["costUSD"] != nil)
    #expect(try listed.json["runs"]?[0]?["standIns"] == [])
  }

  @Test func anEmulatorTeachesHowLongItTakesAndNothingElse() async throws {
    var options = EmulatorOptions()
    options.speed = 1000
    try await EmulatedRun.run(options) { run in
      for _ in 0..<3 {
        let made = await run.tabscribe("transcribe", "sample.webm", "-f", "json", "--force")
        #expect(made.code == .done, "\(made.errors)")
      }
      let plan = await run.tabscribe("plan", "sample.webm", "-p", "sounds")
      #expect(plan.output.contains("about "), "\(plan.output)")
      let store = try RunStore(
        readingFrom: run.folder.path + "/.local/share/tabscribe/tabscribe.db"
      )
      let rates = try #require(try store.learnedRates(of: "127.0.0.1"))
      #expect(rates["expectedTokensPerSecond"]?[0]?["rates"]?.array?.count == 3)
      for name in ["tokensPerFrame", "outputTokensPerSecond", "thinkingTokens"] {
        #expect(rates[name] == [], "\(name)")
      }
    }
  }
}
