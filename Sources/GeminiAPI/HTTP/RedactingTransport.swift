internal import HostSystem

/// Takes known secrets out of the replies of another transport before anybody reads them.
struct RedactingTransport: HTTPTransport {
  private let inner: any HTTPTransport
  private let secrets: KnownSecrets

  init(_ inner: any HTTPTransport, _ secrets: KnownSecrets) {
    self.inner = inner
    self.secrets = secrets
  }

  var needsCredentials: Bool { inner.needsCredentials }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    var response = try await inner.send(request)
    let reader = FilteredBody(response.body, SecretFilter(secrets))
    response.body = HTTPBody { try await reader.next() }
    return response
  }
}

/// Reads a body through a filter; what the filter holds back is handed out before an end or error.
private final class FilteredBody: Sendable {
  private struct State {
    var filter: SecretFilter
    /// How the body ended, to be told once the rest is handed out.
    var ending: Result<Void, any Error>?

    mutating func take(_ piece: [UInt8]?) -> [UInt8] {
      piece.map { filter.feed($0) } ?? end(.success(()))
    }

    mutating func end(_ result: Result<Void, any Error>) -> [UInt8] {
      ending = result
      return filter.finish()
    }
  }

  private let body: HTTPBody.AsyncIterator
  private let state: Lock<State>

  init(_ body: HTTPBody, _ filter: SecretFilter) {
    self.body = body.makeAsyncIterator()
    state = Lock(State(filter: filter))
  }

  func next() async throws -> [UInt8]? {
    var body = body
    while state.withLock({ $0.ending == nil }) {
      let settled: [UInt8]
      do {
        let piece = try await body.next()
        settled = state.withLock { $0.take(piece) }
      } catch {
        settled = state.withLock { $0.end(.failure(error)) }
      }
      if !settled.isEmpty { return settled }
    }
    if case .failure(let error) = state.withLock({ $0.ending }) { throw error }
    return nil
  }
}
