internal import GeminiAPI
internal import HostSystem
internal import WebAddresses

/// One request on its way: fed by the loop's thread, read by a task.
final class Transfer: @unchecked Sendable {  // `source` belongs to the loop's thread
  struct Head: Sendable {
    var status = 0
    var headers = HTTPHeaders()
  }

  /// Bytes of headers and trailers, those of interim responses included, beyond which nobody means
  /// well.
  private static let headerLimit = 1 << 20
  /// Bytes kept for a slow reader before the transfer pauses.
  private static let highWater = 256 << 10

  private struct State {
    var head = Head()
    var headIsComplete = false
    var headerBytes = 0
    var buffer: [UInt8] = []
    var isPaused = false
    /// `nil` while the transfer runs.
    var end: Result<Void, any Error>?
    var headReader: CheckedContinuation<Head, any Error>?
    var bodyReader: CheckedContinuation<[UInt8]?, any Error>?
  }

  let request: HTTPRequest
  /// Where it goes.
  let address: WebAddress
  let source: BodySource
  private let loop: TransferLoop
  private let state = Lock(State())

  init(_ request: HTTPRequest, to address: WebAddress, loop: TransferLoop) throws {
    self.address = address
    self.request = request
    self.loop = loop
    source = try BodySource(request.body, onBytesSent: request.onBytesSent)
  }

  /// Begins the transfer and waits for the status and the headers.
  func start() async throws -> Head {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let error = state.withLock { state -> (any Error)? in
          if case .failure(let error) = state.end { return error }
          state.headReader = continuation
          return nil
        }
        if let error { return continuation.resume(throwing: error) }
        loop.post(.add(self))
      }
    } onCancel: {
      cancel()
    }
  }

  /// The next piece of the body; `nil` at its end.
  func nextPiece() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      try Task.checkCancellation()
      return try await withCheckedThrowingContinuation(takePiece)
    } onCancel: {
      cancel()
    }
  }

  private func takePiece(_ continuation: CheckedContinuation<[UInt8]?, any Error>) {
    let (result, resumes) = state.withLock { state -> (Result<[UInt8]?, any Error>?, Bool) in
      if !state.buffer.isEmpty {
        var piece: [UInt8] = []
        swap(&piece, &state.buffer)
        defer { state.isPaused = false }
        return (.success(piece), state.isPaused)
      }
      if let end = state.end { return (end.map { nil }, false) }
      precondition(state.bodyReader == nil, "a body has one reader")
      state.bodyReader = continuation
      return (nil, false)
    }
    if let result { continuation.resume(with: result) }
    if resumes { loop.post(.resume(self)) }
  }

  /// Ends the transfer at once; whoever waits for it gets a `CancellationError`.
  func cancel() {
    if end(.failure(CancellationError())) { loop.post(.cancel(self)) }
  }

  var isOver: Bool { state.withLock { $0.end != nil } }

  // MARK: - Called on the loop's thread

  /// Takes a line of the headers or trailers; `false` when there are too many.
  func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    let isTooMuch = state.withLock { state in
      state.headerBytes += line.count
      return state.headerBytes > Self.headerLimit
    }
    guard !isTooMuch else { return false }
    read(header: line)
    return true
  }

  private func read(header line: UnsafeRawBufferPointer) {
    let text = Self.trimmed(line[...])
    let reader = state.withLock { state -> (CheckedContinuation<Head, any Error>, Head)? in
      if text.starts(with: "HTTP/".utf8) {
        state.head = Head(status: Self.status(in: text))
        return nil
      }
      guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else {
        // The empty line; that of an interim response (1xx) is not the end of the headers.
        guard state.head.status >= 200, !state.headIsComplete else { return nil }
        state.headIsComplete = true
        defer { state.headReader = nil }
        return state.headReader.map { ($0, state.head) }
      }
      guard !state.headIsComplete else { return nil }
      let value = Self.trimmed(text[(colon + 1)...])
      state.head.headers.append(
        String(decoding: text[..<colon], as: UTF8.self),
        String(decoding: value, as: UTF8.self)
      )
      return nil
    }
    if let (continuation, head) = reader { continuation.resume(returning: head) }
  }

  /// Takes bytes of the body; `false` when the reader has to catch up first.
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let (reader, accepted) = state.withLock {
      state -> (CheckedContinuation<[UInt8]?, any Error>?, Bool) in
      if let reader = state.bodyReader {
        state.bodyReader = nil
        return (reader, true)
      }
      guard state.buffer.count < Self.highWater else {
        state.isPaused = true
        return (nil, false)
      }
      state.buffer.append(contentsOf: bytes)
      return (nil, true)
    }
    reader?.resume(returning: Array(bytes))
    return accepted
  }

  /// The transfer has ended by itself.
  func finish(_ error: TransportError?) {
    _ = end(error.map { .failure($0) } ?? .success(()))
  }

  /// Sets the end, unless it is set, and tells whoever waits.
  private func end(_ result: Result<Void, any Error>) -> Bool {
    let (isFirst, headReader, bodyReader) = state.withLock { state in
      guard state.end == nil else {
        return (
          false, CheckedContinuation<Head, any Error>?.none,
          CheckedContinuation<[UInt8]?, any Error>?.none
        )
      }
      state.end = result
      defer {
        state.headReader = nil
        state.bodyReader = nil
      }
      return (true, state.headReader, state.bodyReader)
    }
    bodyReader?.resume(with: result.map { nil })
    headReader?.resume(with: result.flatMap { .failure(Self.noHead) })
    return isFirst
  }

  private static let noHead = TransportError(
    .connectionLost,
    "the connection ended before a response"
  )

  private typealias Line = Slice<UnsafeRawBufferPointer>

  private static func status(in line: Line) -> Int {
    let words = line.split(separator: 0x20, maxSplits: 2)
    return words.count > 1 ? Int(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
  }

  /// A text without the white space around it.
  private static func trimmed(_ text: Line) -> Line {
    var text = text
    while let first = text.first, first <= 0x20 { text = text.dropFirst() }
    while let last = text.last, last <= 0x20 { text = text.dropLast() }
    return text
  }
}
