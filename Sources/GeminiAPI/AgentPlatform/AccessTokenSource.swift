/// Keeps an access token fresh; whoever asks while one is on the way waits for the same one.
package actor AccessTokenSource {
  /// A token, and the time on the client's clock when it runs out.
  private struct Token {
    let secret: Secret
    let end: Duration
  }

  /// How long before its end a token is replaced, as in Google's own clients.
  private static let margin = Duration.seconds(225)

  private let location: ApplicationDefaultLocation
  private let transport: any HTTPTransport
  private let timing: ClientTiming
  /// Gets whatever is asked with and handed out.
  private let secrets: KnownSecrets
  private var credentials: ApplicationDefaultCredentials?
  private var token: Token?
  private var pending: Task<Token, any Error>?

  /// A source of tokens.
  package init(
    location: ApplicationDefaultLocation,
    transport: any HTTPTransport,
    timing: ClientTiming,
    secrets: KnownSecrets
  ) {
    self.location = location
    self.secrets = secrets
    self.transport = transport
    self.timing = timing
  }

  /// A token that is still good, and the project to be billed.
  package func current() async throws -> (token: Secret, quotaProject: String?) {
    let credentials = try found()
    if let token, token.end - timing.now() > Self.margin {
      return (token.secret, credentials.quotaProject)
    }
    let task = pending ?? Task { try await fetch(credentials) }
    pending = task
    defer { pending = nil }
    let fresh = try await task.value
    token = fresh
    return (fresh.secret, credentials.quotaProject)
  }

  private func found() throws -> ApplicationDefaultCredentials {
    if let credentials { return credentials }
    let found = try ApplicationDefaultCredentials.find(at: location)
    credentials = found
    return found
  }

  private func fetch(_ credentials: ApplicationDefaultCredentials) async throws -> Token {
    let exchange = AccessTokenExchange(
      transport: transport,
      secrets: secrets,
      location: location,
      secondsSince1970: timing.secondsSince1970()
    )
    let start = timing.now()
    do {
      let token = try await exchange.token(for: credentials)
      return Token(secret: token.secret, end: start + token.lifetime)
    } catch let error as TransportError {
      throw Self.unreachable(error, credentials)
    }
  }

  private static func unreachable(
    _ error: TransportError,
    _ credentials: ApplicationDefaultCredentials
  )
    -> GeminiError
  {
    guard case .metadataServer = credentials else { return GeminiError(error) }
    return GeminiError(
      .missingCredentials,
      "no credentials file was found, and this machine has no metadata server",
      remedy: "run gcloud auth application-default login, or set GOOGLE_APPLICATION_CREDENTIALS"
    )
  }
}
