internal import Digests
internal import OrderedJSON
internal import PlainText

/// Builds the requests that turn credentials into an access token.
enum AccessTokenRequest {
  /// Where Google hands out tokens.
  static let tokenURL = "https://oauth2.googleapis.com/token"
  private static let scope = "https://www.googleapis.com/auth/cloud-platform"

  /// The request for a token.
  ///
  /// - Parameters:
  ///   - credentials: Who asks.
  ///   - time: Seconds since 1970.
  /// - Throws: ``GeminiError`` when a private key cannot be used.
  static func build(
    for credentials: ApplicationDefaultCredentials,
    at time: Int
  ) throws -> HTTPRequest {
    switch credentials {
    case .authorizedUser(let user): return refresh(user)
    case .serviceAccount(let account):
      let grant = "urn:ietf:params:oauth:grant-type:jwt-bearer"
      let assertion = try webToken(account, at: time)
      return form(account.tokenURL, [("grant_type", grant), ("assertion", assertion)])
    case .metadataServer(let host):
      return HTTPRequest(
        method: "GET",
        url: "http://\(host)/computeMetadata/v1/instance/service-accounts/default/token",
        headers: ["Metadata-Flavor": "Google"],
        limits: HTTPRequest.Limits(connect: .seconds(3), idle: nil, total: .seconds(3)),
        // The server is part of the machine; it has no certificate and its name leads nowhere else.
        allowsPlainHTTP: true,
        isForToken: true
      )
    case .externalAccount, .impersonated, .command:
      preconditionFailure("these take more than one request")
    }
  }

  private static func refresh(_ user: ApplicationDefaultCredentials.AuthorizedUser) -> HTTPRequest {
    let grant = ("grant_type", "refresh_token")
    let token = ("refresh_token", user.refreshToken.reveal())
    let client = user.client
    if user.isExternal { return form(user.tokenURL, [grant, token], by: client) }
    return form(
      user.tokenURL,
      [
        grant, ("client_id", client.id), ("client_secret", client.secret.reveal()), token,
      ]
    )
  }

  /// Exchanges a token of another service (RFC 8693).
  static func exchange(of subject: String, for account: ExternalAccount) -> HTTPRequest {
    let type = "urn:ietf:params:oauth:token-type:access_token"
    var items = [
      ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
      ("audience", account.audience), ("scope", scope), ("requested_token_type", type),
      ("subject_token", subject), ("subject_token_type", account.subjectTokenType),
    ]
    // Google's clients say so only where the application does not prove itself.
    if let project = account.userProject, account.client == nil {
      items.append(("options", JSONValue.object(["userProject": .string(project)]).rendered()))
    }
    return form(account.tokenURL, items, by: account.client)
  }

  /// Asks for a token of a service account that the asker may act as, good for an hour.
  static func impersonation(
    at url: String,
    _ delegates: [String],
    with token: Secret
  ) -> HTTPRequest {
    var body: JSONObject = ["scope": [.string(scope)], "lifetime": "3600s"]
    if !delegates.isEmpty { body["delegates"] = .array(delegates.map { .string($0) }) }
    return HTTPRequest(
      method: "POST",
      url: url,
      headers: [
        "Authorization": "Bearer \(token.reveal())", "Content-Type": "application/json",
        "Accept": "application/json",
      ],
      body: .bytes(JSONValue.object(body).renderedBytes()),
      limits: HTTPRequest.Limits(total: .seconds(60)),
      isForToken: true
    )
  }

  private static func form(
    _ url: String,
    _ items: [(String, String)],
    by client: OAuthClient? = nil
  ) -> HTTPRequest {
    var request = HTTPRequest(
      method: "POST",
      url: url,
      headers: ["Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"],
      body: .bytes(Array(PercentEncoding.query(items).utf8)),
      limits: HTTPRequest.Limits(total: .seconds(60)),
      isForToken: true
    )
    request.headers["Authorization"] = client?.authorization
    return request
  }

  /// A JSON web token, signed with the account's key, valid for an hour.
  private static func webToken(
    _ account: ApplicationDefaultCredentials.ServiceAccount,
    at time: Int
  ) throws -> String {
    var header: JSONObject = ["alg": "RS256", "typ": "JWT"]
    header["kid"] = account.keyID.map { .string($0) }
    let claims: JSONValue = [
      "iss": .string(account.email), "scope": .string(scope), "aud": .string(account.tokenURL),
      "iat": JSONValue(time), "exp": JSONValue(time + 3600),
    ]
    let parts = [JSONValue.object(header), claims].map {
      Base64.encoded($0.renderedBytes(), urlSafe: true)
    }
    let text = parts.joined(separator: ".")
    let key = account.privateKey.reveal()
    guard let signature = RSASignature.sign(Array(text.utf8), privateKey: key) else {
      throw GeminiError(
        .invalidCredentials,
        "the private key of \(account.email) cannot be used",
        remedy: "make a new key for the service account"
      )
    }
    return "\(text).\(Base64.encoded(signature, urlSafe: true))"
  }
}

extension HTTPRequest {
  /// What the form of a request for a token holds that proves who asks.
  var formSecrets: [Secret] {
    guard case .bytes(let bytes) = body else { return [] }
    let form = WebAddress("https://form/?" + String(decoding: bytes, as: UTF8.self))
    let names: Set = ["assertion", "refresh_token", "client_secret", "subject_token"]
    return (form?.queryItems ?? []).filter { names.contains($0.name) }.map { Secret($0.value) }
  }
}
