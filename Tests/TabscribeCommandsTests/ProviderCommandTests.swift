import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// What lives at the service: listed, shown, uploaded, deleted, purged.
@Suite struct ProviderCommandTests {
  @Test func filesAreUploadedListedShownAndDeleted() async throws {
    try await EmulatedRun.run { run in
      let upload = await run.tabscribe("files", "upload", "sample.webm")
      #expect(upload.code == .done, "\(upload.errors)")
      let name = String(upload.output.dropLast())
      #expect(name.hasPrefix("files/"))

      let list = await run.tabscribe("files", "list")
      let row = try #require(list.output.split(separator: "\n").last)
      for text in [name, "sample.webm", "video/webm", "active", "in 47 h"] {
        #expect(row.contains(text), "\(row)")
      }
      let shown = try await run.tabscribe("files", "show", name, "--json").json
      #expect(shown["state"] == "ACTIVE")
      #expect(shown["sizeBytes"]?.int ?? 0 > 100_000)
      let again = await run.tabscribe("files", "upload", "sample.webm")
      #expect(again.output == upload.output)
      #expect(run.uploadCount == 1)

      let deleted = await run.tabscribe("files", "delete", name)
      #expect(deleted.code == .done)
      #expect(deleted.output == "deleted \(name)\n")
      let empty = await run.tabscribe("files", "list")
      #expect(empty.output.isEmpty)
      #expect(empty.errors.contains("no files"))
    }
  }

  @Test func whatWasUploadedIsASource() async throws {
    try await EmulatedRun.run { run in
      let name = String(await run.tabscribe("files", "upload", "sample.webm").output.dropLast())
      let outcome = await run.tabscribe("transcribe", name, "-f", "json")
      #expect(outcome.code == .done, "\(outcome.errors)")
    }
  }

  @Test func purgingNeedsConsent() async throws {
    try await EmulatedRun.run { run in
      _ = await run.tabscribe("files", "upload", "sample.webm")
      let asked = await run.tabscribe("files", "purge")
      #expect(asked.code == .usage)
      #expect(asked.errors.contains("This would delete 1 file of"))
      let kept = try await run.tabscribe("files", "list", "--json").json
      #expect(kept["files"]?.array?.count == 1)
      let done = await run.tabscribe("files", "purge", "--yes", "--json")
      #expect(try done.json["deleted"]?.array?.count == 1)
      let rest = try await run.tabscribe("files", "list", "--json").json
      #expect(rest["files"]?.array == [])
    }
  }

  @Test func purgingByAgeSparesWhatIsYoungAndCanBeTried() async throws {
    try await EmulatedRun.run { run in
      _ = await run.tabscribe("files", "upload", "sample.webm")
      func purge(_ arguments: String...) async -> CommandRun {
        await run.tabscribe(["files", "purge"] + arguments)
      }
      let tried = await purge("--dry-run")
      #expect(tried.code == .done)
      #expect(tried.output.contains("sample.webm"))
      #expect(tried.errors.contains(#/This would delete 1 file of \d+ kB in all; nothing was/#))
      let listed = try await purge("--dry-run", "--json").json
      #expect(listed["wouldDelete"]?.array?.count == 1)
      let young = try await purge("--older-than", "1h", "--yes", "--json").json
      #expect(young["deleted"] == [])
      let later = await CommandRun.tabscribe(
        ["files", "purge", "--older-than", "12h", "--yes", "--json"],
        in: run.folder,
        environment: [
          "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": run.key,
        ],
        day: "2099-01-01"
      )
      #expect(try later.json["deleted"]?.array?.count == 1)
      let own = await run.tabscribe("caches", "purge", "--own", "--dry-run")
      #expect(own.code == .usage)
    }
  }

  @Test func eachRequestIsToldWhereThatIsAskedFor() async throws {
    try await EmulatedRun.run { run in
      let told = await run.tabscribe("files", "list", "--verbose")
      #expect(told.errors.contains("request 1: GET \(run.emulator.baseURL)/v1beta/files"))
      #expect(told.errors.contains(#/request 1: 200 after /#))
      #expect(!told.errors.contains(run.key))
      #expect(await !run.tabscribe("files", "list").errors.contains("request"))
      #expect(await run.tabscribe("files", "list", "--verbose", "-q").code == .usage)
    }
  }

  @Test func oneFileThatIsGoneDoesNotKeepTheOthers() async throws {
    try await EmulatedRun.run { run in
      let name = String(await run.tabscribe("files", "upload", "sample.webm").output.dropLast())
      let outcome = await run.tabscribe("files", "delete", "files/not-there", name)
      #expect(outcome.code != .done)
      #expect(outcome.output == "deleted \(name)\n")
      #expect(outcome.errors.contains("files/not-there"))
    }
  }

  @Test func agentPlatformKeepsNoFilesAndSaysWhatDoes() async throws {
    let folder = try TemporaryFolder()
    for verb in ["list", "purge"] {
      let run = await CommandRun.tabscribe(
        ["files", verb, "--backend", "agent-platform", "--project", "p"],
        in: folder
      )
      #expect(run.code == .usage)
      #expect(run.errors.contains("Agent Platform keeps no uploaded files"))
      #expect(run.errors.contains("gs://"))
    }
  }

  @Test func cachesAreListedShownAndDeleted() async throws {
    try await EmulatedRun.run { run in
      for title in ["talk", "panel"] { try await makeCache(title, run.emulator.baseURL) }
      let list = await run.tabscribe("caches", "list")
      #expect(list.code == .done, "\(list.errors)")
      #expect(list.output.split(separator: "\n").count == 3)
      for text in ["talk", "panel", "gemini-3.8-flash", "5,460", "in 47 h "] {
        #expect(list.output.contains(text), "\(list.output)")
      }
      let caches = try await run.tabscribe("caches", "list", "--json").json["caches"]
      let name = try #require(caches?[0]?["name"]?.string)
      let shown = await run.tabscribe("caches", "show", name)
      #expect(shown.output.contains("tokens   5,460"), "\(shown.output)")
      #expect(await run.tabscribe("caches", "delete", name).code == .done)
      let gone = await run.tabscribe("caches", "show", name)
      #expect(gone.code == .credentials)
      #expect(await run.tabscribe("caches", "purge").code == .usage)
      #expect(await run.tabscribe("caches", "purge", "--yes").code == .done)
      let rest = try await run.tabscribe("caches", "list", "--json").json
      #expect(rest["caches"]?.array == [])
    }
  }

  private func makeCache(_ title: String, _ baseURL: String) async throws {
    let media: JSONValue = [
      "fileData": ["fileUri": "https://a.b/sample.webm", "mimeType": "video/webm"],
      "videoMetadata": ["endOffset": "60s"],
    ]
    let reply = await RawHTTP(baseURL: baseURL).send(
      "POST",
      "/v1beta/cachedContents",
      json: [
        "model": "models/gemini-3.8-flash", "ttl": "172800s", "displayName": .string(title),
        "contents": [["role": "user", "parts": [media]]],
      ]
    )
    #expect(reply.status == 200)
  }

  @Test func nothingIsAskedWithoutAKey() async throws {
    let folder = try TemporaryFolder()
    for group in ["files", "caches"] {
      let run = await CommandRun.tabscribe([group, "list"], in: folder)
      #expect(run.code == .credentials)
      #expect(run.errors.contains("GEMINI_API_KEY"))
    }
  }

  @Test(
    arguments: [
      ("2026-11-24T12:00:30Z", "in 30 s"), ("2026-11-24T12:00:30.123456789Z", "in 30 s"),
      ("2026-11-26T11:00:00+00:00", "in 47 h"), ("2026-11-24T11:59:59Z", "expired"),
      ("tomorrow", "?"),
    ]
  ) func expiryIsToldInWords(_ timestamp: String, _ words: String) throws {
    let now = try Date("2026-11-24T12:00:00Z", strategy: .iso8601)
    #expect(ExpiryText.words(timestamp, now: now) == words)
  }
}
