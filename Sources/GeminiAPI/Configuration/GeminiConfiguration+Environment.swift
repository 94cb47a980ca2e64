extension GeminiConfiguration {
  /// What the command line may set; each goes before the environment.
  public struct Overrides: Hashable, Sendable {
    /// `ai-studio` or `agent-platform`.
    public var backend: String?
    /// The project on Agent Platform.
    public var project: String?
    /// The location on Agent Platform.
    public var location: String?

    /// Settings that go before the environment.
    public init(backend: String? = nil, project: String? = nil, location: String? = nil) {
      self.backend = backend
      self.project = project
      self.location = location
    }
  }

  /// A configuration by the variables Google's own clients read.
  ///
  /// - Parameters:
  ///   - environment: The process's environment; goes before `dotEnv`.
  ///   - dotEnv: The values of a `.env` file.
  ///   - overrides: Settings that go before both.
  /// - Throws: ``GeminiError`` with the code `invalidConfiguration`. Missing credentials are no
  ///   error yet; ``requireCredentials()`` makes them one.
  public init(
    environment: [String: String],
    dotEnv: [String: String] = [:],
    overrides: Overrides = Overrides()
  ) throws {
    let variables = Variables(layers: [environment, dotEnv])
    let key = try APIKey.secret(variables.named("GOOGLE_API_KEY", "GEMINI_API_KEY"))
    if try Self.usesAgentPlatform(variables, overrides) {
      try self.init(agentPlatform: variables, overrides, key: key)
    } else {
      try Self.refusePlaces(overrides)
      try self.init(aiStudio: variables, key: key)
    }
  }

  private static func usesAgentPlatform(
    _ variables: Variables,
    _ overrides: Overrides
  ) throws -> Bool {
    switch overrides.backend {
    case "ai-studio": return false
    case "agent-platform": return true
    case .some(let name):
      throw GeminiError(
        .invalidConfiguration,
        "there is no backend named \(name)",
        remedy: "say ai-studio or agent-platform"
      )
    case nil:
      let value = variables.first("GOOGLE_GENAI_USE_ENTERPRISE", "GOOGLE_GENAI_USE_VERTEXAI")
      return ["1", "true"].contains(value?.lowercased() ?? "")
    }
  }

  /// Refuses to pass over where data are to go: it is a promise.
  private static func refusePlaces(_ overrides: Overrides) throws {
    let asked = [("location", overrides.location), ("project", overrides.project)]
    for case (let what, let name?) in asked where !Redaction.holdsCredentials(name) {
      throw GeminiError(
        .invalidConfiguration,
        "the \(what) \(name.debugDescription) was asked for, and the Gemini API has no \(what)s: "
          + "requests with a key of it go anywhere",
        remedy: "ask Agent Platform (the setting backend agent-platform), or leave the \(what) out"
      )
    }
  }

  private init(aiStudio variables: Variables, key: Secret?) throws {
    backend = .aiStudio
    baseURL = try Self.checkedURL(variables, "GOOGLE_GEMINI_BASE_URL") ?? Self.aiStudioURL
    apiVersion = try Self.version(variables, default: Self.aiStudioVersion)
    let token = try APIKey.secret(variables.named(Self.tokenVariable))
    credentials = key.map { .apiKey($0) } ?? token.map { .accessToken($0) } ?? .none
    if key == nil, token != nil { quotaProject = variables.first("GOOGLE_CLOUD_QUOTA_PROJECT") }
    if key?.reveal().hasPrefix("auth_tokens/") == true {
      throw GeminiError(
        .invalidConfiguration,
        "the key is a token for live sessions, which nothing else accepts",
        remedy: "set GEMINI_API_KEY to an API key; https://aistudio.google.com/apikey makes one"
      )
    }
  }

  private init(agentPlatform variables: Variables, _ overrides: Overrides, key: Secret?) throws {
    try Self.checkCredentialsFile(variables)
    let account = variables.account
    let token = try APIKey.secret(variables.named(Self.tokenVariable))
    let project =
      overrides.project ?? variables.first("GOOGLE_CLOUD_PROJECT")
      ?? (key == nil || account.isSet ? account.project : nil)
    let location = overrides.location ?? variables.first("GOOGLE_CLOUD_LOCATION") ?? "global"
    try Self.check(project ?? "p", is: "project", allowing: "-.:")
    try Self.check(location, is: "location", allowing: "-")
    guard project != nil || key != nil else {
      throw GeminiError(
        .invalidConfiguration,
        "Agent Platform needs a project",
        remedy: "set GOOGLE_CLOUD_PROJECT, or GOOGLE_API_KEY for express mode"
      )
    }
    backend = .agentPlatform(project: project, location: location)
    baseURL =
      try Self.checkedURL(variables, "GOOGLE_VERTEX_BASE_URL")
      ?? Self.agentPlatformURL(location: location)
    storageURL = try Self.storageURL(variables, baseURL)
    apiVersion = try Self.version(variables, default: Self.agentPlatformVersion)
    // A key is for where nobody has logged in: one for the Gemini API is often set beside a login.
    if let token {
      credentials = .accessToken(token)
    } else if let key, project == nil || !account.isSet {
      credentials = .apiKey(key)
    } else {
      credentials = .applicationDefault(account)
    }
    quotaProject = variables.first("GOOGLE_CLOUD_QUOTA_PROJECT")
  }

  /// The variable that Google's own clients read to be sent to an emulator; one of the service on this
  /// machine plays Cloud Storage as well.
  private static func storageURL(_ variables: Variables, _ baseURL: String) throws -> String {
    try checkedURL(variables, "STORAGE_EMULATOR_HOST")
      ?? (WebAddress(baseURL)?.isLoopback == true ? baseURL : cloudStorageURL)
  }

  /// Where Cloud Storage is, and who asks there, by the same variables for every backend.
  ///
  /// - Parameters:
  ///   - environment: The process's environment; goes before `dotEnv`.
  ///   - dotEnv: The values of a `.env` file.
  ///   - baseURL: Where the service is that models answer at.
  /// - Throws: ``GeminiError`` with the code `invalidConfiguration` or `invalidCredentials`.
  package static func cloudStorage(
    environment: [String: String],
    dotEnv: [String: String],
    baseURL: String
  ) throws -> CloudStorageAccess {
    let variables = Variables(layers: [environment, dotEnv])
    try checkCredentialsFile(variables)
    let token = try APIKey.secret(variables.named(tokenVariable))
    return CloudStorageAccess(
      url: try storageURL(variables, baseURL),
      credentials: token.map { .accessToken($0) } ?? .applicationDefault(variables.account),
      quotaProject: variables.first("GOOGLE_CLOUD_QUOTA_PROJECT")
    )
  }

  /// Where Agent Platform is for a location.
  ///
  /// `us` and `eu` are hosts that keep data within the region.
  public static func agentPlatformURL(location: String) -> String {
    switch location {
    case "global": "https://aiplatform.googleapis.com"
    case "us", "eu": "https://aiplatform.\(location).rep.googleapis.com"
    default: "https://\(location)-aiplatform.googleapis.com"
    }
  }

  private static func version(_ variables: Variables, default usual: String) throws -> String {
    guard let version = variables.first("GOOGLE_GENAI_API_VERSION"), version != "beta" else {
      return usual
    }
    try check(version, is: "API version", allowing: "")
    return version
  }

  private static func check(_ text: String, is what: String, allowing marks: String) throws {
    let isPlain = text.allSatisfy { character in
      character.isASCII && (character.isLetter || character.isNumber) || marks.contains(character)
    }
    guard !Redaction.holdsCredentials(text) else {
      throw GeminiError(
        .invalidConfiguration,
        "what is set as the \(what) is a key or token",
        remedy: "set the name of the \(what) there"
      )
    }
    guard isPlain, !text.isEmpty else {
      throw GeminiError(
        .invalidConfiguration,
        "\(text.debugDescription) cannot be the name of a \(what)",
        remedy: "letters, digits and dashes are allowed"
      )
    }
  }

  /// An access token that somebody else keeps fresh, as other tools for Google Cloud take it.
  private static let tokenVariable = "GOOGLE_OAUTH_ACCESS_TOKEN"

  /// A mistake that many make, since other programs take both.
  private static func checkCredentialsFile(_ variables: Variables) throws {
    let name = "GOOGLE_APPLICATION_CREDENTIALS"
    guard let text = variables.first(name),
      APIKey.isCredentialsFile(text) || Redaction.holdsCredentials(text)
    else { return }
    throw GeminiError(
      .invalidCredentials,
      "\(name) holds credentials themselves; the path of a file is wanted",
      remedy: "put them into a file that only you can read, and set \(name) to its path"
    )
  }

  private static func checkedURL(_ variables: Variables, _ name: String) throws -> String? {
    guard let text = variables.first(name) else { return nil }
    guard let address = WebAddress(text), address.query == nil else {
      throw GeminiError(
        .invalidConfiguration,
        "\(name) is no web address",
        remedy: "write it as in https://gateway.example"
      )
    }
    guard !Redaction.holdsCredentials(text) else {
      throw GeminiError(
        .invalidConfiguration,
        "\(name) holds a key or token, which addresses show to everybody on the way",
        remedy: "leave it out; keys belong into GEMINI_API_KEY"
      )
    }
    guard address.isProtected else {
      throw GeminiError(
        .invalidConfiguration,
        "\(name) is plain http to another machine, which would show the key to anyone on the way",
        remedy: "use https; plain http is for this machine only"
      )
    }
    var path = address.path
    while path.hasSuffix("/") { path.removeLast() }
    return address.origin + path
  }

  /// Values by name, from layers of which earlier ones go first; empty values count as missing.
  private struct Variables {
    let layers: [[String: String]]

    /// Where to look for credentials; a variable of the environment goes before one of `.env`.
    var account: ApplicationDefaultLocation {
      ApplicationDefaultLocation(
        environment: layers.first ?? [:],
        dotEnv: layers.count > 1 ? layers[1] : [:]
      )
    }

    /// The value of the first name that a layer has, before the next layer is asked.
    func first(_ names: String...) -> String? { first(of: names)?.value }

    /// The first name that a layer has, with its value.
    func named(_ names: String...) -> (name: String, value: String)? { first(of: names) }

    private func first(of names: [String]) -> (name: String, value: String)? {
      for layer in layers {
        for name in names {
          if let value = layer[name], !value.isEmpty { return (name, value) }
        }
      }
      return nil
    }
  }
}
