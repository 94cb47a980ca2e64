import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// Words and times by the provider's speech model, rows and names by the model that sees.
@Suite(.enabled(if: ChildProcess.path(of: "ffmpeg") != nil)) struct NativeTests {
  @Test func wordsOfTheSpeechModelSetTheTimesOfRows() async throws {
    try await EmulatedRun.run { run in
      let words = ["sample.webm", "--native"]
      let plan = try await run.tabscribe(["plan", "--json"] + words).json
      let requests = try #require(plan["requests"]?.array)
      #expect(requests.map { $0["model"]?.string }.last == "gemini-3.5-transcribe")
      #expect(requests.count == 2 && requests[1]["estimate"]?["videoTokens"] == 0)
      let limited = await run.tabscribe(["plan", "--cost-limit", "0.001"] + words)
      #expect(limited.code == .limit)
      let done = await run.tabscribe(["transcribe"] + words)
      #expect(done.code == .done, "\(done.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 2)
      let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
      // Names and words stay those of the model that sees.
      #expect(document["speakers"]?[1]?["name"] == "Maëlle Kervadec")
      let times = try #require(document["corrections"]?.array?.last)
      #expect(times["kind"] == "times")
      let first = try #require(times["times"]?[0] ?? times["rows"]?[0], "\(times.rendered())")
      // The reply says 00:01 of what begins at 1.4 s.
      #expect(first["startMS"]?.int == 1400, "\(first.rendered())")
      #expect(document["findings"]?.array?.contains { $0["code"] == "words-untimed" } == false)
      #expect(document["findings"]?.array?.contains { $0["code"] == "other-model" } == false)
      let vtt = await run.tabscribe("export", "sample.json", "-f", "vtt", "-o", "-")
      #expect(vtt.output.contains("00:00:01.400 -->"), "\(vtt.output.prefix(200))")
      // The bill has both models, each at its own price.
      let billed = document["usage"]?["promptTokensByModality"]?["AUDIO"]?.int ?? 0
      #expect(billed > 2 * 98 * 25)
      let again = await run.tabscribe("runs", "reparse", "last")
      #expect(again.code == .done, "\(again.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 2)
    }
  }

  @Test func whatTheSpeechModelCannotHearIsTold() async throws {
    try await EmulatedRun.run { run in
      let distant = await run.tabscribe("plan", "https://example.org/a.mp4", "--native")
      #expect(distant.code == .usage && distant.errors.contains("is no file here"))
      let both = await run.tabscribe("transcribe", "sample.webm", "--native", "--align")
      #expect(both.code == .usage)
    }
  }

  @Test func wordsOfSomethingElseAreAFinding() async throws {
    var options = EmulatorOptions()
    options.rows = 8
    try await EmulatedRun.run(options) { run in
      // Its picture and its sound are told apart by their contents, so that each says something of its own.
      let made = try ChildProcess.run(
        try #require(ChildProcess.path(of: "ffmpeg")),
        [
          "-nostdin", "-v", "error", "-i", run.folder.path + "/sample.webm", "-t", "20", "-c",
          "copy",
          run.folder.path + "/part.webm",
        ]
      )
      #expect(made.code == 0, "\(made.errors)")
      let done = await run.tabscribe("transcribe", "part.webm", "--native")
      let document = try JSONValue(parsing: run.folder.text(of: "part.json"))
      let codes = document["findings"]?.array?.compactMap { $0["code"]?.string } ?? []
      #expect(codes.contains("words-untimed"), "\(done.errors)")
      #expect(document["corrections"]?.array?.isEmpty == true)
    }
  }
}
