import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// Sources without a picture, and videos whose sound alone is sent.
@Suite(.enabled(if: ChildProcess.path(of: "ffmpeg") != nil)) struct AudioSourceTests {
  private func sound(_ name: String, _ arguments: [String], in run: EmulatedRun) throws {
    let outcome = try ChildProcess.run(
      try #require(ChildProcess.path(of: "ffmpeg")),
      ["-nostdin", "-v", "error", "-y", "-i", run.folder.path + "/sample.webm", "-t", "5"]
        + arguments + [run.folder.path + "/" + name]
    )
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(arguments: [
    ("a.wav", [], "audio/wav"), ("a.mp3", [], "audio/mp3"), ("a.aiff", [], "audio/aiff"),
    ("a.aac", [], "audio/aac"), ("a.ogg", ["-c:a", "libvorbis"], "audio/ogg"),
    ("a.flac", [], "audio/flac"), ("a.m4a", [], "audio/m4a"), ("a.opus", [], "audio/ogg"),
    // What it is decides, not what it is called.
    ("music.bin", ["-f", "mp3"], "audio/mp3"),
  ])
  func soundFilesAreSources(_ name: String, _ coding: [String], _ type: String) async throws {
    try await EmulatedRun.run { run in
      try sound(name, ["-vn"] + coding, in: run)
      let plan = await run.tabscribe("plan", name, "--json")
      let estimate = try #require(try plan.json["requests"]?[0]?["estimate"])
      #expect(estimate["videoTokens"]?.int == 0 && estimate["audioTokens"]?.int ?? 0 > 100)
      let done = await run.tabscribe("transcribe", name, "--name", "out")
      #expect(done.code == .done, "\(done.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "out.json"))
      #expect(document["source"]?["mimeType"]?.string == type)
    }
  }

  @Test func kindsOfSoundAreTags() async throws {
    try await EmulatedRun.run { run in
      let done = await run.tabscribe("transcribe", "sample.webm", "-p", "tag-audio")
      #expect(done.code == .done, "\(done.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
      let table = try #require(document["tables"]?["audio-tags"])
      #expect(table["columns"]?[1] == "sound")
      #expect(table["rows"]?[0] == ["00:32", "laughter", "audience", "once", "foreground"])
      // The sound alone is sent.
      #expect(document["usage"]?["promptTokensByModality"]?["VIDEO"] == nil)
      let quotes = await run.tabscribe("search", "laughter", "--all-runs")
      #expect(quotes.output.contains("laughter"), "\(quotes.errors)")
    }
  }

  @Test func theSoundOfAVideoIsSentInItsPlace() async throws {
    try await EmulatedRun.run { run in
      let picture = try await run.tabscribe("plan", "sample.webm", "--json").json
      let alone = try await run.tabscribe("plan", "sample.webm", "--audio-only", "--json").json
      let tokens = try [picture, alone].map { try #require($0["total"]?["inputTokens"]?.int) }
      #expect(tokens[1] * 2 < tokens[0])
      let done = await run.tabscribe("transcribe", "sample.webm", "--audio-only")
      #expect(done.code == .done, "\(done.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "sample.json"))
      // The report still plays the video.
      #expect(document["source"]?["uri"] == "sample.webm")
      #expect(document["source"]?["mimeType"] == "video/webm")
      #expect(document["run"]?["parameters"]?["audioOnly"] == true)
      let billed = document["usage"]?["promptTokensByModality"]
      #expect(billed?["VIDEO"] == nil && billed?["AUDIO"]?.int ?? 0 > 1000)
      // It is other work than the video with its picture, and done once.
      let again = await run.tabscribe("transcribe", "sample.webm", "--audio-only", "--force")
      #expect(again.code == .done)
      let before = run.emulator.log.entries.count
      let resumed = await run.tabscribe("plan", "sample.webm", "--audio-only", "--json")
      #expect(try resumed.json["doneBefore"]?.array?.count == 1)
      #expect(run.emulator.log.entries.count == before)
    }
  }

  @Test func whatHasNoSoundToTakeOutIsTold() async throws {
    try await EmulatedRun.run { run in
      try sound("silent.mp4", ["-an", "-c:v", "mpeg4"], in: run)
      let before = run.emulator.log.entries.count
      let silent = await run.tabscribe("transcribe", "silent.mp4", "--audio-only")
      #expect(silent.code == .failed && silent.errors.contains("has no sound"), "\(silent.errors)")
      let address = await run.tabscribe(
        "transcribe",
        "https://www.youtube.com/watch?v=9hE5-98ZeCg",
        "--audio-only"
      )
      #expect(address.code == .usage && address.errors.contains("--layers"), "\(address.errors)")
      #expect(run.emulator.log.entries.count == before)
      let both = await run.tabscribe("plan", "sample.webm", "--audio-only", "--layers", "audio")
      #expect(both.code == .usage && both.errors.contains("--layers"), "\(both.errors)")
      // A file that is sound already goes as it is.
      try sound("talk.mp3", ["-vn"], in: run)
      #expect(await run.tabscribe("transcribe", "talk.mp3", "--audio-only").code == .done)
    }
  }
}
