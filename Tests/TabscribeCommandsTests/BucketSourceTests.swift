import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

/// Sources in buckets: sent on to the service as they are read, known again by their versions.
@Suite struct BucketSourceTests {
  private static let sample = EmbeddedLibrary.sample.file(named: "sample.webm").map {
    [UInt8]($0.bytes)
  }

  /// A large video whose index is at its end, as cameras write it.
  private static func film(in folder: TemporaryFolder) throws -> [UInt8] {
    let file = folder.url.appending(path: "film.mp4")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      "ffmpeg -v error -f lavfi -i testsrc2=s=640x360:r=25:d=40 -f lavfi -i sine=d=40 -c:v mpeg4 -q:v 1 -c:a aac"
      .split(separator: " ").map(String.init) + [file.path]
    try process.run()
    process.waitUntilExit()
    return [UInt8](try Data(contentsOf: file))
  }

  /// Cloud Storage as the emulator plays it, in the bucket `films`.
  private static func withCloudStorage(
    _ options: EmulatorOptions = EmulatorOptions(),
    _ body: (EmulatedRun, _ bucket: URL, _ more: [String: String]) async throws -> Void
  ) async throws {
    let storage = try TemporaryFolder()
    let bucket = storage.url.appending(path: "films")
    try FileManager.default.createDirectory(at: bucket, withIntermediateDirectories: true)
    var options = options
    options.storageFolder = storage.path
    try await EmulatedRun.run(options) { run in
      try await body(run, bucket, ["GOOGLE_OAUTH_ACCESS_TOKEN": "emulated"])
    }
  }

  @Test(
    "an object of S3 is uploaded once, and again when it has changed",
    .enabled(if: MotoServer.isInstalled)
  )
  func s3() async throws {
    let server = try MotoServer.shared()
    let sample = try #require(Self.sample)
    let bucket = try server.newBucket(["a b/talk.webm": sample])
    let source = "s3://\(bucket)/a b/talk.webm"
    try await EmulatedRun.run { run in
      let first = await run.tabscribe(["transcribe", source, "-f", "json"], server.environment)
      #expect(first.code == .done, "\(first.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "talk.json"))
      #expect(document["source"]?["uri"]?.string == source)
      #expect(document["source"]?["kind"]?.string == "s3")
      #expect(document["source"]?["durationMS"]?.int ?? 0 > 90_000)
      #expect(run.uploadCount == 1)
      let again = await run.tabscribe(["transcribe", source, "-f", "json"], server.environment)
      #expect(again.errors.contains("done before"), "\(again.errors)")
      // The service keeps it: nothing is read again to be sent.
      let forced = await run.tabscribe(
        ["transcribe", source, "-f", "json", "--force"],
        server.environment
      )
      #expect(forced.code == .done, "\(forced.errors)")
      #expect(run.uploadCount == 1)
      let resumed = await run.tabscribe(["runs", "resume", "last"], server.environment)
      #expect(resumed.code == .done, "\(resumed.errors)")
      try server.put(sample + [0], at: "a b/talk.webm", in: bucket)
      let changed = await run.tabscribe(
        ["transcribe", source, "-f", "json", "-o", "changed"],
        server.environment
      )
      #expect(changed.code == .done, "\(changed.errors)")
      #expect(run.uploadCount == 2)
      for (name, value) in server.environment where name.contains("KEY") {
        #expect(!(first.errors + first.output).contains(value), "\(name) is told")
        let secret = Data(value.utf8)
        for file in run.folder.files {
          let bytes = (try? Data(contentsOf: file)) ?? Data()
          #expect(secret.isEmpty || bytes.range(of: secret) == nil, "\(name) is in \(file.path)")
        }
      }
    }
  }

  @Test("an object of Cloud Storage gets to the Gemini API, however the connections break")
  func cloudStorage() async throws {
    var options = EmulatorOptions()
    var rule = Scenario.Rule(Fault(.resetUpload, seconds: 1))
    (rule.operations, rule.skip, rule.times) = ([.upload], 1, 2)
    options.scenario = Scenario(rules: [rule])
    try await Self.withCloudStorage(options) { run, bucket, more in
      let film = try Self.film(in: run.folder)
      #expect(film.count > 17 << 20, "of three chunks")
      try Data(film).write(to: bucket.appending(path: "film.mp4"))
      let outcome = await run.tabscribe(
        ["transcribe", "gs://films/film.mp4", "-f", "json"],
        more
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      let document = try JSONValue(parsing: run.folder.text(of: "film.json"))
      #expect(document["source"]?["durationMS"]?.int.map { abs($0 - 40_000) < 200 } == true)
      let kept = try await run.tabscribe("files", "list", "--json").json
      #expect(kept["files"]?[0]?["sizeBytes"]?.int == film.count, "\(kept)")
    }
  }

  @Test("a list may name objects, and a plan knows how long they are")
  func aList() async throws {
    let sample = try #require(Self.sample)
    try await Self.withCloudStorage { run, bucket, more in
      try Data(sample).write(to: bucket.appending(path: "talk.webm"))
      try Data("source,title\ngs://films/talk.webm,A talk\n".utf8)
        .write(to: run.folder.url.appending(path: "list.csv"))
      let plan = try await run.tabscribe(["plan", "list.csv", "--json"], more).json
      #expect(plan["requests"]?[0]?["source"]?.string == "gs://films/talk.webm", "\(plan)")
      #expect(plan["requests"]?[0]?["clip"]?["endMS"]?.int ?? 0 > 90_000, "\(plan)")
      #expect(run.uploadCount == 0)
    }
  }

  @Test(
    "Agent Platform fetches from Cloud Storage itself, and gets small objects of S3 within requests"
  )
  func agentPlatform() async throws {
    let sample = try #require(Self.sample)
    try await Self.withCloudStorage { run, _, more in
      let platform = more.merging([
        "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "p",
        "GOOGLE_VERTEX_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "",
      ]) { $1 }
      let referred = await run.tabscribe(
        ["transcribe", "gs://films/gone.mp4", "-f", "json"],
        platform
      )
      #expect(referred.code == .done, "\(referred.errors)")
      guard MotoServer.isInstalled else { return }
      let server = try MotoServer.shared()
      let large = [UInt8](sample) + [UInt8](repeating: 0, count: 15_000_000)
      let bucket = try server.newBucket(["talk.webm": sample, "large.webm": large])
      let both = platform.merging(server.environment) { $1 }
      let small = await run.tabscribe(
        ["transcribe", "s3://\(bucket)/talk.webm", "-f", "json"],
        both
      )
      #expect(small.code == .done, "\(small.errors)")
      #expect(
        try JSONValue(parsing: run.folder.text(of: "talk.json"))["segments"]?.array?.count ?? 0 > 10
      )
      let refused = await run.tabscribe(["plan", "s3://\(bucket)/large.webm"], both)
      #expect(refused.code == .usage)
      #expect(refused.errors.contains("gs://bucket/file"), "\(refused.errors)")
    }
  }

  @Test("a folder in a bucket stands for the media below it, each in its place")
  func folders() async throws {
    let sample = try #require(Self.sample)
    try await Self.withCloudStorage { run, bucket, more in
      for name in ["a.webm", "x/b.webm", "x/y/c.webm", "x/notes.txt", "other.webm"] {
        let file = bucket.appending(path: name == "other.webm" ? name : "talks/" + name)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(),
          withIntermediateDirectories: true
        )
        try Data(sample).write(to: file)
      }
      let outcome = await run.tabscribe(
        ["transcribe", "gs://films/talks/", "-f", "json", "-o", "out"],
        more
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      let written = run.folder.files.filter { $0.pathExtension == "json" }.map(\.path)
      let below = written.compactMap { $0.split(separator: "/out/").dropFirst().first }.map(
        String.init
      )
      #expect(Set(below) == ["a.json", "x/b.json", "x/y/c.json"])
      let all = try await run.tabscribe(["plan", "gs://films", "--json"], more).json
      // The others are done.
      #expect(all["requests"]?.array?.map { $0["source"]?.string } == ["gs://films/other.webm"])
    }
  }

  @Test("what Agent Platform fetches itself is new work when it has changed")
  func changedReference() async throws {
    let sample = try #require(Self.sample)
    try await Self.withCloudStorage { run, bucket, more in
      let platform = more.merging([
        "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "p",
        "GOOGLE_VERTEX_BASE_URL": run.emulator.baseURL, "GEMINI_API_KEY": "",
      ]) { $1 }
      let file = bucket.appending(path: "talk.mp4")
      let words = ["transcribe", "gs://films/talk.mp4", "-f", "json"]
      func answers() -> Int {
        run.emulator.log.entries.count { $0.path.contains("streamGenerateContent") }
      }
      // Before anybody could read it, and then as it is found there.
      for (bytes, count) in [(nil, 1), (sample, 1), (sample, 1), (sample + [0], 2), (nil, 2)] {
        if let bytes, (try? Data(contentsOf: file)) != Data(bytes) {
          try Data(bytes).write(to: file)
        }
        let outcome = await run.tabscribe(words + ["-o", "out\(count)"], platform)
        #expect(outcome.code == .done, "\(outcome.errors)")
        #expect(answers() == count, "\(outcome.errors)")
      }
      let plan = try await run.tabscribe(["plan", "gs://films/talk.mp4", "--json"], platform).json
      #expect(plan["requests"]?.array?.isEmpty == true, "\(plan)")
      try Data(sample + [0, 0]).write(to: file)
      let new = await run.tabscribe(["plan", "gs://films/talk.mp4"], platform)
      #expect(new.code == .usage, "what is new would be planned: \(new.output)")
      #expect(new.errors.contains("length of gs://films/talk.mp4 is not known"))
    }
  }

  @Test("names in a bucket lead nowhere else", .enabled(if: MotoServer.isInstalled))
  func hostileNames() async throws {
    let sample = try #require(Self.sample)
    let server = try MotoServer.shared()
    let bucket = try server.newBucket(["in/../../up.webm": sample, "in/-x/..%2f.webm": sample])
    try await EmulatedRun.run { run in
      let outcome = await run.tabscribe(
        ["transcribe", "s3://\(bucket)/in/", "-f", "json", "-o", "a/b/out"],
        server.environment
      )
      #expect(outcome.code == .done, "\(outcome.errors)")
      let written = run.folder.files.filter { $0.lastPathComponent.hasSuffix(".json") }
        .map { $0.path.replacing(run.folder.path, with: "") }
      #expect(written.count == 2)
      #expect(written.allSatisfy { $0.hasPrefix("/a/b/out/") && !$0.contains("..") }, "\(written)")
    }
  }

  @Test("what cannot be read says what was asked, found, and what to do")
  func faults() async throws {
    try await Self.withCloudStorage { run, bucket, more in
      try Data("no film".utf8).write(to: bucket.appending(path: "text.mp4"))
      try Data().write(to: bucket.appending(path: "empty.mp4"))
      let cases: [(String, [String: String], Int32, String)] = [
        ("gs://films/gone.mp4", more, 1, "no such object or bucket"),
        ("gs://films/text.mp4", more, 2, "does not begin like a video"),
        ("gs://films/empty.mp4", more, 2, "is empty"),
        ("s3://films/a.mp4", more, 5, "AWS_ACCESS_KEY_ID"),
        ("s3:///films/a.mp4", more, 2, "names no object"),
        ("gs://films/none/", more, 1, "holds no video or audio"),
        ("gs://films/a.mp4", ["GOOGLE_OAUTH_ACCESS_TOKEN": "invalid-token"], 5, "gcloud auth"),
      ]
      for (source, variables, code, words) in cases {
        let outcome = await run.tabscribe(["plan", source], variables)
        #expect(outcome.code.rawValue == code, "\(source): \(outcome.errors)")
        #expect(outcome.errors.contains(words), "\(source): \(outcome.errors)")
      }
      let taped = await run.tabscribe(["transcribe", "gs://films/a.mp4", "--record", "tape"], more)
      #expect(taped.errors.contains("not read for recordings"), "\(taped.errors)")
    }
  }
}
