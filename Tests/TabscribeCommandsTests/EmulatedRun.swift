import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// A folder with the sample in it, and an emulator that the commands run in it talk to.
struct EmulatedRun: Sendable {
  let folder: TemporaryFolder
  let emulator: GeminiEmulator
  let key: String

  /// Runs a body against a new emulator, which stops afterwards.
  static func run<Result: Sendable>(
    _ options: EmulatorOptions = EmulatorOptions(),
    key: String = "test-key",
    in folder: TemporaryFolder? = nil,
    _ body: (EmulatedRun) async throws -> Result
  ) async throws -> Result {
    let folder = try folder ?? folderWithSample()
    let run = EmulatedRun(folder: folder, emulator: try .start(options), key: key)
    do {
      let result = try await body(run)
      await run.emulator.stop()
      return result
    } catch {
      await run.emulator.stop()
      throw error
    }
  }

  static func folderWithSample() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(sample.bytes).write(to: folder.url.appending(path: "sample.webm"))
    return folder
  }

  func tabscribe(_ arguments: String...) async -> CommandRun { await tabscribe(arguments) }

  /// - Parameter more: Further variables of the environment.
  func tabscribe(_ arguments: [String], _ more: [String: String] = [:]) async -> CommandRun {
    let usual = ["GOOGLE_GEMINI_BASE_URL": emulator.baseURL, "GEMINI_API_KEY": key]
    return await CommandRun.tabscribe(
      arguments,
      in: folder,
      environment: usual.merging(more) { $1 }
    )
  }

  /// Makes a file too large to go within a request.
  func writeLargeVideo(_ name: String, filling byte: UInt8 = 0) throws {
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    let padding = [UInt8](repeating: byte, count: 15_000_000 - sample.bytes.count)
    try Data(sample.bytes + padding).write(to: folder.url.appending(path: name))
  }

  /// How many files were uploaded; each goes with a start and one chunk.
  var uploadCount: Int {
    emulator.log.entries.count { $0.path == "/upload/v1beta/files" } / 2
  }
}
