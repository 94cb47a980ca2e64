import Foundation
internal import OrderedJSON
internal import TestSupport
import Testing

/// What only the real program can show: exit codes as a shell sees them, pipes and signals.
@Suite struct BinaryTests {
  private func tabscribe(_ arguments: String...) throws -> ChildProcess.Outcome {
    try ChildProcess.run(try ChildProcess.product("tabscribe"), arguments)
  }

  @Test func theVersionIsOneLine() throws {
    let outcome = try tabscribe("--version")
    #expect(outcome.code == 0)
    #expect(outcome.output.wholeMatch(of: #/tabscribe \d+\.\d+\.\d+\n/#) != nil)
    #expect(outcome.errors.isEmpty)
  }

  @Test func aMisspeltCommandIsAUsageError() throws {
    let outcome = try tabscribe("prompst", "list")
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == """
        error: There is no command "prompst".
        Did you mean prompts? Or see tabscribe --help.

        """
    )
  }

  @Test func withJSONEveryFailureIsOneObject() throws {
    let outcome = try tabscribe("--json", "prompts", "lits")
    #expect(outcome.code == 2)
    #expect(outcome.errors.isEmpty)
    #expect(try JSONValue(parsing: outcome.output)["error"]?["exitCode"]?.int == 2)
  }

  @Test func aReaderThatLeavesEarlyIsNoFailure() throws {
    let outcome = try ChildProcess.run(
      "/bin/sh",
      ["-c", "{ '\(try ChildProcess.product("tabscribe"))' man; echo \"code $?\" >&2; } | head -1"]
    )
    #expect(outcome.errors == "code 0\n")
    #expect(outcome.output.hasPrefix(".TH TABSCRIBE"))
  }

  @Test func helpIsPlainTextWhenPiped() throws {
    let outcome = try tabscribe("--help")
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("$ tabscribe "))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func anInterruptEndsTheProgramWhileAFileIsExamined() throws {
    let folder = try TemporaryFolder()
    let fake = try FakeProber(in: folder.url.appending(path: "bin"), answering: nil)
    for name in ["a.mp4", "b.mp4"] { try folder.write("\0\0\0\u{18}ftypmp42", to: name) }
    // Where FFmpeg's library cannot be loaded, whichever version is looked for, its program is asked.
    for version in 58...70 { try folder.write("no library", to: "libavformat.so.\(version)") }
    let began = ContinuousClock.now
    let outcome = try ChildProcess.run(
      try ChildProcess.product("tabscribe"),
      ["transcribe", "a.mp4", "b.mp4"],
      environment: [
        "PATH": "\(folder.path)/bin:/usr/bin:/bin", "HOME": folder.path,
        "GEMINI_API_KEY": "test-key", "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9",
        "LD_LIBRARY_PATH": folder.path,
      ],
      folder: folder.url,
      interruptWhen: { fake.calls > 0 }
    )
    #expect(outcome.code == 130, "\(outcome.errors)")
    // Examining a file may take half a minute.
    #expect(ContinuousClock.now - began < .seconds(20))
  }
}
