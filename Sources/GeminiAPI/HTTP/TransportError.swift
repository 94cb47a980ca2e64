/// Why a request got no complete response.
public struct TransportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure a caller may tell apart.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The kind in words, as in `connectionLost`.
    public let description: String

    /// The address is malformed or not allowed.
    public static let invalidAddress = Self(description: "invalidAddress")
    /// The host's name is not known.
    public static let hostNotFound = Self(description: "hostNotFound")
    /// Nothing answers at the address.
    public static let cannotConnect = Self(description: "cannotConnect")
    /// The host's certificate was not accepted, or TLS failed.
    public static let untrustedHost = Self(description: "untrustedHost")
    /// A limit of the request was reached.
    public static let timedOut = Self(description: "timedOut")
    /// The connection ended in the middle of the exchange.
    public static let connectionLost = Self(description: "connectionLost")
    /// The response is longer than the caller accepts.
    public static let responseTooLarge = Self(description: "responseTooLarge")
    /// The file to send cannot be read, or changed meanwhile.
    public static let unreadableBody = Self(description: "unreadableBody")
    /// A recording has no answer to the request.
    public static let notRecorded = Self(description: "notRecorded")
    /// Anything else.
    public static let other = Self(description: "other")
  }

  /// The kind of failure.
  public let code: Code
  /// What happened, at most 500 characters; holds no secrets.
  public let message: String

  /// A failure.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = String(message.prefix(500))
  }

  /// What happened.
  public var description: String { message }

  /// Whether the same request may succeed a moment later.
  public var isTransient: Bool {
    [.hostNotFound, .cannotConnect, .timedOut, .connectionLost].contains(code)
  }
}

extension TransportError.Code {
  /// Whether an error is a transport's failure of this kind.
  public static func ~= (code: Self, error: any Error) -> Bool {
    (error as? TransportError)?.code == code
  }
}
