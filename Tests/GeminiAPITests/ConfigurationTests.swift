import GeminiAPI
import Testing

@Suite struct ConfigurationTests {
  private func configuration(
    _ environment: [String: String],
    dotEnv: [String: String] = [:],
    _ overrides: GeminiConfiguration.Overrides = .init()
  ) throws -> GeminiConfiguration {
    try GeminiConfiguration(environment: environment, dotEnv: dotEnv, overrides: overrides)
  }

  @Test func prefersTheKeysInTheOrderGooglesToolsDo() throws {
    let both = ["GOOGLE_API_KEY": "first", "GEMINI_API_KEY": "second"]
    #expect(try configuration(both).credentials == .apiKey(Secret("first")))
    #expect(
      try configuration(["GEMINI_API_KEY": "second"], dotEnv: both).credentials
        == .apiKey(Secret("second"))
    )
    #expect(
      try configuration(["GEMINI_API_KEY": ""], dotEnv: both).credentials
        == .apiKey(Secret("first"))
    )
  }

  @Test func asksForAKeyOnlyWhenOneIsNeeded() throws {
    let bare = try configuration([:])
    #expect(bare.baseURL == "https://generativelanguage.googleapis.com")
    let error = #expect(throws: GeminiError.self) { try bare.requireCredentials() }
    #expect(error?.code == .missingCredentials)
    #expect(error?.remedy?.contains("GEMINI_API_KEY") == true)
  }

  @Test(arguments: [
    ("global", "https://aiplatform.googleapis.com"),
    ("eu", "https://aiplatform.eu.rep.googleapis.com"),
    ("us", "https://aiplatform.us.rep.googleapis.com"),
    ("europe-west4", "https://europe-west4-aiplatform.googleapis.com"),
  ])
  func findsTheHostOfALocation(_ location: String, _ url: String) throws {
    let environment = [
      "GOOGLE_GENAI_USE_ENTERPRISE": "True", "GOOGLE_GENAI_USE_VERTEXAI": "false",
      "GOOGLE_CLOUD_PROJECT": "p-1", "GOOGLE_CLOUD_LOCATION": "asia-east1",
    ]
    let found = try configuration(environment, .init(location: location))
    #expect(found.backend == .agentPlatform(project: "p-1", location: location))
    #expect(found.baseURL == url)
    #expect(found.apiVersion == "v1beta1")
  }

  @Test(arguments: [
    ["GOOGLE_GEMINI_BASE_URL": "http://example.org"], ["GOOGLE_GEMINI_BASE_URL": "example.org"],
    ["GOOGLE_GEMINI_BASE_URL": "https://user:pw@example.org"],
    ["GOOGLE_GEMINI_BASE_URL": "https://example.org/?a=b"],
    ["GOOGLE_GEMINI_BASE_URL": "http://127.0.0.1.example.org"],
    ["GOOGLE_GENAI_API_VERSION": "v1/../x"], ["GOOGLE_API_KEY": "auth_tokens/abc"],
    ["GOOGLE_GENAI_USE_ENTERPRISE": "1"],
    ["GOOGLE_GENAI_USE_ENTERPRISE": "1", "GOOGLE_CLOUD_PROJECT": "a/b"],
    [
      "GOOGLE_GENAI_USE_ENTERPRISE": "1", "GOOGLE_CLOUD_PROJECT": "p",
      "GOOGLE_CLOUD_LOCATION": "evil.example/",
    ],
  ])
  func refusesSettingsThatCannotWork(_ environment: [String: String]) {
    let error = #expect(throws: GeminiError.self) { try configuration(environment) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.remedy?.isEmpty == false)
  }

  @Test(arguments: [
    "http://127.0.0.1:8080/", "http://localhost:1", "http://[::1]:9",
    "https://gateway.example/gemini/",
  ])
  func takesOtherHostsThatAreProtected(_ url: String) throws {
    let found = try configuration(["GOOGLE_GEMINI_BASE_URL": url])
    #expect(!found.baseURL.hasSuffix("/"))
    #expect(url.hasPrefix(found.baseURL))
  }

  @Test func neverShowsAKey() throws {
    let found = try configuration(["GEMINI_API_KEY": "MARKED-KEY-42"])
    var dumped = ""
    dump(found, to: &dumped)
    for text in ["\(found)", String(reflecting: found), dumped] {
      #expect(!text.contains("MARKED-KEY-42"))
    }
  }
}
