public import GeminiAPI
internal import OrderedJSON
public import RunStore
public import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Asks how far a batch is, fetches its answers and makes documents of them.
///
/// Answers are stored as they came before anything is made of them; from then on no service is needed.
public struct BatchCollection: Sendable {
  private let transcriber: Transcriber
  private let store: BatchStore

  /// A collection.
  public init(_ transcriber: Transcriber, store: BatchStore) {
    self.transcriber = transcriber
    self.store = store
  }

  private var client: GeminiClient { transcriber.client }

  /// Asks the service about a batch, unless nothing more can come of it.
  ///
  /// - Returns: The record, saved, and what the service said of its requests.
  /// - Throws: `GeminiError`; `CancellationError`.
  public func refresh(
    _ record: BatchRecord
  ) async throws -> (record: BatchRecord, batch: Batch?) {
    guard record.stage != .fetched, let name = record.name else { return (record, nil) }
    try check(record)
    let batch = try await client.batch(name)
    var record = record
    record.state = batch.state
    record.failure = batch.failure
    try store.save(record)
    return (record, batch)
  }

  /// Stops a batch; what was answered already is billed.
  ///
  /// - Throws: `GeminiError`; `CancellationError`.
  public func cancel(_ record: BatchRecord) async throws -> BatchRecord {
    guard let name = record.name, !record.isFinal else { return record }
    try check(record)
    try await client.cancelBatch(name)
    return try await refresh(record).record
  }

  /// Fetches the answers of a batch that has ended, and stores them as they come.
  ///
  /// - Parameters:
  ///   - record: The batch.
  ///   - batch: What the service said of it last.
  /// - Returns: The record, which then says that they are here.
  /// - Throws: `GeminiError`; `CancellationError`. Half an answer file is not kept.
  public func fetch(_ record: BatchRecord, _ batch: Batch) async throws -> BatchRecord {
    let stream = try FileStream(path: store.answersPath(of: record.id))
    switch batch.output {
    case .none: break
    case .inline(let answers):
      for answer in answers { try stream.append(answer.json.renderedBytes() + [0x0A]) }
    case .file(let name): try await append(client.downloadFile(name), to: stream)
    case .folder(let folder):
      for object in try await client.objects(below: StorageAddress(parsing: folder))
      where object.description.hasSuffix(".jsonl") {
        try await append(client.downloadObject(object), to: stream)
      }
    }
    try stream.finish()
    var record = record
    record.stage = .fetched
    try store.save(record)
    return record
  }

  private func append(_ body: HTTPBody, to stream: FileStream) async throws {
    do {
      var last: UInt8 = 0x0A
      for try await piece in body {
        try stream.append(piece)
        last = piece.last ?? last
      }
      if last != 0x0A { try stream.append([0x0A]) }
    } catch let error as TransportError {
      throw GeminiError(error)
    }
  }

  /// Makes documents of the stored answers.
  ///
  /// - Parameters:
  ///   - record: The batch, its answers fetched.
  ///   - runs: Where results are kept to be searched; `nil` for nowhere.
  ///   - deliver: Gets each document as soon as it is made, with its transcription; returns the
  ///     absolute paths of what it has written, `nil` when the document was there before.
  /// - Returns: The record, saved; it says what became of each transcription.
  /// - Throws: `GeminiError` when the answers cannot be read; `RunStoreError`; what `deliver`
  ///   throws.
  public func documents(
    of record: BatchRecord,
    keptIn runs: RunStore? = nil,
    deliver: (BatchRecord.Item, TranscriptDocument) throws -> [String]?
  ) throws -> BatchRecord {
    var record = record
    let requests = BatchRequests(record)
    let unnamed = try answersWithoutName(of: record)
    var matcher = RequestMatcher(
      keys: record.items.map(\.key),
      inOrder: unnamed.all == record.items.count && unnamed.all == unnamed.count
    ) {
      try requests.all().map(\.request)
    }
    let archive = try runs.map { try BatchArchive(record, in: $0, now: transcriber.now()) }
    for index in record.items.indices where record.items[index].outcome != .answered {
      record.items[index].outcome = .failed(record.reasonOfSilence(unnamed: unnamed.count))
    }
    try FileLines.forEach(in: store.answersPath(of: record.id)) { line in
      guard let line, let json = try? JSONValue(parsing: line) else { return }
      let answer = BatchAnswer(json: json)
      guard let position = matcher.position(of: answer) else { return }
      let item = record.items[position]
      guard let response = answer.response, answer.error == nil, !response.isEmpty else {
        if item.outcome != .answered {
          record.items[position].outcome = .failed(Self.reason(answer))
        }
        return
      }
      let document = try transcriber.document(of: response, at: position, in: record)
      if let files = try deliver(item, document) {
        try archive?.keep(answer, document, of: item.prepared, at: position, files: files)
      }
      record.items[position].outcome = .answered
    }
    try archive?.finish(record)
    try store.save(record)
    return record
  }

  /// How many answers there are, and how many of them do not say what they answer.
  private func answersWithoutName(of record: BatchRecord) throws -> (all: Int, count: Int) {
    var (all, count) = (0, 0)
    try FileLines.forEach(in: store.answersPath(of: record.id)) { line in
      guard let line, let json = try? JSONValue(parsing: line) else { return }
      all += 1
      if !RequestMatcher.isNamed(BatchAnswer(json: json)) { count += 1 }
    }
    return (all, count)
  }

  private static func reason(_ answer: BatchAnswer) -> String {
    answer.error.map { String($0.message.prefix(500)) }
      ?? "The answer holds neither text nor reason."
  }

  /// Notes that a transcription was answered in another way.
  ///
  /// - Throws: `GeminiError` when the record cannot be saved.
  public func noteAnswered(_ key: String, in record: BatchRecord) throws -> BatchRecord {
    var record = record
    if let position = record.items.firstIndex(where: { $0.key == key }) {
      record.items[position].outcome = .answered
    }
    try store.save(record)
    return record
  }

  /// A batch can only be asked about by whose it is.
  private func check(_ record: BatchRecord) throws(TranscriptionError) {
    guard record.backend != client.configuration.backend else { return }
    throw TranscriptionError(
      .invalidSettings,
      "The batch \(record.id) belongs to another service or project than the settings name.",
      remedy: "Set --backend, --project and --location as they were when it was submitted."
    )
  }
}

extension BatchRecord {
  /// Why a transcription has no answer, as far as the batch itself tells.
  ///
  /// - Parameter unnamed: Answers that came and do not say what they answer.
  fileprivate func reasonOfSilence(unnamed: Int) -> String {
    if unnamed > 0 {
      return "The service gave no answer with its key; \(unnamed) came without one and are kept "
        + "beside the record of the batch."
    }
    let words = failure.map { ": \($0)" } ?? ""
    return switch state {
    case .failed: "The batch failed\(words)."
    case .expired: "The batch expired before it was answered\(words)."
    case .cancelled: "The batch was cancelled before it was answered\(words)."
    default: "The service gave no answer\(words)."
    }
  }
}
