internal import CCurl
internal import GeminiAPI

/// What libcurl reported for a transfer that failed.
struct CurlFailure: Error {
  let code: CURLcode
  /// libcurl's own words; empty when it had none.
  let text: String

  /// The failure in the terms of the seam, with the host but without the address's secrets.
  func transportError(for request: HTTPRequest) -> TransportError {
    let host = WebAddress(request.url)?.host ?? "the host"
    let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    return switch code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL:
      TransportError(.invalidAddress, "\(Redaction.url(request.url)): \(reason)")
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
      TransportError(.hostNotFound, "the name of \(host) could not be resolved: \(reason)")
    case CURLE_COULDNT_CONNECT:
      TransportError(.cannotConnect, "no connection to \(host): \(reason)")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
      TransportError(.untrustedHost, "no trusted connection to \(host): \(reason)")
    case CURLE_OPERATION_TIMEDOUT: TransportError(.timedOut, "\(host) took too long: \(reason)")
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      TransportError(.connectionLost, "the connection to \(host) broke: \(reason)")
    case CURLE_WRITE_ERROR:
      TransportError(.responseTooLarge, "\(host) sent more headers than any answer has")
    case CURLE_ABORTED_BY_CALLBACK, CURLE_READ_ERROR:
      TransportError(.unreadableBody, "the file being sent could not be read to its end")
    default: TransportError(.other, "\(host): \(reason) (curl \(code.rawValue))")
    }
  }
}
