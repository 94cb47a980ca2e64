/// Google's application default credentials, as far as they are supported.
public indirect enum ApplicationDefaultCredentials: Hashable, Sendable {
  /// A person who has logged in with `gcloud`, at Google or by way of a workforce pool.
  case authorizedUser(AuthorizedUser)
  /// A service account with its private key.
  case serviceAccount(ServiceAccount)
  /// A token of another service, exchanged for one of Google's.
  case externalAccount(ExternalAccount)
  /// A service account that other credentials may act as.
  case impersonated(ImpersonatedAccount)
  /// The account of the machine, asked from its metadata server.
  case metadataServer(host: String)
  /// A command that prints a token.
  case command(String)

  /// A person's refresh token.
  public struct AuthorizedUser: Hashable, Sendable {
    let client: OAuthClient
    let refreshToken: Secret
    let tokenURL: String
    /// Whether the application proves itself by a header, as workforce pools want it.
    let isExternal: Bool
    let quotaProject: String?
  }

  /// A service account's key.
  public struct ServiceAccount: Hashable, Sendable {
    let email: String
    let privateKey: Secret
    let keyID: String?
    let tokenURL: String
    let project: String?
    let quotaProject: String?
  }

  /// A service account that others may act as.
  public struct ImpersonatedAccount: Hashable, Sendable {
    /// Where its tokens are made.
    let url: String
    /// Accounts in between, first the one that is acted as at once.
    let delegates: [String]
    /// Who acts.
    let source: ApplicationDefaultCredentials
    let quotaProject: String?
  }

  /// The project that is billed, when the credentials name one.
  public var quotaProject: String? {
    switch self {
    case .authorizedUser(let user): user.quotaProject
    case .serviceAccount(let account): account.quotaProject
    case .externalAccount(let account): account.quotaProject
    case .impersonated(let account): account.quotaProject ?? account.source.quotaProject
    case .metadataServer, .command: nil
    }
  }

  /// The project that the credentials belong to, for where none is set.
  public var project: String? {
    switch self {
    case .serviceAccount(let account): account.project
    case .impersonated(let account): account.source.project
    case .authorizedUser, .externalAccount, .metadataServer, .command: quotaProject
    }
  }

  /// What proves who asks.
  var secrets: [Secret] {
    switch self {
    case .authorizedUser(let user): [user.client.secret, user.refreshToken]
    case .serviceAccount(let account): [account.privateKey]
    case .externalAccount(let account): account.client.map { [$0.secret] } ?? []
    case .impersonated(let account): account.source.secrets
    case .metadataServer, .command: []
    }
  }

  /// The kind in words, for people who want to know what is used.
  public var summary: String {
    switch self {
    case .authorizedUser: "the login of gcloud"
    case .serviceAccount(let account): "the key of service account \(account.email)"
    case .externalAccount: "workload identity federation"
    case .impersonated(let account): "a service account, acted as by \(account.source.summary)"
    case .metadataServer(let host): "the metadata server of this machine, \(host)"
    case .command: "the command that prints a token"
    }
  }
}
