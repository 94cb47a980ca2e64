import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import Testing

@testable import TabscribeCommands

/// Input that cannot work: one clear sentence, a remedy, the documented code, nothing half-written.
@Suite struct BadInputTests {
  /// One mistake and what a user is told.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    var environment: [String: String] = [:]
    let code: Int32
    let says: String
    var testDescription: String { name }
  }

  static let mistakes = [
    Mistake(
      name: "no key",
      arguments: ["sample.webm"],
      environment: ["GEMINI_API_KEY": ""],
      code: 5,
      says: "No API key was given"
    ),
    Mistake(
      name: "wrong key",
      arguments: ["sample.webm"],
      environment: ["GEMINI_API_KEY": "invalid-key"],
      code: 5,
      says: "API key not valid"
    ),
    Mistake(name: "missing file", arguments: ["gone.mp4"], code: 1, says: "cannot be found"),
    Mistake(name: "empty file", arguments: ["empty.mp4"], code: 2, says: "is empty"),
    Mistake(
      name: "text under a media name",
      arguments: ["diary.mp4"],
      code: 2,
      says: "does not begin like a video"
    ),
    Mistake(
      name: "unreachable host",
      arguments: ["sample.webm"],
      environment: ["GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:1"],
      code: 6,
      says: "127.0.0.1"
    ),
    Mistake(
      name: "unknown model",
      arguments: ["sample.webm", "-m", "gemini-99-ultra"],
      code: 2,
      says: "--no-estimate"
    ),
    Mistake(
      name: "unknown model without an estimate",
      arguments: ["sample.webm", "-m", "gemini-99-ultra", "--no-estimate"],
      code: 1,
      says: "gemini-99-ultra"
    ),
    Mistake(
      name: "ledger that is none",
      arguments: ["sample.webm", "--ledger", "diary.mp4"],
      code: 2,
      says: "not a ledger of speakers"
    ),
    Mistake(
      name: "unknown prompt",
      arguments: ["sample.webm", "-p", "transcibe"],
      code: 2,
      says: "Did you mean transcribe?"
    ),
    Mistake(
      name: "folder that cannot be written",
      arguments: ["sample.webm", "-o", "/proc/tabscribe"],
      code: 1,
      says: "cannot be written"
    ),
    Mistake(
      name: "end before start",
      arguments: ["sample.webm", "--start", "1:00", "--end", "0:30"],
      code: 2,
      says: "not after its start"
    ),
    Mistake(
      name: "start past the end",
      arguments: ["sample.webm", "--start", "5:00"],
      code: 2,
      says: "only 01:38"
    ),
    Mistake(name: "fps 0", arguments: ["sample.webm", "--fps", "0"], code: 2, says: "frame rate"),
    Mistake(
      name: "fps 30",
      arguments: ["sample.webm", "--fps", "30"],
      code: 2,
      says: "at most 24"
    ),
    Mistake(
      name: "cost limit",
      arguments: ["sample.webm", "--cost-limit", "0.0001"],
      code: 4,
      says: "above the limit"
    ),
  ]

  @Test(arguments: mistakes) func isExplained(_ mistake: Mistake) async throws {
    let folder = try TemporaryFolder()
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(sample.bytes).write(to: folder.url.appending(path: "sample.webm"))
    try folder.write("", to: "empty.mp4")
    try folder.write("Dear diary, today I was renamed.\n", to: "diary.mp4")
    let before = folder.names
    let emulator = try GeminiEmulator.start()
    let run = await CommandRun.tabscribe(
      ["transcribe"] + mistake.arguments,
      in: folder,
      environment: [
        "GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": "test-key",
      ].merging(mistake.environment) { $1 }
    )
    await emulator.stop()
    #expect(run.code.rawValue == mistake.code, "\(run.errors)")
    #expect(run.errors.contains(mistake.says), "\(run.errors)")
    #expect(run.output.isEmpty)
    let messages = run.errors.split(separator: "\n").drop { !$0.hasPrefix("error:") }
    #expect(messages.count == 2, "one sentence and a remedy: \(run.errors)")
    #expect(folder.names.filter { $0 != ".local" } == before)
    #expect(emulator.log.answeredGenerationCount == 0)
  }
}
