import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// People put keys where they do not belong; wherever that is, none may appear anywhere.
@Suite struct MisplacedSecretTests {
  /// A place for a secret, by mistake.
  struct Place: Sendable, CustomStringConvertible {
    let description: String
    var environment: [String: String] = [:]
    var files: [String: String] = [:]
    var arguments: [String] = []

    init(
      _ name: String,
      environment: [String: String] = [:],
      files: [String: String] = [:],
      arguments: [String] = []
    ) {
      description = name
      self.environment = environment
      self.files = files
      self.arguments = arguments
    }
  }

  /// The key that is used rightly; it must not appear either.
  static let goodKey = "MARKED-GOOD-KEY-42ab"
  static let apiKey = "AIzaSyMARKED-KEY-0123456789abcdefghijk"
  static let privateKey =
    "-----BEGIN PRIVATE KEY-----\n"
    + (0..<6).map { "MARKED\($0)kqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7abcdefghijklmnop\n" }.joined()
    + "MARKED==\n-----END PRIVATE KEY-----\n"
  static let account = JSONValue.object([
    "type": "service_account", "project_id": "p", "client_email": "robot@p.example",
    "private_key": .string(privateKey), "token_uri": "http://127.0.0.1:9/token",
  ])
  static let platform = ["GOOGLE_GENAI_USE_VERTEXAI": "1", "GOOGLE_CLOUD_PROJECT": "p"]

  static let secrets = [
    ("a key", apiKey), ("a private key", privateKey), ("a credentials file", account.rendered()),
  ]

  /// Variables that could hold anything.
  static let variables = [
    "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_LOCATION",
    "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_GENAI_API_VERSION", "GOOGLE_GENAI_USE_VERTEXAI",
    "TABSCRIBE_MODEL", "TABSCRIBE_PARAM", "TABSCRIBE_CONTEXT", "TABSCRIBE_FPS",
    "TABSCRIBE_PROMPT", "TABSCRIBE_OUTPUT_DIR", "GOOGLE_OAUTH_ACCESS_TOKEN",
  ]

  static let places: [Place] =
    secrets.enumerated().flatMap { number, kind -> [Place] in
      let (name, secret) = kind
      let quoted = JSONValue.string(secret).rendered()
      let inEnvironment = variables.map { variable in
        let more = variable.hasPrefix("GOOGLE_") && variable != "GOOGLE_API_KEY" ? platform : [:]
        return Place("\(name) in \(variable)", environment: more.merging([variable: secret]) { $1 })
      }
      // A `.env` is read like the environment: one kind of secret for each variable in turn.
      let turn = variables.enumerated().filter { $0.offset % secrets.count == number }
      let inDotEnv = turn.map(\.element).map { variable in
        let line = "\(variable)='\(secret.replacing("\n", with: "\\n"))'\n"
        return Place("\(name) in \(variable) of .env", files: [".env": line])
      }
      let onCommandLine = [
        ["--model", secret], ["--param", "names=\(secret)"], ["--prompt", secret], [secret],
        ["--\(secret)"], ["--fps", secret], ["--project", secret], ["--ledger", secret],
      ].map { Place("\(name) behind \($0[0].prefix(9))", arguments: $0) }
      let inFiles = [
        Place(
          "\(name) in the context",
          files: ["c.txt": secret],
          arguments: ["--context", "c.txt"]
        ),
        Place(
          "\(name) in a prompt",
          files: [
            "prompts/transcribe.prompt": "---\noutput:\n  schema: transcripts-speakers\n---\n"
              + "Transcribe {{media url=video}} and mind this: \(secret)\n"
          ]
        ),
        Place("\(name) alone in .env", files: [".env": secret]),
        Place("\(name) as an option", files: ["home/config.json": "{\(quoted): 1}"]),
        Place("\(name) in config.json", files: ["home/config.json": "{\"model\": \(quoted)}"]),
        Place("\(name) in the configuration", files: ["home/config.json": secret]),
        Place(
          "\(name) in a list",
          files: ["v.jsonl": "{\"source\": \"sample.webm\", \"model\": \(quoted)}"],
          arguments: ["v.jsonl"]
        ),
      ]
      return inEnvironment + inDotEnv + onCommandLine + inFiles
    } + addresses

  static let addresses: [Place] = [
    "https://user:MARKED@127.0.0.1/", "http://127.0.0.1/\(apiKey)", "http://x/?key=MARKED",
    "http://127.0.0.1:1/?key=\(apiKey)#\(apiKey)",
  ].map { Place("base URL \($0)", environment: ["GOOGLE_GEMINI_BASE_URL": $0]) }

  static let commands = [
    ["transcribe", "sample.webm", "--force", "--json"], ["transcribe", "sample.webm", "--dry-run"],
    ["transcribe", "sample.webm", "--force", "-f", "json", "--record", "tape"],
    ["plan", "sample.webm", "--json"],
  ]
  static let further = [
    ["doctor"], ["runs", "show", "last", "--json"],
    ["export", "last", "-f", "txt", "--output-dir", "more"],
  ]

  /// Several places at a time: there are more than a hundred of them.
  @Test func noSecretAppearsAnywhere() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var waiting = Self.places.makeIterator()
      for _ in 0..<4 {
        if let place = waiting.next() { group.addTask { try await self.look(at: place) } }
      }
      while try await group.next() != nil {
        if let place = waiting.next() { group.addTask { try await self.look(at: place) } }
      }
    }
  }

  private func look(at place: Place) async throws {
    let folder = try EmulatedRun.folderWithSample()
    for (name, text) in place.files { try folder.write(text, to: name) }
    var options = EmulatorOptions()
    options.logPath = folder.url.appending(path: "requests.log").path
    try await EmulatedRun.run(options, key: Self.goodKey, in: folder) { run in
      let environment = [
        "TABSCRIBE_HOME": folder.path + "/home", "GEMINI_API_KEY": Self.goodKey,
        "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL,
        "GOOGLE_VERTEX_BASE_URL": run.emulator.baseURL, "CLOUDSDK_CONFIG": "/no/such/folder",
        "GCE_METADATA_HOST": "127.0.0.1:9",
      ].merging(place.environment) { $1 }
      for command in Self.commands.map({ $0 + place.arguments }) + Self.further {
        let outcome = await CommandRun.tabscribe(command, in: folder, environment: environment)
        let said = outcome.output + outcome.errors
        #expect(!said.contains("MARKED"), "\(place), \(command.prefix(2)): \(said.prefix(600))")
      }
    }
    try check(folder, of: place)
  }

  private func check(_ folder: TemporaryFolder, of place: Place) throws {
    let names = FileManager.default.subpaths(atPath: folder.path) ?? []
    for name in names where place.files[name] == nil {
      guard let data = FileManager.default.contents(atPath: "\(folder.path)/\(name)") else {
        continue
      }
      #expect(data.range(of: Data("MARKED".utf8)) == nil, "\(place): in \(name)")
    }
  }
}
