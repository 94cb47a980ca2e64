/// One HTTP request as a value.
public struct HTTPRequest: Sendable {
  /// The method, such as `POST`.
  public var method: String
  /// The absolute address, already percent-encoded.
  public var url: String
  /// The header fields; the transport adds `Host` and `Content-Length`.
  public var headers: HTTPHeaders
  /// What is sent after the headers.
  public var body: Body
  /// How long the transport may take.
  public var limits: Limits
  /// Whether the address may be plain HTTP on another machine, as the metadata server's is.
  public var allowsPlainHTTP: Bool
  /// Whether it is about an access token, which is no part of a recording.
  public var isForToken: Bool
  /// What the transport signs it with; `nil` for requests that prove in their headers who asks.
  public var signature: RequestSignature?
  /// Told, now and then, how many bytes of the body have been handed over; called on the
  /// transport's own thread, so it has to return at once.
  public var onBytesSent: (@Sendable (Int) -> Void)?

  /// What a request carries.
  public enum Body: Sendable {
    /// Nothing.
    case none
    /// Bytes in memory.
    case bytes([UInt8])
    /// A part of a file, read while it is sent.
    case file(FileRange)

    /// The number of bytes.
    public var count: Int {
      switch self {
      case .none: 0
      case .bytes(let bytes): bytes.count
      case .file(let range): range.length
      }
    }
  }

  /// A run of bytes in a file.
  public struct FileRange: Hashable, Sendable {
    /// Where the file is.
    public var path: String
    /// Bytes before the run.
    public var offset: Int
    /// Bytes in the run.
    public var length: Int

    /// A run of bytes in a file.
    public init(path: String, offset: Int, length: Int) {
      self.path = path
      self.offset = offset
      self.length = length
    }
  }

  /// How long a transport may take for a request; `nil` sets no limit.
  public struct Limits: Hashable, Sendable {
    /// For the connection, with TLS.
    public var connect: Duration?
    /// Without a byte in either direction.
    public var idle: Duration?
    /// From the call to the last byte of the response.
    public var total: Duration?

    /// Limits for a request.
    public init(
      connect: Duration? = .seconds(30),
      idle: Duration? = .seconds(600),
      total: Duration? = nil
    ) {
      self.connect = connect
      self.idle = idle
      self.total = total
    }
  }

  /// A request.
  public init(
    method: String,
    url: String,
    headers: HTTPHeaders = [:],
    body: Body = .none,
    limits: Limits = Limits(),
    allowsPlainHTTP: Bool = false,
    isForToken: Bool = false,
    onBytesSent: (@Sendable (Int) -> Void)? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.limits = limits
    self.allowsPlainHTTP = allowsPlainHTTP
    self.isForToken = isForToken
    self.onBytesSent = onBytesSent
  }
}

extension HTTPRequest: CustomStringConvertible {
  /// The method and the address without its secrets.
  public var description: String { "\(method) \(Redaction.url(url))" }
}
