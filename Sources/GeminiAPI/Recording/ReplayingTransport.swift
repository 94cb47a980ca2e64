internal import HostSystem
internal import OrderedJSON

/// Answers requests from a recording; needs neither key nor network.
///
/// Requests may come in another order than recorded, since several are on the way at once; but
/// each has to equal a recorded one that was not used yet.
public final class ReplayingTransport: HTTPTransport {
  private let rest: Lock<[Cassette]>

  /// Reads a recording.
  ///
  /// - Throws: ``GeminiError`` when the folder holds none, or a file of it cannot be read.
  public init(folder: String) throws {
    let names = HostFiles.names(in: folder).filter(Self.isExchange)
    guard !names.isEmpty else {
      throw GeminiError(
        .notRecorded,
        "\(folder) holds no recording",
        remedy: "record into it first"
      )
    }
    rest = Lock(try names.map { try Self.read("\(folder)/\($0)") })
  }

  /// Exchanges are numbered: `0001.json`.
  private static func isExchange(_ name: String) -> Bool {
    name.hasSuffix(".json") && name.dropLast(5).allSatisfy(\.isNumber)
  }

  private static func read(_ path: String) throws -> Cassette {
    let bytes = try LocalFile(path: path).bytes(upTo: 1 << 30)
    guard let json = try? JSONValue(parsing: bytes), let cassette = Cassette(json: json) else {
      throw GeminiError(.notRecorded, "\(path) is no recorded exchange")
    }
    return cassette
  }

  /// Nobody has to prove who asks: nothing leaves the machine.
  public var needsCredentials: Bool { false }

  /// Exchanges that were not asked for yet.
  public var remaining: Int { rest.withLock { $0.count } }

  /// Answers a request as it was answered when it was recorded.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let asked = RequestDifference.comparable(request.redactedJSON)
    let (match, next) = rest.withLock { rest -> (Cassette?, Cassette?) in
      let index = rest.firstIndex { RequestDifference.comparable($0.request) == asked }
      return (index.map { rest.remove(at: $0) }, rest.first)
    }
    switch match?.outcome {
    case .failure(let error): throw error
    case .response(let status, let headers, let body, let isComplete):
      return HTTPResponse(
        status: status,
        headers: headers,
        body: Self.body(body, isComplete: isComplete)
      )
    case nil: throw Self.notRecorded(asked, next)
    }
  }

  private static func body(_ bytes: [UInt8], isComplete: Bool) -> HTTPBody {
    if isComplete { return HTTPBody(bytes) }
    let whole = HTTPBody(bytes).makeAsyncIterator()
    return HTTPBody {
      var rest = whole
      if let piece = try await rest.next() { return piece }
      throw TransportError(.connectionLost, "the recording ends here")
    }
  }

  private static func notRecorded(_ asked: JSONValue, _ next: Cassette?) -> TransportError {
    guard let next else {
      let what = "\(asked["method"]?.string ?? "") \(asked["url"]?.string ?? "")"
      return TransportError(.notRecorded, "the recording is used up; not in it: \(what)")
    }
    let difference = RequestDifference.first(
      recorded: RequestDifference.comparable(next.request),
      asked: asked
    )
    return TransportError(.notRecorded, "the request differs from the recorded one: \(difference)")
  }
}
