import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// Results in buckets: each put there whole or not at all, and never over what is somebody else's.
@Suite struct BucketResultTests {
  /// A bucket as a test sees it.
  private struct Bucket {
    let place: String
    let variables: [String: String]
    let keys: () throws -> [String]
    let contents: (String) throws -> Data?
    let put: (String, Data) throws -> Void
  }

  /// Runs a body against Cloud Storage as the emulator plays it, and against S3 where moto is.
  private func withBuckets(_ body: (EmulatedRun, Bucket) async throws -> Void) async throws {
    let storage = try TemporaryFolder()
    var options = EmulatorOptions()
    options.storageFolder = storage.path
    let folder = storage.url.appending(path: "results")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await EmulatedRun.run(options) { run in
      let bucket = Bucket(
        place: "gs://results",
        variables: ["GOOGLE_OAUTH_ACCESS_TOKEN": "emulated"],
        keys: {
          storage.files.map { String($0.path.split(separator: "/results/").last ?? "") }.sorted()
        },
        contents: { try? Data(contentsOf: folder.appending(path: $0)) },
        put: { name, data in
          let file = folder.appending(path: name)
          try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
          )
          try data.write(to: file)
        }
      )
      try await body(run, bucket)
    }
    guard MotoServer.isInstalled else { return }
    let server = try MotoServer.shared()
    let name = try server.newBucket()
    try await EmulatedRun.run { run in
      let bucket = Bucket(
        place: "s3://\(name)",
        variables: server.environment,
        keys: { try server.keys(in: name) },
        contents: { try server.contents(of: $0, in: name) },
        put: { try server.put([UInt8]($1), at: $0, in: name) }
      )
      try await body(run, bucket)
    }
  }

  @Test("results go into a bucket, are found there again, and stay unless they are forced")
  func results() async throws {
    try await withBuckets { run, bucket in
      let words = ["transcribe", "sample.webm", "-f", "json,html,srt", "-o", bucket.place + "/out"]
      let first = await run.tabscribe(words, bucket.variables)
      #expect(first.code == .done, "\(first.errors)")
      #expect(try bucket.keys() == ["out/sample.html", "out/sample.json", "out/sample.srt"])
      let document = try JSONValue(parsing: Array(#require(try bucket.contents("out/sample.json"))))
      #expect(document["segments"]?.array?.count ?? 0 > 10)
      let again = await run.tabscribe(words, bucket.variables)
      #expect(again.code == .done && again.errors.contains("done before"), "\(again.errors)")
      #expect(try bucket.keys().count == 3)
      // Another question finds the names taken.
      let other = await run.tabscribe(words + ["--fps", "2"], bucket.variables)
      #expect(other.code == .failed)
      #expect(
        other.errors.contains("exist already") && other.errors.contains("--force"),
        "\(other.errors)"
      )
      let calls = run.emulator.log.entries.count { $0.path.contains("GenerateContent") }
      let forced = await run.tabscribe(words + ["--fps", "2", "--force"], bucket.variables)
      #expect(forced.code == .done, "\(forced.errors)")
      #expect(run.emulator.log.entries.count { $0.path.contains("GenerateContent") } == calls + 1)
      #expect(try bucket.keys().count == 3)
    }
  }

  @Test("exports go into a bucket, and not over what is there")
  func exports() async throws {
    try await withBuckets { run, bucket in
      let done = await run.tabscribe("transcribe", "sample.webm", "-f", "json")
      #expect(done.code == .done, "\(done.errors)")
      try bucket.put("e/sample.vtt", Data("mine".utf8))
      let words = ["export", "last", "-f", "vtt,md", "--output-dir", bucket.place + "/e/"]
      let refused = await run.tabscribe(words, bucket.variables)
      #expect(refused.code == .failed, "\(refused.errors)")
      #expect(refused.errors.contains("sample.vtt exists already"), "\(refused.errors)")
      #expect(try bucket.contents("e/sample.vtt") == Data("mine".utf8))
      let forced = await run.tabscribe(words + ["--force"], bucket.variables)
      #expect(forced.code == .done, "\(forced.errors)")
      #expect(forced.output.contains(bucket.place + "/e/sample.md"), "\(forced.output)")
      let captions = try String(
        decoding: #require(try bucket.contents("e/sample.vtt")),
        as: UTF8.self
      )
      #expect(captions.hasPrefix("WEBVTT"))
      let runs = await run.tabscribe(
        ["runs", "export", "last", "--output-dir", bucket.place + "/r"],
        bucket.variables
      )
      #expect(runs.code == .done, "\(runs.errors)")
      #expect(try bucket.keys().contains("r/sample.json"))
    }
  }

  @Test("what cannot be written stays in the store, and is written later without being sent again")
  func laterOn() async throws {
    guard MotoServer.isInstalled else { return }
    let server = try MotoServer.shared()
    try await EmulatedRun.run { run in
      let bucket = try server.newBucket()
      let words = ["transcribe", "sample.webm", "-f", "json", "-o", "s3://\(bucket)/out"]
      let noKey = await run.tabscribe(words)
      #expect(
        noKey.code == .credentials && noKey.errors.contains("AWS_ACCESS_KEY_ID"),
        "\(noKey.errors)"
      )
      let denied = await run.tabscribe(words, server.powerless)
      #expect(
        denied.code == .credentials && denied.errors.contains("s3:ListBucket"),
        "\(denied.errors)"
      )
      #expect(run.emulator.log.entries.isEmpty, "nothing was sent")
      // With --force the bucket is met when there is something to write.
      let unwritten = await run.tabscribe(words + ["--force"], server.powerless)
      #expect(unwritten.code != .done)
      #expect(
        unwritten.errors.contains("s3://\(bucket)/out/sample.json could not be written"),
        "\(unwritten.errors)"
      )
      #expect(unwritten.errors.contains("tabscribe runs resume"), "\(unwritten.errors)")
      let sent = run.emulator.log.entries.count
      let resumed = await run.tabscribe(["runs", "resume", "last"], server.environment)
      #expect(resumed.code == .done, "\(resumed.errors)")
      #expect(run.emulator.log.entries.count == sent)
      #expect(try server.keys(in: bucket) == ["out/sample.json"])
    }
  }

  @Test("a report plays media of its bucket, and says so where they lie elsewhere")
  func media() async throws {
    try await withBuckets { run, bucket in
      let sample = try Data(contentsOf: run.folder.url.appending(path: "sample.webm"))
      try bucket.put("in/a talk.webm", sample)
      let words = ["transcribe", bucket.place + "/in/a talk.webm", "-f", "html", "-o"]
      let same = await run.tabscribe(words + [bucket.place + "/out"], bucket.variables)
      #expect(same.code == .done, "\(same.errors)")
      let page = try String(
        decoding: #require(try bucket.contents("out/a talk.html")),
        as: UTF8.self
      )
      #expect(page.contains("../in/a%20talk.webm"))
      let here = await run.tabscribe(words + ["here"], bucket.variables)
      #expect(here.code == .done, "\(here.errors)")
      let local = try run.folder.text(of: "here/a talk.html")
      #expect(local.contains("The recording lies in "))
    }
  }

  @Test("what works with files of this machine is refused before anything is sent")
  func refusals() async throws {
    try await withBuckets { run, bucket in
      for more in [["--open"], ["--then", "summary"]] {
        let words = ["transcribe", "sample.webm", "-o", bucket.place] + more
        let outcome = await run.tabscribe(words, bucket.variables)
        #expect(outcome.code == .usage, "\(more): \(outcome.errors)")
        #expect(outcome.errors.contains("go into a bucket"), "\(outcome.errors)")
      }
      for words in [
        ["report", "last", "-o", bucket.place], ["demo", "-o", bucket.place],
        ["export", "last", "-f", "srt", "--bundle", bucket.place],
        ["transcribe", "sample.webm", "--record", bucket.place + "/tape"],
      ] {
        _ = await run.tabscribe("transcribe", "sample.webm", "-f", "json")
        let outcome = await run.tabscribe(words, bucket.variables)
        #expect(outcome.code == .usage, "\(words): \(outcome.errors)")
        #expect(
          outcome.errors.contains("not an address in a bucket"),
          "\(words): \(outcome.errors)"
        )
      }
      let nowhere = ["transcribe", "sample.webm", "-o", "s3://UPPER/x"]
      #expect(await run.tabscribe(nowhere, bucket.variables).code == .usage)
    }
  }
}
