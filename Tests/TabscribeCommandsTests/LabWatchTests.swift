internal import CommandLineInterface
import Foundation
import GeminiEmulation
internal import TestSupport
import Testing

@Suite struct LabWatchTests {
  /// Return asks once; the end of input ends it.
  @Test func aPromptIsCheckedAndAskedOnReturn() async throws {
    try await EmulatedRun.run { run in
      let transcribe = await run.tabscribe("prompts", "show", "transcribe")
      try run.folder.write(transcribe.output, to: "mine.prompt")
      let outcome = try await outcome(
        ["lab", "watch", "mine.prompt", "--on", "sample.webm", "--clip", "0:00-0:20"],
        in: run
      )
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("mine: the linter has nothing to say"), "\(outcome.output)")
      #expect(outcome.output.contains("1 request"))
      #expect(outcome.output.contains("the next version is compared with it"), "\(outcome.errors)")
      #expect(run.emulator.log.entries.count == 1)
    }
  }

  /// The real program's outcome with one line of input, awaited on a thread of its own: the emulator
  /// needs those that tasks share.
  private func outcome(
    _ arguments: [String],
    in run: EmulatedRun
  ) async throws -> ChildProcess.Outcome {
    let program = try ChildProcess.product("tabscribe")
    let environment = [
      "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "k",
      "HOME": run.folder.path, "PATH": "/usr/bin:/bin",
    ]
    let folder = run.folder.url
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            try ChildProcess.run(
              program,
              arguments,
              input: "\n",
              environment: environment,
              folder: folder
            )
          }
        )
      }
    }
  }

  @Test func mistakesAreRefusedBeforeAnythingIsWatched() async throws {
    let folder = try TemporaryFolder()
    try folder.write("text", to: "mine.prompt")
    let clip = await CommandRun.tabscribe(
      ["lab", "watch", "mine.prompt", "--on", "a.mp4", "--clip", "5"],
      in: folder
    )
    #expect(clip.errors.contains("\"5\" is no clip"))
    let gone = await CommandRun.tabscribe(["lab", "watch", "gone.prompt"], in: folder)
    #expect(gone.errors.contains("gone.prompt"))
    #expect(gone.code == .failed)
  }
}
