import CommandLineInterface
import Foundation
import GeminiEmulation
import HostSystem
import TestSupport
import Testing

@testable import TabscribeCommands

/// A folder may come from a stranger; what stands in its `.env` must not cost the user a secret.
@Suite struct HostileFolderTests {
  static let key = "MARKED-KEY-8d27"
  static let words = "MARKED-WORDS-ee41"
  static let commands = [
    ["files", "list"], ["doctor", "--online"], ["models", "list"],
    ["transcribe", "https://e.org/v.mp4", "--duration", "1:00"],
    ["transcribe", "https://e.org/v.mp4", "--duration", "1:00", "--dry-run"],
    ["plan", "https://e.org/v.mp4", "--duration", "1:00"],
    ["batch", "submit", "https://e.org/v.mp4", "--duration", "1:00"],
  ]

  let folder: TemporaryFolder
  let outside: TemporaryFolder
  init() throws {
    folder = try TemporaryFolder()
    outside = try TemporaryFolder()
    try outside.write(Self.words, to: "private.txt")
  }

  /// Runs every command with a `.env` of these lines.
  ///
  /// A server stands where the lines say `SERVER`, and `OUTSIDE` is a file of the user's. Returns
  /// how each ended, and how often the server was reached.
  private func run(
    _ lines: String,
    _ environment: [String: String]
  ) async throws -> (outcomes: [CommandRun], connections: Int) {
    let server = try LoopbackServer { _, connection in
      connection.respond("{}")
      return true
    }
    defer { server.stop() }
    let text = lines.replacing("SERVER", with: server.url.dropFirst(7))
      .replacing("OUTSIDE", with: outside.path + "/private.txt")
    try folder.write(text, to: ".env")
    var outcomes: [CommandRun] = []
    for command in Self.commands {
      outcomes.append(await CommandRun.tabscribe(command, in: folder, environment: environment))
    }
    return (outcomes, server.connectionCount)
  }

  private static let platform = "GOOGLE_GENAI_USE_VERTEXAI=true\nGOOGLE_CLOUD_PROJECT=p\n"

  /// Addresses that look like this machine to a careless reader, all of them on the Gemini API.
  @Test(arguments: [
    "http://127.0.0.1\\@SERVER", "http://localhost\\@SERVER/", "http://[::1]\\@SERVER",
    "http://127.0.0.1@SERVER", "https://127.0.0.1:x@evil.example", "http://127.0.0.1。evil.example",
    "http://127.0.0.1.evil.example", "https://evil.example#@127.0.0.1", "http://evil.example",
    "https://evil.example?@127.0.0.1", "http://127.0.0.1%2f@evil.example", "https://evil.example",
    "http://127.0.0.1%00.evil.example", "http://127.0.0.1.", "http://[::1%25lo]:80",
  ])
  func noKeyGoesWhereTheFileSays(_ address: String) async throws {
    let (outcomes, connections) = try await run(
      "GOOGLE_GEMINI_BASE_URL=\"\(address.replacing("\\", with: "\\\\"))\"\n",
      ["GEMINI_API_KEY": Self.key]
    )
    #expect(connections == 0)
    for outcome in outcomes where outcome.code != .done {
      #expect(outcome.code == .credentials, "\(outcome.errors)")
      #expect((outcome.errors + outcome.output).contains("GOOGLE_GEMINI_BASE_URL in .env"))
    }
    // Only those that need no service may go on.
    #expect(outcomes.filter { $0.code == .done }.count <= 2)
  }

  @Test(arguments: [
    "GOOGLE_API_KEY=attackers-own\n", "GEMINI_API_KEY=attackers-own\n", "",
    "GOOGLE_OAUTH_ACCESS_TOKEN=attackers-own\n", "GOOGLE_APPLICATION_CREDENTIALS=own.json\n",
  ])
  func noLoginGoesWhereTheFileSays(_ own: String) async throws {
    try folder.write("{}", to: "own.json")
    let lines = own + Self.platform + "GOOGLE_VERTEX_BASE_URL=https://evil.example\n"
    let (outcomes, _) = try await run(lines, ["CLOUDSDK_CONFIG": outside.path])
    for outcome in outcomes where outcome.code != .done {
      #expect(outcome.code == .credentials, "\(outcome.errors)")
      #expect((outcome.errors + outcome.output).contains("GOOGLE_VERTEX_BASE_URL in .env"))
    }
    #expect(outcomes.filter { $0.code == .done }.count <= 2)
  }

  @Test func whatTheEnvironmentSaysCountsAndIsNotTheFilesDoing() async throws {
    try folder.write("GOOGLE_GEMINI_BASE_URL=https://evil.example\n", to: ".env")
    try await EmulatedRun.run(key: Self.key, in: folder) { run in
      #expect(await run.tabscribe("files", "list").code == .done)
    }
  }

  /// Every option that takes a path, and the ways out of a folder.
  @Test(arguments: [
    "TABSCRIBE_CONTEXT", "TABSCRIBE_OUTPUT_DIR", "TABSCRIBE_RECORD", "TABSCRIBE_REPLAY",
    "TABSCRIBE_LEDGER", "TABSCRIBE_PROMPT", "GOOGLE_APPLICATION_CREDENTIALS",
  ])
  func noPathLeadsOutOfTheFolder(_ name: String) async throws {
    let link = folder.url.appending(path: "link")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: outside.url)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/dangling",
      withDestinationPath: outside.path + "/made-later"
    )
    for path in [
      outside.path + "/private.txt", "../\(outside.url.lastPathComponent)/private.txt",
      "link/private.txt", "./link/../\(outside.url.lastPathComponent)/private.txt", "dangling",
    ] {
      if path == "dangling", name == "TABSCRIBE_PROMPT" { continue }
      let (outcomes, connections) = try await run(
        "GEMINI_API_KEY=attackers\nGOOGLE_GEMINI_BASE_URL=http://SERVER\n\(name)=\(path)\n"
          + (name.hasPrefix("GOOGLE") ? Self.platform : ""),
        [:]
      )
      let transcribe = outcomes[3]
      #expect(transcribe.code == .usage, "\(name)=\(path): \(transcribe.errors)")
      #expect(transcribe.errors.contains("\(name) in .env leads out of the folder"))
      if name.hasPrefix("GOOGLE") { #expect(connections == 0) }
    }
    #expect(outside.names == ["private.txt"])
  }

  @Test func whatLiesInTheFolderMayBeNamed() async throws {
    let folder = try EmulatedRun.folderWithSample()
    try folder.write(
      "TABSCRIBE_OUTPUT_DIR=results/new\nTABSCRIBE_CONTEXT=./notes.txt\nTABSCRIBE_RECORD=tape\n",
      to: ".env"
    )
    try folder.write("A talk about pencils.", to: "notes.txt")
    try await EmulatedRun.run(key: Self.key, in: folder) { run in
      let outcome = await run.tabscribe("transcribe", "sample.webm")
      #expect(outcome.code == .done, "\(outcome.errors)")
      #expect(folder.names.contains("tape"))
      #expect(FileManager.default.fileExists(atPath: folder.path + "/results/new/sample.json"))
    }
  }

  /// The environments that were found to give secrets away.
  @Test(
    .enabled(if: SharedFixtures.isPresent),
    arguments: ["hostile-adc-key", "hostile-adc", "hostile-backslash", "hostile-context"]
  )
  func knownAttacksFail(_ name: String) async throws {
    let lines = try SharedFixtures.text("fixtures/field/attack/\(name).env")
      .replacing("/some/file/of/the/user", with: "OUTSIDE")
      .replacing("127.0.0.1:18170", with: "SERVER")
    let (outcomes, connections) = try await run(
      lines,
      ["GEMINI_API_KEY": Self.key].filter { _ in name == "hostile-backslash" }
    )
    #expect([.credentials, .usage].contains(outcomes[3].code), "\(outcomes[3].errors)")
    if name != "hostile-context" { #expect(connections == 0) }
    #expect(outcomes.allSatisfy { !($0.output + $0.errors).contains(Self.words) })
  }

  /// A proxy would see the key, and would not find the server that is meant.
  @Test func requestsToThisMachineGoThroughNoProxy() throws {
    let proxied = Lock(0)
    let proxy = try LoopbackServer { _, connection in
      proxied.withLock { $0 += 1 }
      connection.respond("{}")
      return true
    }
    defer { proxy.stop() }
    let server = try LoopbackServer { request, connection in
      connection.respond(#"{"files": []}"#)
      return request.headers.contains("x-goog-api-key: \(Self.key.lowercased())")
    }
    defer { server.stop() }
    for variable in ["http_proxy", "all_proxy", "https_proxy"] {
      let outcome = try ChildProcess.run(
        "/usr/bin/env",
        [
          "-C", folder.path, "-i", "HOME=\(folder.path)", "\(variable)=\(proxy.url)",
          "GOOGLE_GEMINI_BASE_URL=\(server.url)", "GEMINI_API_KEY=\(Self.key)",
          try ChildProcess.product("tabscribe"), "files", "list",
        ]
      )
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
    #expect(proxied.withLock { $0 } == 0)
    #expect(server.connectionCount == 3)
  }
}
