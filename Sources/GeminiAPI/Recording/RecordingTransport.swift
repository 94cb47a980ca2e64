internal import HostSystem
internal import OrderedJSON
internal import PlainText

/// Writes every exchange of another transport into a folder, one file each, secrets removed.
public final class RecordingTransport: HTTPTransport {
  private let inner: any HTTPTransport
  private let folder: String
  private let configuration: GeminiConfiguration?
  private let secrets: KnownSecrets
  private let count = Lock(0)

  /// Records into a folder, which is made with the first request when it is missing.
  ///
  /// - Parameters:
  ///   - inner: The transport that sends.
  ///   - folder: Where the files go; it has to hold no recording yet.
  ///   - configuration: Whom the client talks to, kept so that a replay needs no settings; its
  ///     key or token is not written, even if the service repeats it.
  ///   - secrets: Further texts that must not be written.
  ///   - known: What the client knows to be secret, also what it learns later.
  /// - Throws: ``GeminiError`` when the folder holds a recording.
  public init(
    _ inner: any HTTPTransport,
    folder: String,
    configuration: GeminiConfiguration? = nil,
    secrets: [Secret] = [],
    known: KnownSecrets = KnownSecrets()
  ) throws {
    guard !HostFiles.names(in: folder).contains(where: { $0.hasSuffix(".json") }) else {
      throw GeminiError(
        .invalidConfiguration,
        "\(folder) holds a recording already",
        remedy: "record into an empty folder"
      )
    }
    self.inner = inner
    self.folder = folder
    self.configuration = configuration
    known.add(secrets + (configuration?.credentials.secrets ?? []))
    self.secrets = known
  }

  /// Sends a request; its file is written when the response has been read, or dropped.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    // How the client came by its token is no part of the conversation, and a replay needs none.
    if request.isForToken { return try await inner.send(request) }
    let number = count.withLock { count in
      count += 1
      return count
    }
    if number == 1 { try begin() }
    do {
      let response = try await inner.send(request)
      let tape = Tape(request: request, response: response) { [self] in write($0, number) }
      var taped = response
      taped.body = HTTPBody { try await tape.next() }
      return taped
    } catch let error as TransportError {
      write(Cassette(request: request.redactedJSON, outcome: .failure(error)), number)
      throw error
    }
  }

  /// Makes the folder, while nothing has been paid for.
  private func begin() throws {
    try HostFiles.createFolder(folder, for: .user)
    try configuration?.write(toRecording: folder)
  }

  /// A recording that cannot be written must not cost the reply that has been paid for.
  private func write(_ cassette: Cassette, _ number: Int) {
    let text = secrets.redacting(cassette.json.rendered(.pretty) + "\n")
    let name = NumberText.padded(number, 4)
    try? HostFiles.write(text.utf8, to: "\(folder)/\(name).json", replacing: true, for: .user)
  }
}

/// Keeps what is read of a response, and hands it over at its end.
private final class Tape: Sendable {
  private let request: JSONValue
  private let status: Int
  private let headers: HTTPHeaders
  private let body: HTTPBody.AsyncIterator
  private let bytes = Lock<[UInt8]?>([])
  private let onEnd: @Sendable (Cassette) -> Void

  init(
    request: HTTPRequest,
    response: HTTPResponse,
    onEnd: @escaping @Sendable (Cassette) -> Void
  ) {
    self.request = request.redactedJSON
    status = response.status
    headers = response.headers
    body = response.body.makeAsyncIterator()
    self.onEnd = onEnd
  }

  deinit { end(isComplete: false) }

  func next() async throws -> [UInt8]? {
    var body = body
    guard let piece = try await body.next() else {
      end(isComplete: true)
      return nil
    }
    bytes.withLock { $0?.append(contentsOf: piece) }
    return piece
  }

  private func end(isComplete: Bool) {
    let taken = bytes.withLock { bytes -> [UInt8]? in
      defer { bytes = nil }
      return bytes
    }
    guard let taken else { return }
    onEnd(
      Cassette(
        request: request,
        outcome: .response(
          status: status,
          headers: headers,
          body: taken,
          isComplete: isComplete
        )
      )
    )
  }
}
