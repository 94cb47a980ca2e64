import GeminiAPI
import HostSystem
import OrderedJSON

/// Answers requests from a script, in order, and keeps what was asked.
final class ScriptedTransport: HTTPTransport {
  /// One answer of the script.
  enum Answer: Sendable {
    case response(status: Int, headers: HTTPHeaders = [:], chunks: [[UInt8]] = [])
    /// A response whose body breaks off with an error after its chunks.
    case broken(status: Int, chunks: [[UInt8]], TransportError)
    case failure(TransportError)

    static func json(_ text: String, status: Int = 200, headers: HTTPHeaders = [:]) -> Answer {
      .response(status: status, headers: headers, chunks: [Array(text.utf8)])
    }
  }

  private struct State {
    var answers: ArraySlice<Answer>
    var requests: [HTTPRequest] = []
  }

  private let state: Lock<State>

  init(_ answers: [Answer]) { state = Lock(State(answers: answers[...])) }

  var requests: [HTTPRequest] { state.withLock { $0.requests } }

  /// The bodies of the requests, as JSON.
  var bodies: [JSONValue] {
    requests.compactMap { request in
      if case .bytes(let bytes) = request.body { return try? JSONValue(parsing: bytes) }
      return nil
    }
  }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let answer = state.withLock { state -> Answer? in
      state.requests.append(request)
      return state.answers.popFirst()
    }
    request.onBytesSent?(request.body.count)
    switch answer {
    case .response(let status, let headers, let chunks):
      return HTTPResponse(status: status, headers: headers, body: HTTPBody(chunks: chunks))
    case .broken(let status, let chunks, let error):
      let rest = Lock(chunks[...])
      let body = HTTPBody {
        if let chunk = rest.withLock({ $0.popFirst() }) { return chunk }
        throw error
      }
      return HTTPResponse(status: status, headers: [:], body: body)
    case .failure(let error): throw error
    case nil: throw TransportError(.other, "the script has no further answer")
    }
  }
}

/// A clock that moves only when somebody sleeps.
final class ManualClock: Sendable {
  private let state = Lock((now: Duration.zero, sleeps: [Duration]()))

  var now: Duration { state.withLock { $0.now } }
  var sleeps: [Duration] { state.withLock { $0.sleeps } }

  var timing: ClientTiming {
    ClientTiming(
      now: { [self] in now },
      sleep: { [self] duration in
        try Task.checkCancellation()
        state.withLock {
          $0.now += duration
          $0.sleeps.append(duration)
        }
      },
      random: { 0 }
    )
  }
}

extension GeminiClient {
  /// A client with a key, on a transport and a clock of the test.
  static func forTest(
    _ transport: any HTTPTransport,
    _ clock: ManualClock = ManualClock()
  )
    -> GeminiClient
  {
    GeminiClient(
      configuration: GeminiConfiguration(apiKey: Secret("test-key-1234")),
      transport: transport,
      timing: clock.timing
    )
  }
}

extension GenerateContentRequest {
  /// A request of one text.
  static func text(_ text: String) -> Self {
    GenerateContentRequest(contents: [Content(parts: [.text(text)])])
  }
}
