internal import OrderedJSON

/// One resumable upload: start, chunks, and after a fault query and realign.
struct UploadSession {
  let client: GeminiClient
  let upload: FileUpload
  var call: Call
  let onProgress: (@Sendable (UploadProgress) -> Void)?
  /// Faults since more bytes were taken than ever before.
  private var faults = 0
  /// The most bytes that the service has had.
  private var furthest = 0
  /// The bytes of an object that come while those before them go.
  private let ahead: ReadingAhead?

  init(
    client: GeminiClient,
    upload: FileUpload,
    call: Call,
    onProgress: (@Sendable (UploadProgress) -> Void)?
  ) throws {
    ahead = try upload.object.map { try ReadingAhead(of: $0, by: client) }
    self.client = client
    self.upload = upload
    self.call = call
    self.onProgress = onProgress
  }

  /// What the service said about the upload.
  private enum Answer {
    case active(received: Int?)
    case final(GeminiFile)
    /// Not the protocol's answer, or a failure that may pass.
    case unclear(GeminiError)
  }

  mutating func run() async throws -> GeminiFile {
    defer { ahead?.stop() }
    let (address, chunkSize) = try await start()
    var offset = 0
    while true {
      let length = min(chunkSize, upload.size - offset)
      let isLast = offset + length == upload.size
      let body = try await body(offset..<(offset + length))
      let answer = try await send(body, at: offset, isLast: isLast, to: address)
      switch answer {
      case .final(let file): return file
      case .active where !isLast:
        offset += length
        noteProgress(to: offset)
      case .active:
        try await pause(after: Self.fault("the upload was not closed after its last byte"))
        if let file = try await realign(&offset, address) { return file }
      case .unclear(let error):
        try await pause(after: error)
        if let file = try await realign(&offset, address) { return file }
      }
    }
  }

  /// Begins the upload; returns the session's address and the size of the chunks.
  private mutating func start() async throws -> (String, Int) {
    let response = try await client.send(client.requests.startUpload(upload), &call)
    _ = try? await response.body.collect(upTo: 1 << 20)
    guard let text = response.headers["X-Goog-Upload-URL"], let address = rebased(text) else {
      throw Self.fault("the service did not say where to send the file")
    }
    let stated = response.headers["X-Goog-Upload-Chunk-Granularity"].flatMap { Int($0) }
    let granularity = max(1, stated ?? 1)
    return (address, max(1, upload.chunkSize / granularity) * granularity)
  }

  /// The session's address at the host the client is configured for.
  private func rebased(_ text: String) -> String? {
    guard let given = WebAddress(text), let base = WebAddress(client.configuration.baseURL) else {
      return nil
    }
    return base.origin + given.path + (given.query.map { "?\($0)" } ?? "")
  }

  /// What a chunk carries: a part of the file, or what is read of the object.
  private func body(_ range: Range<Int>) async throws -> HTTPRequest.Body {
    guard !range.isEmpty else { return .none }
    if let ahead { return .bytes(try await ahead.bytes(range)) }
    return .file(
      HTTPRequest.FileRange(path: upload.path, offset: range.lowerBound, length: range.count)
    )
  }

  private mutating func send(
    _ body: HTTPRequest.Body,
    at offset: Int,
    isLast: Bool,
    to address: String
  ) async throws -> Answer {
    var request = client.requests.uploadChunk(body, at: offset, isLast: isLast, session: address)
    if let onProgress {
      let total = upload.size
      request.onBytesSent = { sent in
        onProgress(UploadProgress(sent: offset + sent, total: total))
      }
    }
    return try await exchange(request)
  }

  /// Asks how much has arrived, and moves the offset there; returns the file when it is complete.
  private mutating func realign(_ offset: inout Int, _ address: String) async throws -> GeminiFile?
  {
    while true {
      switch try await exchange(client.requests.queryUpload(session: address)) {
      case .final(let file): return file
      case .active(let received?) where (0...upload.size).contains(received):
        noteProgress(to: received)
        offset = received
        onProgress?(UploadProgress(sent: received, total: upload.size))
        return nil
      case .active: throw Self.fault("the service did not say how much of the file it has")
      case .unclear(let error): try await pause(after: error)
      }
    }
  }

  /// Faults count anew once the upload has got further than ever.
  private mutating func noteProgress(to offset: Int) {
    if offset > furthest { (furthest, faults) = (offset, 0) }
  }

  private func exchange(_ request: HTTPRequest) async throws -> Answer {
    try call.checkDeadline(request)
    var request = request
    let longest = TransferTime.ofReply(sending: request.body.count)
    request.limits.idle = TransferTime.quiet
    request.limits.total = min(call.remaining ?? longest, longest)
    do {
      let response = try await client.transport.send(request)
      let body = try await response.body.collect(upTo: 1 << 20)
      return try answer(response, body, request)
    } catch let error as TransportError {
      let failure = GeminiError(error, request: request.description)
      guard error.isTransient else { throw failure }
      return .unclear(failure)
    }
  }

  private func answer(
    _ response: HTTPResponse,
    _ body: [UInt8],
    _ request: HTTPRequest
  ) throws -> Answer {
    let status = response.headers["X-Goog-Upload-Status"]?.lowercased()
    guard (200..<300).contains(response.status) else {
      let error = client.redacted(
        GeminiError(
          httpStatus: response.status,
          headers: response.headers,
          body: body,
          request: request.description
        )
      )
      // These three say that the offsets do not meet; anything else that is final stays so.
      let isMisaligned = [400, 412, 416].contains(response.status)
      guard status != "final", isMisaligned || client.retryPolicy.isTransient(error) else {
        throw error
      }
      return .unclear(error)
    }
    switch status {
    case "final":
      guard let value = try? JSONValue(parsing: body),
        let file = GeminiFile(json: value["file"] ?? value)
      else { throw Self.fault("the service took the file but did not describe it") }
      return .final(file)
    case "active":
      let received = response.headers["X-Goog-Upload-Size-Received"].flatMap { Int($0) }
      return .active(received: received)
    case nil: return .unclear(Self.fault("the service did not say whether the upload goes on"))
    case .some(let other): throw Self.fault("the service ended the upload: \(other)")
    }
  }

  private mutating func pause(after error: GeminiError) async throws {
    faults += 1
    // Realigning is the remedy for a misaligned upload, so that such an error counts as transient.
    var judged = error
    if !client.retryPolicy.isTransient(error) { judged.code = .unavailable }
    let decision = client.retryPolicy.decide(
      judged,
      attempt: faults,
      remaining: call.remaining,
      random: client.timing.random()
    )
    guard case .retry(let delay) = decision else { throw error }
    call.options.onRetry?(RetryNotice(error: error, attempt: faults, delay: delay))
    try await client.timing.sleep(delay)
  }

  private static func fault(_ message: String) -> GeminiError {
    GeminiError(.uploadFailed, message, remedy: "try again")
  }
}
