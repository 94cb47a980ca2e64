public import GeminiAPI
internal import HostSystem
internal import OrderedJSON
internal import RequestPlanning
public import RunStore
internal import TranscriptModel

/// Asks how far a batch is, and takes its answers for the replies of a run's requests.
///
/// Answers are stored as they came before anything is made of them; from then on no service is needed.
public struct BatchCollection: Sendable {
  private let transcriber: Transcriber
  private let store: RunStore

  /// A collection.
  public init(_ transcriber: Transcriber, store: RunStore) {
    self.transcriber = transcriber
    self.store = store
  }

  private var client: GeminiClient { transcriber.client }

  /// Asks the service about a batch, unless its answers are here.
  ///
  /// - Returns: The batch, noted, and what the service said of it.
  /// - Throws: `GeminiError`; `RunStoreError`; `CancellationError`.
  public func refresh(
    _ batch: StoredBatch
  ) async throws -> (batch: StoredBatch, said: Batch?) {
    guard batch.stage == .submitted, let name = batch.name else { return (batch, nil) }
    let said = try await client.batch(name)
    var batch = batch
    batch.state = said.state?.rawValue
    batch.failure = said.failure
    try store.note(batch)
    return (batch, said)
  }

  /// Stops a batch; what was answered already is billed.
  ///
  /// - Throws: `GeminiError`; `RunStoreError`; `CancellationError`.
  public func cancel(_ batch: StoredBatch) async throws -> StoredBatch {
    guard let name = batch.name, !batch.isFinal else { return batch }
    try await client.cancelBatch(name)
    return try await refresh(batch).batch
  }

  /// Fetches the answers of a batch that has ended, and stores them as they come.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - said: What the service said of it last.
  /// - Returns: The batch, which then says that they are here.
  /// - Throws: `GeminiError`; `RunStoreError`; `CancellationError`. A part of them counts as none.
  public func fetch(_ batch: StoredBatch, _ said: Batch) async throws -> StoredBatch {
    try store.dropAnswers(of: batch.id)
    switch said.output {
    case .none: break
    case .inline(let answers):
      try store.keep(answers: answers.map { $0.json.renderedBytes() }, of: batch.id)
    case .file(let name): try await keep(client.downloadFile(name), of: batch)
    case .folder(let folder):
      for object in try await client.objects(below: StorageAddress(parsing: folder))
      where object.description.hasSuffix(".jsonl") {
        try await keep(client.downloadObject(object), of: batch)
      }
    }
    var batch = batch
    batch.stage = .fetched
    try store.note(batch)
    return batch
  }

  /// Stores the lines of a file of answers.
  private func keep(_ body: HTTPBody, of batch: StoredBatch) async throws {
    var splitter = LineSplitter()
    do {
      for try await piece in body {
        var lines: [[UInt8]] = []
        splitter.feed(piece[...]) { if let line = $0 { lines.append(line) } }
        try store.keep(answers: lines, of: batch.id)
      }
    } catch let error as TransportError {
      throw GeminiError(error)
    }
    var lines: [[UInt8]] = []
    splitter.finish { if let line = $0 { lines.append(line) } }
    try store.keep(answers: lines, of: batch.id)
  }
}

// MARK: Taking answers for replies

extension BatchCollection {
  /// Makes the stored answers of a batch the replies of its requests; what has none has failed.
  ///
  /// May be interrupted and begun again: each answer is taken for a reply all or nothing.
  ///
  /// - Parameters:
  ///   - batch: The batch, its answers fetched.
  ///   - work: The work of its run, by the number of the item.
  /// - Throws: `RunStoreError`.
  public func settle(
    _ batch: StoredBatch,
    of work: [Int64: PreparedTranscription]
  ) throws -> StoredBatch {
    var open = try store.requests(in: batch.id).enumerated()
      .map { (key: BatchedRequest.key($0), request: $1) }
      .filter { $0.request.status == .sent }
    let unnamed = try answersWithoutName(of: batch)
    var matcher = RequestMatcher(
      keys: open.map(\.key),
      digests: open.map(\.request.sentDigest),
      inOrder: unnamed.all == open.count && unnamed.all == unnamed.count
    )
    var settled: Set<Int> = []
    try forEachAnswer(of: batch) { id, line, answer in
      guard let position = matcher.position(of: answer) else { return }
      settled.insert(position)
      let request = open[position].request
      let (reply, ending) = taken(answer, line, work[request.item])
      try store.settle(request: request.id, by: id, reply: reply, ending)
    }
    let silence = batch.reasonOfSilence(unnamed: unnamed.count)
    open = open.enumerated().filter { !settled.contains($0.offset) }.map(\.element)
    for (_, request) in open {
      try store.settle(
        request: request.id,
        by: nil,
        reply: [],
        RequestEnding(.failed, error: silence)
      )
    }
    var batch = batch
    batch.stage = .settled
    try store.note(batch)
    return batch
  }

  /// What is kept of an answer as the bytes of a reply, and how the request has ended by it.
  private func taken(
    _ answer: BatchAnswer,
    _ line: [UInt8],
    _ prepared: PreparedTranscription?
  ) -> (reply: [UInt8], ending: RequestEnding) {
    guard let response = answer.response, answer.error == nil, !response.isEmpty else {
      return (line, RequestEnding(.failed, error: Self.reason(answer)))
    }
    // As a stream would have brought it.
    let frame = "data: " + (answer.json["response"] ?? .null).rendered() + "\n\n"
    let usage = response.usageMetadata.flatMap { $0.impossible.isEmpty ? Usage($0) : nil }
    let bill = usage.flatMap {
      prepared?.quote.cost(of: $0, by: response.modelVersion, at: .batch)?.total
    }
    let isEnded = response.finishReason != nil || response.blockReason != nil
    let ending = RequestEnding(
      isEnded ? .answered : .broken,
      finishReason: response.finishReason?.rawValue ?? response.blockReason?.rawValue,
      usage: usage,
      cost: bill
    )
    return (Array(frame.utf8), ending)
  }

  private func forEachAnswer(
    of batch: StoredBatch,
    _ body: (Int64, [UInt8], BatchAnswer) throws -> Void
  ) throws {
    var last: Int64 = 0
    while let (id, line) = try store.answer(of: batch.id, after: last) {
      last = id
      guard let json = try? JSONValue(parsing: line) else { continue }
      try body(id, line, BatchAnswer(json: json))
    }
  }

  /// How many answers there are, and how many of them do not say what they answer.
  private func answersWithoutName(of batch: StoredBatch) throws -> (all: Int, count: Int) {
    var (all, count) = (0, 0)
    try forEachAnswer(of: batch) { _, _, answer in
      all += 1
      if !RequestMatcher.isNamed(answer) { count += 1 }
    }
    return (all, count)
  }

  private static func reason(_ answer: BatchAnswer) -> String {
    answer.error.map { String($0.message.prefix(500)) }
      ?? "The answer holds neither text nor reason."
  }
}

extension StoredBatch {
  /// Why a request has no answer, as far as the batch itself tells.
  ///
  /// - Parameter unnamed: Answers that came and do not say what they answer.
  fileprivate func reasonOfSilence(unnamed: Int) -> String {
    if unnamed > 0 {
      return "The service gave no answer with its key; \(unnamed) came without one and are kept in "
        + "the store."
    }
    let words = failure.map { ": \($0)" } ?? ""
    return switch serviceState {
    case .failed: "The batch failed\(words)."
    case .expired: "The batch expired before it was answered\(words)."
    case .cancelled: "The batch was cancelled before it was answered\(words)."
    default: "The service gave no answer\(words)."
    }
  }
}
