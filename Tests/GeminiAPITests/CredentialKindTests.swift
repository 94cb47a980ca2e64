import CurlHTTP
import Foundation
import GeminiAPI
import HostSystem
import OrderedJSON
import TestSupport
import Testing

/// Every kind of credentials that people have, against a token server on this machine.
@Suite(.timeLimit(.minutes(1))) struct CredentialKindTests {
  /// Hands out tokens, and answers whoever shows one.
  private final class TokenServer: Sendable {
    let requests = Lock<[LoopbackServer.Request]>([])
    let server: LoopbackServer

    init() throws {
      let requests = requests
      server = try LoopbackServer { request, connection in
        requests.withLock { $0.append(request) }
        connection.respond(Self.answer(to: request))
        return true
      }
    }

    private static func answer(to request: LoopbackServer.Request) -> String {
      let path = request.target.split(separator: " ").last ?? ""
      switch path {
      case "/token": return #"{"access_token": "TOKEN-FORM-11", "expires_in": 3600}"#
      case "/sts": return #"{"access_token": "TOKEN-STS-22", "expires_in": "3600"}"#
      case "/act": return #"{"accessToken": "TOKEN-ACT-33", "expireTime": "2026-11-27T00:00:00Z"}"#
      case "/subject": return "SUBJECT-44\n"
      case "/subject.json": return #"{"value": "SUBJECT-44"}"#
      case _ where path.contains("computeMetadata"):
        return #"{"access_token": "TOKEN-META-55", "expires_in": 3600}"#
      default: return GeminiClientTests.reply("hello")
      }
    }

    /// The requests in short: where they went, and what they proved themselves with.
    var steps: [String] {
      requests.withLock { requests in
        requests.map { request in
          let path = request.target.split(separator: " ").last.map(String.init) ?? ""
          let proof = request.headers.first {
            $0.hasPrefix("authorization:") || $0.hasPrefix("x-goog-api-key:")
          }
          return ([path.split(separator: "/").suffix(2).joined(separator: "/")] + [proof])
            .compactMap(\.self).joined(separator: " ")
        }
      }
    }

    var forms: [String] {
      requests.withLock { $0.map { String(decoding: $0.body, as: UTF8.self) } }
    }
  }

  /// Sends a request with a credentials file, and returns the server that was asked.
  private func ask(
    _ credentials: JSONValue?,
    _ environment: [String: String] = [:],
    project: String? = "p",
    url: (TokenServer) -> String = { $0.server.url }
  ) async throws -> TokenServer {
    let server = try TokenServer()
    defer { server.server.stop() }
    var variables = [
      "GOOGLE_GENAI_USE_ENTERPRISE": "1", "GOOGLE_VERTEX_BASE_URL": server.server.url,
      "CLOUDSDK_CONFIG": "/no/such/folder", "GCE_METADATA_HOST": "127.0.0.1:9",
    ].merging(environment) { $1 }
    variables["GOOGLE_CLOUD_PROJECT"] = project
    for (name, value) in variables {
      variables[name] = value.replacing("SERVER", with: server.server.url.dropFirst(7))
    }
    if let credentials {
      let text = credentials.rendered().replacing("SERVER", with: server.server.url)
      let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
      try Data(text.utf8).write(to: file)
      variables["GOOGLE_APPLICATION_CREDENTIALS"] = file.path
    }
    let client = GeminiClient(
      configuration: try GeminiConfiguration(environment: variables),
      transport: CurlTransport()
    )
    #expect(try await client.generateContent(.text("a"), model: "m").text == "hello")
    return server
  }

  private static let user: JSONValue = [
    "type": "authorized_user", "client_id": "id", "client_secret": "CLIENT-SECRET-66",
    "refresh_token": "REFRESH-77", "token_uri": "SERVER/token", "quota_project_id": "billed",
  ]

  private func external(_ source: JSONValue, _ more: JSONObject = [:]) -> JSONValue {
    var object: JSONObject = [
      "type": "external_account", "audience": "//iam.example/pools/a",
      "subject_token_type": "urn:ietf:params:oauth:token-type:jwt", "token_url": "SERVER/sts",
      "credential_source": source,
    ]
    for (key, value) in more.members { object[key] = value }
    return .object(object)
  }

  @Test func aLoginWithItsQuotaProject() async throws {
    let server = try await ask(Self.user)
    #expect(
      server.steps == ["token", "models/m:generateContent authorization: bearer token-form-11"]
    )
    let headers = server.requests.withLock { $0[1].headers }
    #expect(headers.contains("x-goog-user-project: billed"))
    // A login names the project, too, where nothing else does.
    let alone = try await ask(Self.user, project: nil)
    #expect(alone.requests.withLock { $0[1].target }.contains("/projects/billed/"))
  }

  @Test func workloadIdentityFromAFile() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).token")
    try Data("SUBJECT-44\n".utf8).write(to: file)
    let server = try await ask(external(["file": .string(file.path)]))
    #expect(server.steps == ["sts", "models/m:generateContent authorization: bearer token-sts-22"])
    let form = try #require(WebAddress("https://x/?" + server.forms[0]))
    #expect(form.queryItem("grant_type") == "urn:ietf:params:oauth:grant-type:token-exchange")
    #expect(form.queryItem("audience") == "//iam.example/pools/a")
    #expect(form.queryItem("subject_token") == "SUBJECT-44")
    #expect(form.queryItem("subject_token_type") == "urn:ietf:params:oauth:token-type:jwt")
    #expect(
      form.queryItem("requested_token_type") == "urn:ietf:params:oauth:token-type:access_token"
    )
    #expect(form.queryItem("scope") == "https://www.googleapis.com/auth/cloud-platform")
  }

  @Test func workloadIdentityFromAnAddressThatActsAsAServiceAccount() async throws {
    let source: JSONValue = [
      "url": "SERVER/subject.json", "headers": ["Metadata": "True"],
      "format": ["type": "json", "subject_token_field_name": "value"],
    ]
    let server = try await ask(
      external(
        source,
        [
          "service_account_impersonation_url": "SERVER/act", "client_id": "c",
          "client_secret": "CLIENT-SECRET-66", "quota_project_id": "q",
        ]
      )
    )
    let basic = Base64Text.encoded("c:CLIENT-SECRET-66").lowercased()
    #expect(
      server.steps == [
        "subject.json", "sts authorization: basic \(basic)",
        "act authorization: bearer token-sts-22",
        "models/m:generateContent authorization: bearer token-act-33",
      ]
    )
    #expect(server.requests.withLock { $0[0].headers }.contains("metadata: true"))
    let body = try JSONValue(parsing: server.forms[2])
    #expect(body["scope"] == ["https://www.googleapis.com/auth/cloud-platform"])
    #expect(body["lifetime"] == "3600s")
    #expect(server.requests.withLock { $0[3].headers }.contains("x-goog-user-project: q"))
  }

  @Test func programsAreRunOnlyWhereThatIsAllowed() async throws {
    let script = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).sh")
    let answer = #"{"version": 1, "success": true, "id_token": "SUBJECT-44"}"#
    try Data("#!/bin/sh\necho '\(answer)'\n".utf8).write(to: script)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: script.path)
    let credentials = external(["executable": ["command": .string(script.path)]])
    let refusal = await #expect(throws: GeminiError.self) { try await ask(credentials) }
    #expect(refusal?.code == .invalidCredentials)
    #expect(refusal?.remedy?.contains("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES") == true)
    let server = try await ask(credentials, ["GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES": "1"])
    #expect(server.steps.first == "sts")
    #expect(server.forms[0].contains("subject_token=SUBJECT-44"))
  }

  @Test(
    arguments: [
      ["environment_id": "aws1", "url": "http://169.254.169.254/x"], ["certificate": [:]],
      .null, ["executable": [:]],
    ] as [JSONValue]
  )
  func sourcesThatAreNotSupportedAreNamed(_ source: JSONValue) async throws {
    let error = await #expect(throws: GeminiError.self) { try await ask(external(source)) }
    #expect(error?.code == .invalidCredentials)
    #expect(error?.message.contains("not supported") == true)
  }

  @Test func anAccountThatIsActedAs() async throws {
    let server = try await ask([
      "type": "impersonated_service_account", "service_account_impersonation_url": "SERVER/act",
      "delegates": ["d"], "source_credentials": Self.user,
    ])
    #expect(
      server.steps == [
        "token", "act authorization: bearer token-form-11",
        "models/m:generateContent authorization: bearer token-act-33",
      ]
    )
    #expect(try JSONValue(parsing: server.forms[1])["delegates"] == ["d"])
  }

  @Test func aWorkforceLogin() async throws {
    let server = try await ask([
      "type": "external_account_authorized_user", "client_id": "c", "client_secret": "s-66",
      "refresh_token": "REFRESH-77", "token_url": "SERVER/sts",
    ])
    #expect(server.steps[0].hasPrefix("sts authorization: basic "))
    #expect(server.forms[0] == "grant_type=refresh_token&refresh_token=REFRESH-77")
  }

  @Test func theMachinesOwnAccount() async throws {
    let server = try await ask(nil, ["GCE_METADATA_HOST": "SERVER"])
    #expect(
      server.steps == [
        "default/token", "models/m:generateContent authorization: bearer token-meta-55",
      ]
    )
    #expect(server.requests.withLock { $0[0].headers }.contains("metadata-flavor: google"))
  }

  @Test func aServiceAccountWithLineBreaksWrittenOutNamesTheProject() async throws {
    let key = try OpenSSLCommand.run([
      "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048",
    ])
    let server = try await ask(
      [
        "type": "service_account", "client_email": "robot@own.iam.gserviceaccount.com",
        "private_key": .string(key.replacing("\n", with: "\\n")), "project_id": "own",
        "token_uri": "SERVER/token",
      ],
      project: nil
    )
    #expect(server.steps.first == "token")
    #expect(server.requests.withLock { $0[1].target }.contains("/projects/own/"))
  }

  @Test func aTokenAtHand() async throws {
    let server = try await ask(
      Self.user,
      ["GOOGLE_OAUTH_ACCESS_TOKEN": " TOKEN-HAND-88\n", "GOOGLE_CLOUD_QUOTA_PROJECT": "q"]
    )
    #expect(server.steps == ["models/m:generateContent authorization: bearer token-hand-88"])
    #expect(server.requests.withLock { $0[0].headers }.contains("x-goog-user-project: q"))
  }

  @Test func aCommandThatPrintsAToken() async throws {
    let server = try await ask(nil, ["TABSCRIBE_ACCESS_TOKEN_COMMAND": "echo TOKEN-CMD-99"])
    #expect(server.steps == ["models/m:generateContent authorization: bearer token-cmd-99"])
    for command in ["echo two words", "exit 3", "true"] {
      let error = await #expect(throws: GeminiError.self) {
        try await ask(nil, ["TABSCRIBE_ACCESS_TOKEN_COMMAND": command])
      }
      #expect(error?.code == .invalidCredentials)
      #expect(error?.message.contains("two") == false)
    }
  }

  @Test func aKeyWithAProjectWhereNobodyHasLoggedIn() async throws {
    let server = try await ask(nil, ["GOOGLE_API_KEY": "KEY-10"])
    #expect(server.steps == ["models/m:generateContent x-goog-api-key: key-10"])
    #expect(server.requests.withLock { $0[0].target }.contains("/projects/p/locations/global/"))
    let login = try await ask(Self.user, ["GOOGLE_API_KEY": "KEY-10"])
    #expect(login.steps.last == "models/m:generateContent authorization: bearer token-form-11")
    let express = try await ask(nil, ["GOOGLE_API_KEY": "KEY-10"], project: nil)
    #expect(!express.requests.withLock { $0[0].target }.contains("/projects/"))
  }

  /// Whoever wrote a folder must not say what is read on this machine, and who gets it.
  @Test func aFolderCannotNameCredentialsThatReadFurtherFiles() async throws {
    let text = external(["file": "/etc/hostname"]).rendered()
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try Data(text.utf8).write(to: file)
    let configuration = try GeminiConfiguration(
      environment: ["GOOGLE_GENAI_USE_ENTERPRISE": "1", "GOOGLE_CLOUD_PROJECT": "p"],
      dotEnv: [
        "GOOGLE_APPLICATION_CREDENTIALS": file.path,
        "TABSCRIBE_ACCESS_TOKEN_COMMAND": "touch /tmp/never",
        "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES": "1",
      ]
    )
    let transport = ScriptedTransport([])
    let client = GeminiClient(configuration: configuration, transport: transport)
    let error = await #expect(throws: GeminiError.self) {
      try await client.generateContent(.text("a"), model: "m")
    }
    #expect(error?.code == .invalidCredentials)
    #expect(transport.requests.isEmpty)
  }
}

/// Base64 by another hand than the client's.
private enum Base64Text {
  static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
