internal import CommandLineInterface
internal import Foundation
internal import GeminiEmulation
internal import OrderedJSON
internal import RunStore
import Testing

@Suite struct DoctorTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func check(_ name: String, _ run: CommandRun) throws -> JSONValue? {
    try run.json["checks"]?.array?.first { $0["name"]?.string == name }
  }

  @Test func withoutAKeyItSaysHowToGetOne() async throws {
    let run = await CommandRun.tabscribe(["doctor"], in: folder)
    #expect(run.code == .credentials)
    #expect(run.output.contains("✗ missing  key"))
    #expect(run.output.contains("Set GEMINI_API_KEY"))
    #expect(folder.names.isEmpty)
  }

  @Test func withAKeyAllIsReadyAndTheKeyIsNeverShown() async throws {
    try folder.write("GEMINI_API_KEY=AIza-very-secret\n", to: ".env")
    let run = await CommandRun.tabscribe(["doctor", "--json"], in: folder)
    #expect(run.code == .done)
    #expect(try run.json["ready"] == true)
    #expect(try check("key", run)?["finding"] == "GEMINI_API_KEY is set in .env")
    #expect(!run.output.contains("secret"))
  }

  @Test func theKeyThatCountsIsNamed() async throws {
    try folder.write("GOOGLE_API_KEY=dotted\n", to: ".env")
    let run = await CommandRun.tabscribe(
      ["doctor", "--json"],
      in: folder,
      environment: ["GEMINI_API_KEY": "own"]
    )
    #expect(try check("key", run)?["finding"] == "GEMINI_API_KEY is set in the environment")
  }

  @Test("buckets: whether there are keys, and where, without the keys")
  func buckets() async throws {
    let key = ["GEMINI_API_KEY": "own"]
    let none = await CommandRun.tabscribe(["doctor", "--json"], in: folder, environment: key)
    #expect(none.code == .done, "most work needs none")
    for (name, remedy) in [("s3", "AWS_ENDPOINT_URL_S3"), ("gs", "gcloud auth")] {
      #expect(try check(name, none)?["state"] == "note")
      #expect(try check(name, none)?["remedy"]?.string?.contains(remedy) == true)
    }
    let variables = [
      "AWS_ACCESS_KEY_ID": "AKIDSECRET1234567890",
      "AWS_SECRET_ACCESS_KEY": "very/secret+key/0123456789",
      "AWS_ENDPOINT_URL": "https://minio.example",
      "GOOGLE_OAUTH_ACCESS_TOKEN": "ya29.secret-token-1234",
    ]
    let all = await CommandRun.tabscribe(
      ["doctor", "--json"],
      in: folder,
      environment: key.merging(variables) { $1 }
    )
    let found = try ["s3", "gs"].map { try check($0, all)?["finding"]?.string ?? "" }
    #expect(found[0] == "a key is set in the environment; https://minio.example")
    #expect(found[1] == "an access token is set; https://storage.googleapis.com")
    for value in variables.values where !value.hasPrefix("https") {
      #expect(!all.output.contains(value))
    }
    let wrong = await CommandRun.tabscribe(
      ["doctor", "--json"],
      in: folder,
      environment: key.merging(variables) { $1 }.merging(["AWS_ENDPOINT_URL": "minio"]) { $1 }
    )
    #expect(try check("s3", wrong)?["state"] == "missing")
    #expect(wrong.code == .usage)
  }

  @Test func anUnreadableDotEnvIsAFindingAndNotTheEnd() async throws {
    try folder.write("what is this\n", to: ".env")
    let run = await CommandRun.tabscribe(["doctor", "--json"], in: folder)
    #expect(run.code == .usage)
    #expect(try check("settings", run)?["finding"]?.string?.contains("line 1") == true)
    #expect(try check("libraries", run)?["state"] == "fine")
  }

  @Test func cachesThatNobodyLooksAfterAreNamed() async throws {
    let before = await CommandRun.tabscribe(["doctor", "--json"], in: folder)
    #expect(try check("caches", before) == nil)
    // No process has a number as high as this.
    let host = ProcessIdentity.current.host
    let store = try RunStore(path: folder.path + "/.local/share/tabscribe/tabscribe.db")
    try store.note(
      StoredCache(
        label: "tabscribe-1",
        account: "a",
        name: "cachedContents/1",
        expiresAt: .distantFuture,
        process: ProcessIdentity(host: host, number: Int(Int32.max), start: "1")
      )
    )
    let run = await CommandRun.tabscribe(["doctor", "--json"], in: folder)
    #expect(try check("caches", run)?["state"] == "note")
    #expect(try check("caches", run)?["finding"]?.string?.hasPrefix("1 cache of runs") == true)
  }

  @Test func ownPromptsAreCounted() async throws {
    try folder.write("x", to: "prompts/mine.prompt")
    try folder.write("x", to: "prompts/transcribe.prompt")
    let run = await CommandRun.tabscribe(["doctor", "--json"], in: folder)
    #expect(
      try check("prompts", run)?["finding"]?.string?.hasSuffix(", 2 of them your own") == true
    )
  }

  @Test func aKeyIsTriedOnlineWhenAsked() async throws {
    let emulator = try GeminiEmulator.start()
    let environment = ["GEMINI_API_KEY": "x", "GOOGLE_GEMINI_BASE_URL": emulator.baseURL]
    let offline = await CommandRun.tabscribe(["doctor"], in: folder, environment: environment)
    #expect(offline.code == .done)
    #expect(emulator.log.count == 0)
    let online = await CommandRun.tabscribe(
      ["doctor", "--online", "--json"],
      in: folder,
      environment: environment
    )
    #expect(online.code == .done)
    #expect(try check("online", online)?["finding"]?.string?.contains("models listed") == true)
    let refused = await CommandRun.tabscribe(
      ["doctor", "--online", "--json"],
      in: folder,
      environment: environment.merging(["GEMINI_API_KEY": "invalid-key"]) { $1 }
    )
    #expect(refused.code == .credentials)
    await emulator.stop()
  }

  @Test func aServiceThatDoesNotAnswerIsUnavailable() async throws {
    let run = await CommandRun.tabscribe(
      ["doctor", "--online", "--json"],
      in: folder,
      // Nothing listens on the discard port of this machine.
      environment: ["GEMINI_API_KEY": "x", "GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1:9"]
    )
    #expect(run.code == .unavailable)
    #expect(try check("online", run)?["state"] == "missing")
    #expect(try check("service", run)?["finding"] == "Gemini API at http://127.0.0.1:9")
  }
}
