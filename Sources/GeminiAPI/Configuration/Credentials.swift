/// How the client proves who it is.
public enum Credentials: Hashable, Sendable {
  /// An API key, sent as a header.
  case apiKey(Secret)
  /// An access token that somebody else keeps fresh.
  case accessToken(Secret)
  /// Google's application default credentials: a file or the metadata server.
  case applicationDefault(ApplicationDefaultLocation)
  /// None were given; requests can be built but not sent.
  case none

  /// The key or token, when there is one at hand.
  public var secrets: [Secret] {
    switch self {
    case .apiKey(let secret), .accessToken(let secret): [secret]
    case .applicationDefault, .none: []
    }
  }
}
