internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText

/// Says of each request where it goes, and when and how it is answered: a line each, without secrets.
final class NarratingTransport: HTTPTransport {
  private let transport: any HTTPTransport
  private let say: @Sendable (String) -> Void
  private let count = Lock(0)

  /// A transport that is told about; `say` gets lines that are safe for a terminal.
  init(_ transport: any HTTPTransport, _ say: @escaping @Sendable (String) -> Void) {
    (self.transport, self.say) = (transport, say)
  }

  var needsCredentials: Bool { transport.needsCredentials }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let number = count.withLock { count in
      count += 1
      return count
    }
    let address = SafeText.line(Redaction.url(request.url))
    let size = request.body.count > 0 ? ", \(NumberText.bytes(request.body.count))" : ""
    say("request \(number): \(request.method) \(address)\(size)")
    let start = ContinuousClock.now
    do {
      let response = try await transport.send(request)
      say("request \(number): \(response.status) \(Self.time(since: start))")
      return response
    } catch {
      say("request \(number): no answer \(Self.time(since: start)): \(SafeText.line("\(error)"))")
      throw error
    }
  }

  private static func time(since start: ContinuousClock.Instant) -> String {
    "after \(NumberText.duration(ContinuousClock.now - start))"
  }
}
