import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// Recordings whose channels are the lines of speakers.
@Suite(.enabled(if: ChildProcess.path(of: "ffmpeg") != nil)) struct ChannelTests {
  private func recording(
    _ body: (EmulatedRun) async throws -> Void
  ) async throws {
    var options = EmulatorOptions()
    options.rows = 10
    // No voice of theirs has a name.
    options.voices = 1
    try await EmulatedRun.run(options) { run in
      try run.folder.write(bytes: SoundFile.wave(seconds: 40, channels: 2), to: "call.wav")
      try run.folder.write(bytes: SoundFile.wave(seconds: 40, channels: 1), to: "mono.wav")
      try await body(run)
    }
  }

  @Test func eachChannelIsASpeakerAndRowsStandInTheOrderOfTime() async throws {
    try await recording { run in
      let words = ["call.wav", "--channels"]
      let plan = try await run.tabscribe(["plan", "--json"] + words).json
      #expect(plan["requests"]?.array?.count == 2)
      let one = try await run.tabscribe("plan", "call.wav", "--json").json
      let audio = [plan, one].map { $0["requests"]?[0]?["estimate"]?["audioTokens"]?.int ?? 0 }
      #expect(audio[0] == audio[1] && audio[0] > 0)
      // Two sounds share no cache.
      let prefixes = plan["requests"]?.array?.compactMap { $0["prefix"]?.string } ?? []
      #expect(Set(prefixes).count == 2)
      let done = await run.tabscribe(["transcribe"] + words)
      #expect(done.code == .done, "\(done.errors)")
      #expect(run.emulator.log.answeredGenerationCount == 2)
      let document = try JSONValue(parsing: run.folder.text(of: "call.json"))
      let segments = try #require(document["segments"]?.array)
      #expect(segments.count == 20)
      #expect(Set(segments.compactMap { $0["voice"]?.int }) == [1, 2])
      let starts = segments.compactMap { $0["startMS"]?.int }
      #expect(starts == starts.sorted() && starts.count == 20)
      #expect(document["speakers"]?.array?.count == 2)
      #expect(document["run"]?["parameters"]?["channels"] == true)
      let billed = document["usage"]?["promptTokensByModality"]?["AUDIO"]?.int ?? 0
      // Encoders add some hundredths of a second.
      #expect((2 * audio[0]...2 * audio[0] + 20).contains(billed), "\(billed)")
      // Everything is there: nothing is sent again.
      let again = await run.tabscribe(["transcribe"] + words + ["--force"])
      #expect(again.code == .done)
      let resumed = await run.tabscribe("runs", "reparse", "last")
      #expect(resumed.code == .done, "\(resumed.errors)")
    }
  }

  @Test func whatHasOneChannelIsTold() async throws {
    try await recording { run in
      let done = await run.tabscribe("transcribe", "mono.wav", "--channels")
      #expect(done.code == .done, "\(done.errors)")
      #expect(done.errors.contains("--channels has no effect: mono.wav has one channel."))
      let distant = await run.tabscribe("plan", "https://example.org/a.mp4", "--channels")
      #expect(distant.code == .usage && distant.errors.contains("is no file here"))
      let both = await run.tabscribe("plan", "call.wav", "--channels", "--passes", "2")
      #expect(both.code == .usage && both.errors.contains("do not go together"))
    }
  }
}
