/// Which service is asked, where it is, and who asks.
public struct GeminiConfiguration: Hashable, Sendable {
  /// The two ways the service is offered.
  public enum Backend: Hashable, Sendable {
    /// The Gemini API with a key.
    case aiStudio
    /// Google Cloud; without a project in express mode.
    case agentPlatform(project: String?, location: String)
  }

  /// The way the service is reached.
  public var backend: Backend
  /// Scheme, host and maybe a path, without a slash at the end.
  public var baseURL: String
  /// The version in every path, such as `v1beta`.
  public var apiVersion: String
  /// Who asks.
  public var credentials: Credentials
  /// The interface through which answers are asked for.
  public var api = GenerationAPI.generateContent
  /// Where Cloud Storage is, without a slash at the end.
  public var storageURL = Self.cloudStorageURL
  /// Whether answers come from a recording, and nobody is asked.
  public internal(set) var isReplay = false
  /// The project that is billed when it is not the credentials' own.
  public var quotaProject: String?

  /// A configuration of the Gemini API with a key.
  public init(
    apiKey: Secret,
    baseURL: String = Self.aiStudioURL,
    apiVersion: String = Self.aiStudioVersion
  ) {
    backend = .aiStudio
    self.baseURL = baseURL
    self.apiVersion = apiVersion
    credentials = .apiKey(apiKey)
  }

  /// Where the Gemini API is.
  public static let aiStudioURL = "https://generativelanguage.googleapis.com"
  /// Where Cloud Storage is.
  public static let cloudStorageURL = "https://storage.googleapis.com"
  /// The version that has all of caches, files, batches and the aliases ending in `-latest`.
  public static let aiStudioVersion = "v1beta"
  /// The version Google's own client uses on Agent Platform.
  public static let agentPlatformVersion = "v1beta1"

  /// The location, when the backend has one.
  public var location: String? {
    if case .agentPlatform(_, let location) = backend { location } else { nil }
  }

  /// Where data stays, in a sentence; `nil` where the service promises nothing.
  public var residencyNotice: String? {
    guard let location, baseURL == Self.agentPlatformURL(location: location) else { return nil }
    switch location {
    case "eu": return "Data stays in the EU: requests go to \(baseURL)."
    case "us": return "Data stays in the US: requests go to \(baseURL)."
    default: return nil
    }
  }

  /// Makes sure that requests can be sent.
  ///
  /// - Throws: ``GeminiError`` with the code `missingCredentials` when there is no key.
  public func requireCredentials() throws {
    guard credentials == .none else { return }
    throw GeminiError(
      .missingCredentials,
      "no API key was given",
      remedy: "set GEMINI_API_KEY in the environment or in a .env file;"
        + " https://aistudio.google.com/apikey makes a key"
    )
  }
}

extension GeminiConfiguration {
  /// The host name of the service, whose ways may be learnt from.
  public var service: String? { WebAddress(baseURL)?.host }
}
