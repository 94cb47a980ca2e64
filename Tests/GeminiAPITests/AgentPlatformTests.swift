import Foundation
import GeminiAPI
import OrderedJSON
internal import PlainText
import TestSupport
import Testing

@Suite struct AgentPlatformTests {
  private static let token = ScriptedTransport.Answer.json(
    #"{"access_token": "TOKEN-1", "expires_in": 3600, "token_type": "Bearer"}"#
  )

  /// A client whose credentials file holds the JSON given; `nil` for no file at all.
  private func client(
    _ credentials: JSONValue?,
    _ transport: ScriptedTransport,
    _ clock: ManualClock = ManualClock()
  ) throws -> GeminiClient {
    var environment = [
      "GOOGLE_GENAI_USE_ENTERPRISE": "1", "GOOGLE_CLOUD_PROJECT": "p",
      "CLOUDSDK_CONFIG": "/no/such/folder",
    ]
    if let credentials {
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
      try Data(credentials.renderedBytes()).write(to: file)
      environment["GOOGLE_APPLICATION_CREDENTIALS"] = file.path
    }
    return GeminiClient(
      configuration: try GeminiConfiguration(environment: environment),
      transport: transport,
      timing: clock.timing
    )
  }

  private static let user: JSONValue = [
    "type": "authorized_user", "client_id": "id", "client_secret": "SECRET-1",
    "refresh_token": "SECRET-2", "quota_project_id": "billed",
  ]

  @Test func asksForATokenOnceAndAgainBeforeItRunsOut() async throws {
    let reply = ScriptedTransport.Answer.json(GeminiClientTests.reply("hello"))
    let transport = ScriptedTransport([Self.token, reply, reply, Self.token, reply])
    let clock = ManualClock()
    let client = try client(Self.user, transport, clock)
    for _ in 0..<2 { _ = try await client.generateContent(.text("a"), model: "m") }
    try await clock.timing.sleep(.seconds(3400))
    _ = try await client.generateContent(.text("a"), model: "m")
    let requests = transport.requests
    #expect(requests.map(\.url).filter { $0 == "https://oauth2.googleapis.com/token" }.count == 2)
    #expect(requests[1].headers["Authorization"] == "Bearer TOKEN-1")
    #expect(requests[1].headers["x-goog-user-project"] == "billed")
    guard case .bytes(let form) = requests[0].body else {
      Issue.record("the token was asked for without a form")
      return
    }
    #expect(
      String(decoding: form, as: UTF8.self)
        == "grant_type=refresh_token&client_id=id&client_secret=SECRET-1&refresh_token=SECRET-2"
    )
    let shown = requests.map { $0.redactedJSON.rendered() }.joined()
    for secret in ["SECRET-1", "SECRET-2", "TOKEN-1"] { #expect(!shown.contains(secret)) }
  }

  @Test func signsForAServiceAccount() async throws {
    let key = try OpenSSLCommand.run([
      "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048",
    ])
    let account: JSONValue = [
      "type": "service_account", "client_email": "robot@p.iam.gserviceaccount.com",
      "private_key": .string(key), "private_key_id": "key-1",
      "token_uri": "https://oauth2.googleapis.com/token",
    ]
    let transport = ScriptedTransport([Self.token, .json(GeminiClientTests.reply("hello"))])
    _ = try await client(account, transport).generateContent(.text("a"), model: "m")
    guard case .bytes(let form) = transport.requests[0].body,
      let address = WebAddress("https://x/?" + String(decoding: form, as: UTF8.self)),
      let assertion = address.queryItem("assertion")
    else {
      Issue.record("no assertion was sent")
      return
    }
    #expect(address.queryItem("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer")
    let parts = assertion.split(separator: ".").map(String.init)
    #expect(parts.count == 3)
    let header = try JSONValue(parsing: try #require(Base64.decoded(parts[0])))
    #expect(header == ["alg": "RS256", "typ": "JWT", "kid": "key-1"])
    let claims = try JSONValue(parsing: try #require(Base64.decoded(parts[1])))
    #expect(claims["iss"] == "robot@p.iam.gserviceaccount.com")
    #expect(claims["scope"] == "https://www.googleapis.com/auth/cloud-platform")
    #expect(try #require(claims["exp"]?.int) - (claims["iat"]?.int ?? 0) == 3600)
    let signature = try #require(Base64.decoded(parts[2]))
    #expect(try Self.verifies(signature, of: "\(parts[0]).\(parts[1])", key: key))
  }

  @Test func asksTheMetadataServerWhereThereIsNoFile() async throws {
    let transport = ScriptedTransport([Self.token, .json(GeminiClientTests.reply("hello"))])
    _ = try await client(nil, transport).generateContent(.text("a"), model: "m")
    let request = transport.requests[0]
    #expect(
      request.url
        == "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"
    )
    #expect(request.headers["Metadata-Flavor"] == "Google")
    #expect(request.allowsPlainHTTP)
    let nowhere = ScriptedTransport([.failure(TransportError(.hostNotFound, "no"))])
    let error = await #expect(throws: GeminiError.self) {
      try await client(nil, nowhere).generateContent(.text("a"), model: "m")
    }
    #expect(error?.code == .missingCredentials)
  }

  @Test(arguments: ["gdch_service_account", "a\u{1B}[31mb"])
  func refusesOtherKindsByName(_ kind: String) async throws {
    let error = await #expect(throws: GeminiError.self) {
      try await client(["type": .string(kind)], ScriptedTransport([]))
        .generateContent(.text("a"), model: "m")
    }
    #expect(error?.message.contains(kind.prefix(1)) == true)
    #expect(error?.message.contains("\u{1B}") == false)
    #expect(error?.code == .invalidCredentials)
  }

  @Test func tellsWhyNoTokenWasGiven() async throws {
    let refusal = #"{"error": "invalid_grant", "error_description": "Token has been expired."}"#
    let error = await #expect(throws: GeminiError.self) {
      try await client(Self.user, ScriptedTransport([.json(refusal, status: 400)]))
        .generateContent(.text("a"), model: "m")
    }
    #expect(error?.message.hasSuffix("invalid_grant: Token has been expired.") == true)
    #expect(error?.code == .invalidCredentials)
  }

  /// Whether the `openssl` command finds the signature right.
  private static func verifies(_ signature: [UInt8], of text: String, key: String) throws -> Bool {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String, _ data: Data) throws -> String {
      let file = folder.appending(path: name)
      try data.write(to: file)
      return file.path
    }
    let keyPath = try file("key.pem", Data(key.utf8))
    let signaturePath = try file("signature", Data(signature))
    let textPath = try file("text", Data(text.utf8))
    let verdict = try OpenSSLCommand.run([
      "dgst", "-sha256", "-prverify", keyPath, "-signature", signaturePath, textPath,
    ])
    return verdict.contains("Verified OK")
  }
}
