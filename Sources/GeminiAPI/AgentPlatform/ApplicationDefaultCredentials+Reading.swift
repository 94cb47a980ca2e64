public import OrderedJSON

extension ApplicationDefaultCredentials {
  /// Finds the credentials; the metadata server is assumed where no file is.
  ///
  /// - Throws: ``GeminiError`` when a named file is missing, or a file is not of a supported kind.
  public static func find(at location: ApplicationDefaultLocation) throws -> Self {
    if let command = location.tokenCommand { return .command(command) }
    if let path = location.namedFile {
      let found = try read(path)
      guard !location.isNamedByFolder || !found.readsElsewhere else { throw untrusted(path) }
      return found
    }
    if location.hasGcloudFile, let path = location.gcloudFile { return try read(path) }
    return .metadataServer(host: location.metadataHost)
  }

  /// Whether further files, addresses or programs are named in the file.
  private var readsElsewhere: Bool {
    switch self {
    case .externalAccount: true
    case .impersonated(let account): account.source.readsElsewhere
    default: false
    }
  }

  /// Whoever wrote the folder would choose what is read on this machine, and who gets it.
  private static func untrusted(_ path: String) -> GeminiError {
    GeminiError(
      .invalidCredentials,
      "\(path), which .env names, says where tokens are read on this machine and sent to",
      remedy: "set GOOGLE_APPLICATION_CREDENTIALS in the environment if you trust the file"
    )
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
    try parse(CredentialsFile(value: value, path: path), depth: 0)
  }

  private static func parse(_ file: CredentialsFile, depth: Int) throws -> Self {
    switch try file.member("type") {
    case "authorized_user": .authorizedUser(try AuthorizedUser(file, isExternal: false))
    case "external_account_authorized_user":
      .authorizedUser(try AuthorizedUser(file, isExternal: true))
    case "service_account": .serviceAccount(try ServiceAccount(file))
    case "external_account": .externalAccount(try ExternalAccount(file))
    case "impersonated_service_account" where depth < 4:
      .impersonated(try impersonated(file, depth: depth))
    case let kind: throw unsupported(kind, file)
    }
  }

  private static func impersonated(
    _ file: CredentialsFile,
    depth: Int
  ) throws -> ImpersonatedAccount {
    let source = CredentialsFile(value: file.value["source_credentials"] ?? .null, path: file.path)
    return ImpersonatedAccount(
      url: try file.member("service_account_impersonation_url"),
      delegates: (file.value["delegates"]?.array ?? []).compactMap(\.string),
      source: try parse(source, depth: depth + 1),
      quotaProject: file["quota_project_id"]
    )
  }

  private static func unsupported(_ kind: String, _ file: CredentialsFile) -> GeminiError {
    GeminiError(
      .invalidCredentials,
      "\(file.path) holds credentials of the kind \(GeminiError.bounded(kind)),"
        + " which is not supported",
      remedy: "use gcloud auth application-default login or a service account's key"
    )
  }
}

extension ApplicationDefaultCredentials.AuthorizedUser {
  fileprivate init(_ file: CredentialsFile, isExternal: Bool) throws {
    client = OAuthClient(
      id: try file.member("client_id"),
      secret: Secret(try file.member("client_secret"))
    )
    refreshToken = Secret(try file.member("refresh_token"))
    tokenURL =
      isExternal
      ? try file.member("token_url") : file["token_uri"] ?? AccessTokenRequest.tokenURL
    self.isExternal = isExternal
    quotaProject = file["quota_project_id"]
  }
}

extension ApplicationDefaultCredentials.ServiceAccount {
  fileprivate init(_ file: CredentialsFile) throws {
    email = try file.member("client_email")
    // Keys that went through an environment or a form have their line breaks written out.
    privateKey = Secret(try file.member("private_key").replacing("\\n", with: "\n"))
    keyID = file["private_key_id"]
    tokenURL = file["token_uri"] ?? AccessTokenRequest.tokenURL
    project = file["project_id"]
    quotaProject = file["quota_project_id"]
  }
}
