/// Sends one HTTP request; the seam between the client and the network.
///
/// The curl transport, recorders and test doubles conform to it. A transport neither retries nor
/// follows redirects.
public protocol HTTPTransport: Sendable {
  /// Sends a request and returns as soon as the status and the headers are there.
  ///
  /// Cancelling the task ends the transfer at once, also while the body is being read.
  ///
  /// - Throws: ``TransportError`` when no response came; `CancellationError` when cancelled.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse

  /// Whether requests reach somebody who wants to know who asks.
  var needsCredentials: Bool { get }
}

extension HTTPTransport {
  /// Requests reach the service, unless a transport says otherwise.
  public var needsCredentials: Bool { true }
}
