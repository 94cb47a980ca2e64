import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// Marked secrets go through whole runs and are looked for in everything that was written.
@Suite struct SecretTests {
  static let key = "MARKED-KEY-5f0c91"
  static let secrets = [
    key, "MARKED-SIGNATURE-a1", "MARKED-CREDENTIAL-b2", "MARKED-TOKEN-c3", "MARKED-POLICY-d4",
  ]
  static let signed =
    "https://bucket.s3.amazonaws.com/talk.mp4?X-Amz-Credential=MARKED-CREDENTIAL-b2"
    + "&X-Amz-Security-Token=MARKED-TOKEN-c3&X-Amz-Expires=60&X-Amz-Signature=MARKED-SIGNATURE-a1"
  static let cloudFront =
    "https://d1.cloudfront.net/talk2.mp4?Policy=MARKED-POLICY-d4"
    + "&Signature=MARKED-SIGNATURE-a1&Key-Pair-Id=MARKED-CREDENTIAL-b2"

  private func check(_ run: EmulatedRun, _ outcomes: [CommandRun]) throws {
    for text in outcomes.flatMap({ [$0.output, $0.errors] }) {
      for secret in Self.secrets { #expect(!text.contains(secret), "\(text.prefix(400))") }
    }
    let files = FileManager.default.enumerator(at: run.folder.url, includingPropertiesForKeys: nil)
    let paths = (files?.allObjects.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }
    #expect(paths.count > 8)
    for path in paths {
      let data = try Data(contentsOf: path)
      for secret in Self.secrets {
        #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(path.lastPathComponent)")
      }
    }
  }

  @Test func aFullRunWritesNoSecretAnywhere() async throws {
    let folder = try EmulatedRun.folderWithSample()
    var options = EmulatorOptions()
    options.logPath = folder.url.appending(path: "requests.log").path
    var rule = Scenario.Rule(Fault(.unavailable, seconds: 0.1))
    rule.attempts = 1
    options.scenario = Scenario(rules: [rule])
    try await EmulatedRun.run(options, key: Self.key, in: folder) { run in
      try run.writeLargeVideo("big.webm")
      var outcomes: [CommandRun] = []
      for source in ["big.webm", Self.signed, Self.cloudFront] {
        for more in [["--record", "tape-\(outcomes.count)"], ["--dry-run"], ["--json"]] {
          outcomes.append(
            await CommandRun.tabscribe(
              ["transcribe", source, "--duration", "98s", "--force"] + more,
              in: folder,
              environment: [
                "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": Self.key,
              ]
            )
          )
        }
      }
      #expect(outcomes.allSatisfy { $0.code == .done }, "\(outcomes.map(\.errors))")
      outcomes.append(await run.tabscribe("files", "list", "--json", "--record", "tape-files"))
      outcomes.append(
        await run.tabscribe("transcribe", Self.signed, "-m", "no-such", "--no-estimate", "--force")
      )
      outcomes.append(await run.tabscribe("transcribe", "sample.webm", "--replay", "tape-0"))
      outcomes.append(await run.tabscribe("doctor", "--online"))
      #expect(folder.names.contains("tape-files"))
      try check(run, outcomes)
    }
  }

  @Test func aFailureThatRepeatsTheAddressShowsItWithoutItsSignature() async throws {
    var options = EmulatorOptions()
    options.media = [:]
    try await EmulatedRun.run(options, key: "invalid-\(Self.key)") { run in
      let outcome = await run.tabscribe("transcribe", Self.signed, "--duration", "98s", "--json")
      #expect(outcome.code == .credentials)
      for secret in Self.secrets { #expect(!(outcome.output + outcome.errors).contains(secret)) }
    }
  }
}
