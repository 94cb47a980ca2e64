public import OrderedJSON

/// Google's application default credentials, as far as they are supported.
public enum ApplicationDefaultCredentials: Hashable, Sendable {
  /// A person who has logged in with `gcloud`.
  case authorizedUser(AuthorizedUser)
  /// A service account with its private key.
  case serviceAccount(ServiceAccount)
  /// The account of the machine, asked from its metadata server.
  case metadataServer(host: String)

  /// A person's refresh token.
  public struct AuthorizedUser: Hashable, Sendable {
    let clientID: String
    let clientSecret: Secret
    let refreshToken: Secret
    let quotaProject: String?
  }

  /// A service account's key.
  public struct ServiceAccount: Hashable, Sendable {
    let email: String
    let privateKey: Secret
    let keyID: String?
    let tokenURL: String
    let quotaProject: String?
  }

  /// The project that is billed, when the credentials name one.
  public var quotaProject: String? {
    switch self {
    case .authorizedUser(let user): user.quotaProject
    case .serviceAccount(let account): account.quotaProject
    case .metadataServer: nil
    }
  }

  /// What proves who asks.
  var secrets: [Secret] {
    switch self {
    case .authorizedUser(let user): [user.clientSecret, user.refreshToken]
    case .serviceAccount(let account): [account.privateKey]
    case .metadataServer: []
    }
  }

  /// Finds the credentials; the metadata server is assumed where no file is.
  ///
  /// - Throws: ``GeminiError`` when a named file is missing, or a file is not of a supported kind.
  public static func find(at location: ApplicationDefaultLocation) throws -> Self {
    if let path = location.namedFile { return try read(path) }
    if let path = location.gcloudFile, (try? LocalFile(path: path)) != nil {
      return try read(path)
    }
    return .metadataServer(host: location.metadataHost)
  }

  private static func read(_ path: String) throws -> Self {
    let bytes: [UInt8]
    do {
      bytes = try LocalFile(path: path).bytes(upTo: 1 << 20)
    } catch let error as GeminiError {
      throw GeminiError(
        .missingCredentials,
        error.message,
        remedy: "run gcloud auth application-default login, or correct"
          + " GOOGLE_APPLICATION_CREDENTIALS"
      )
    }
    guard let value = try? JSONValue(parsing: bytes) else {
      throw GeminiError(.invalidCredentials, "\(path) is not JSON")
    }
    return try parse(value, path: path)
  }

  /// Reads a credentials file.
  ///
  /// - Parameters:
  ///   - value: The file's contents.
  ///   - path: Named in errors.
  /// - Throws: ``GeminiError`` when a member is missing or the kind is not supported.
  public static func parse(_ value: JSONValue, path: String) throws -> Self {
    func member(_ name: String) throws -> String {
      guard let text = value[name]?.string, !text.isEmpty else {
        throw GeminiError(.invalidCredentials, "\(path) lacks \(name)")
      }
      return text
    }
    let quotaProject = value["quota_project_id"]?.string
    switch try member("type") {
    case "authorized_user":
      return .authorizedUser(
        AuthorizedUser(
          clientID: try member("client_id"),
          clientSecret: Secret(try member("client_secret")),
          refreshToken: Secret(try member("refresh_token")),
          quotaProject: quotaProject
        )
      )
    case "service_account":
      return .serviceAccount(
        ServiceAccount(
          email: try member("client_email"),
          privateKey: Secret(try member("private_key")),
          keyID: value["private_key_id"]?.string,
          tokenURL: value["token_uri"]?.string ?? AccessTokenRequest.tokenURL,
          quotaProject: quotaProject
        )
      )
    case let kind:
      throw GeminiError(
        .invalidCredentials,
        "\(path) holds credentials of the kind \(GeminiError.bounded(kind)), which is not supported",
        remedy: "use gcloud auth application-default login or a service account's key"
      )
    }
  }
}
