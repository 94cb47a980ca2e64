import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// What was uploaded once is not uploaded again, as far as the user can tell for ever.
@Suite struct UploadReuseTests {
  @Test func aSecondRunUploadsNothing() async throws {
    try await EmulatedRun.run { run in
      try run.writeLargeVideo("big.webm")
      for _ in 0..<2 {
        let outcome = await run.tabscribe("transcribe", "big.webm", "-f", "json", "--force")
        #expect(outcome.code == .done, "\(outcome.errors)")
      }
      #expect(run.uploadCount == 1)
      // The contents count, not the name.
      try run.writeLargeVideo("copy.webm")
      let copy = await run.tabscribe("transcribe", "copy.webm", "-f", "json")
      #expect(copy.code == .done, "\(copy.errors)")
      #expect(run.uploadCount == 1)
      try run.writeLargeVideo("other.webm", filling: 1)
      let other = await run.tabscribe("transcribe", "other.webm", "-f", "json")
      #expect(other.code == .done, "\(other.errors)")
      #expect(run.uploadCount == 2)
    }
  }

  @Test func aFileThatIsGoneIsUploadedAgainUnnoticed() async throws {
    try await EmulatedRun.run { run in
      try run.writeLargeVideo("big.webm")
      let first = await run.tabscribe("transcribe", "big.webm", "-f", "json")
      #expect(first.code == .done, "\(first.errors)")
      let listed = try await run.tabscribe("files", "list", "--json").json
      let name = try #require(listed["files"]?[0]?["name"]?.string)
      // Somebody else removes it: the registry is not told.
      let other = try TemporaryFolder()
      let gone = await CommandRun.tabscribe(
        ["files", "delete", name],
        in: other,
        environment: ["GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": run.key]
      )
      #expect(gone.code == .done)
      let again = await run.tabscribe("transcribe", "big.webm", "-f", "json", "--force")
      #expect(again.code == .done, "\(again.errors)")
      #expect(!again.errors.contains("trying again"))
      #expect(run.uploadCount == 2)
      let third = await run.tabscribe("transcribe", "big.webm", "-f", "json", "--force")
      #expect(third.code == .done)
      #expect(run.uploadCount == 2)
    }
  }

  @Test func severalRequestsAboutOneVideoSendItOnce() async throws {
    try await EmulatedRun.run { run in
      try run.writeLargeVideo("big.webm")
      try run.writeLargeVideo("same.webm")
      let outcome = await run.tabscribe("transcribe", "big.webm", "same.webm", "-f", "json")
      #expect(outcome.code == .done, "\(outcome.errors)")
      #expect(run.uploadCount == 1)
    }
  }
}
