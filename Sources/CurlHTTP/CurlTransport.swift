public import GeminiAPI
internal import WebAddresses

/// Sends requests with libcurl: one thread drives all transfers, connections are kept and reused.
///
/// HTTP/2 over TLS where offered; proxies by curl's own environment variables, but none to this
/// machine; TLS is verified. Plain HTTP is refused except to this machine.
public final class CurlTransport: HTTPTransport {
  private let loop: TransferLoop

  /// A transport with its own connections.
  public init(configuration: Configuration = Configuration()) {
    loop = TransferLoop(configuration: configuration)
  }

  deinit { loop.stop() }

  /// What all requests of a transport share.
  public struct Configuration: Hashable, Sendable {
    /// A file of trusted certificates (PEM); `nil` for the system's.
    public var certificateFile: String?
    /// A folder of trusted certificates; `nil` for the system's.
    public var certificateFolder: String?
    /// How the client names itself to servers.
    public var userAgent: String

    /// What all requests share; the certificates as `curl` takes them from the environment.
    ///
    /// - Parameters:
    ///   - environment: Read for `CURL_CA_BUNDLE`, `SSL_CERT_FILE` and `SSL_CERT_DIR`, which
    ///     libcurl leaves to its callers.
    ///   - userAgent: How the client names itself to servers.
    public init(environment: [String: String] = [:], userAgent: String = "tabscribe") {
      if let bundle = environment["CURL_CA_BUNDLE"], !bundle.isEmpty {
        certificateFile = bundle
      } else {
        certificateFile = environment["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        certificateFolder = environment["SSL_CERT_DIR"].flatMap { $0.isEmpty ? nil : $0 }
      }
      self.userAgent = userAgent
    }
  }

  /// Sends a request and returns as soon as the status and the headers are there.
  ///
  /// - Throws: ``TransportError`` when no response came; `CancellationError` when cancelled.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let address = try Self.address(of: request)
    try Task.checkCancellation()
    let transfer = try Transfer(request, to: address, loop: loop)
    let head = try await transfer.start()
    let reader = BodyReader(transfer: transfer, transport: self)
    return HTTPResponse(
      status: head.status,
      headers: head.headers,
      body: HTTPBody { try await reader.next() }
    )
  }

  private static func address(of request: HTTPRequest) throws -> WebAddress {
    guard let address = WebAddress(request.url) else {
      throw TransportError(.invalidAddress, "\(Redaction.url(request.url)) is no web address")
    }
    guard address.isProtected || request.allowsPlainHTTP else {
      throw TransportError(
        .invalidAddress,
        "\(address.origin) is plain http, which anyone on the way can read; use https"
      )
    }
    return address
  }
}

/// Ends the transfer when the last reader of a body is gone, and keeps the transport alive till then.
private final class BodyReader: Sendable {
  let transfer: Transfer
  let transport: CurlTransport

  init(transfer: Transfer, transport: CurlTransport) {
    self.transfer = transfer
    self.transport = transport
  }

  deinit { transfer.cancel() }

  func next() async throws -> [UInt8]? { try await transfer.nextPiece() }
}
