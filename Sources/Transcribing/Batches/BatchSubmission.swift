public import GeminiAPI
internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Hands a batch to the service, step by step; each step is noted, so that an interrupted one goes on
/// where it stopped, and nothing is made twice.
public struct BatchSubmission: Sendable {
  private let transcriber: Transcriber
  private let store: BatchStore
  private let uploads: UploadRegistry?
  private let inlineLimit: Int
  private let observe: ProgressObserver

  /// A submission.
  ///
  /// - Parameters:
  ///   - transcriber: Talks to the service.
  ///   - store: Keeps the record.
  ///   - uploads: Remembers which files the service keeps; `nil` sends each.
  ///   - inlineLimit: The most bytes of requests that are sent along with the order; more go as a
  ///     file. The service takes 20 MB.
  ///   - observe: Told how uploads go.
  public init(
    _ transcriber: Transcriber,
    store: BatchStore,
    uploads: UploadRegistry? = nil,
    inlineLimit: Int = 4 << 20,
    observe: @escaping ProgressObserver = { _ in }
  ) {
    self.transcriber = transcriber
    self.store = store
    self.uploads = uploads
    self.inlineLimit = inlineLimit
    self.observe = observe
  }

  private var client: GeminiClient { transcriber.client }
  private var time: Int { Int(transcriber.now().timeIntervalSince1970) }

  /// Submits a batch, or goes on doing so.
  ///
  /// - Returns: The record with the service's name for the batch.
  /// - Throws: `GeminiError`; ``TranscriptionError``; `CancellationError`. The record says how far it
  ///   came.
  public func submit(_ record: BatchRecord) async throws -> BatchRecord {
    var record = record
    guard record.name == nil else { return record }
    try store.save(record)
    if record.stage == .creating, let batch = try await found(record) {
      return try noted(batch, in: record)
    }
    try await sendMedia(&record)
    let path = store.requestsPath(of: record.id)
    let size = try BatchRequests(record).write(to: path)
    let input = try await input(&record, path: path, size: size)
    record.stage = .creating
    try store.save(record)
    return try noted(try await create(input, record), in: record)
  }

  /// A batch is not asked for a second time after an unclear failure: it might be made twice.
  private func create(
    _ input: GeminiRequests.BatchInput,
    _ record: BatchRecord
  ) async throws -> Batch {
    var client = client
    client.retryPolicy.maximumAttempts = 1
    do {
      return try await client.createBatch(
        input,
        model: record.model,
        displayName: record.displayName
      )
    } catch let error as GeminiError {
      guard error.httpStatus.map({ (400..<500).contains($0) }) == true else { throw error }
      var refused = record
      refused.stage = .sending
      try store.save(refused)
      throw error
    }
  }

  private func noted(_ batch: Batch, in record: BatchRecord) throws -> BatchRecord {
    var record = record
    record.name = batch.name
    record.state = batch.state
    record.stage = .submitted
    record.submitted = time
    try store.save(record)
    // Media within requests can make the file large, and it can be written again.
    try? FileStore.remove(store.requestsPath(of: record.id))
    return record
  }

  /// The batch of a record whose creation was not heard of again.
  private func found(_ record: BatchRecord) async throws -> Batch? {
    var token: String?
    repeat {
      let page = try await client.batches(pageSize: 100, pageToken: token)
      if let batch = page.elements.first(where: { $0.displayName == record.displayName }) {
        return batch
      }
      token = page.nextPageToken
    } while token != nil
    return nil
  }

  /// Makes sure that the service has each local file, and for long enough.
  ///
  /// The record is saved every other second; what a crash makes it forget, the registry knows.
  private func sendMedia(_ record: inout BatchRecord) async throws {
    guard record.backend == .aiStudio else { return }
    record.stage = .sending
    var saved = 0
    for item in record.items {
      guard let name = item.prepared.delivery.keptName, !isKept(name, in: record) else { continue }
      let file = try await file(for: item.prepared.delivery, named: name)
      record.media[name] = BatchRecord.KeptMedia(
        uri: file.uri,
        mimeType: file.mimeType,
        expiration: time + GeminiClient.keepSeconds
      )
      guard time >= saved + 2 else { continue }
      try store.save(record)
      saved = time
    }
    try store.save(record)
  }

  /// Whether the service keeps a medium until it means to have answered.
  private func isKept(_ name: String, in record: BatchRecord) -> Bool {
    record.media[name].map { $0.expiration > time + BatchRecord.promisedSeconds } ?? false
  }

  /// The file at the service; within a batch each medium goes there once, small ones, too.
  private func file(for delivery: MediaDelivery, named name: String) async throws -> GeminiFile {
    switch delivery {
    case .upload(let upload): return try await send(upload)
    case .inline(let file, let type):
      let title = name.split(separator: "/").last.map(String.init)
      return try await send(
        FileUpload(path: name, size: file.size, mimeType: type, displayName: title)
      )
    case .uploaded, .reference: return try await ready(client.file(name))
    }
  }

  private func send(_ upload: FileUpload) async throws -> GeminiFile {
    let options = CallOptions(onRetry: { observe(.retrying($0)) })
    let onProgress: @Sendable (UploadProgress) -> Void = { observe(.uploading($0)) }
    guard let uploads else {
      return try await ready(
        client.uploadFile(upload, options: options, onProgress: onProgress)
      )
    }
    return try await ready(
      client.uploadFile(upload, unlessIn: uploads, options: options, onProgress: onProgress)
    )
  }

  private func ready(_ file: GeminiFile) async throws -> GeminiFile {
    if file.state != .active { observe(.preparing) }
    return try await client.waitUntilActive(file)
  }

  /// Where the service finds the requests.
  private func input(
    _ record: inout BatchRecord,
    path: String,
    size: Int
  ) async throws -> GeminiRequests.BatchInput {
    guard record.backend == .aiStudio else {
      guard let storage = record.storage else { throw Self.placeMissing }
      let requests = storage.appending("requests.jsonl")
      try await client.uploadObject(path, to: requests, mimeType: "application/jsonl")
      return .cloudStorage(
        uri: requests.description,
        output: storage.appending("answers").description
      )
    }
    if size <= inlineLimit { return .inline(try BatchRequests(record).all()) }
    let file = try await client.uploadFile(
      FileUpload(
        path: path,
        size: size,
        mimeType: "application/jsonl",
        displayName: record.displayName
      )
    )
    return .file(try await ready(file).name)
  }

  private static let placeMissing = TranscriptionError(
    .invalidSettings,
    "A batch on Agent Platform needs a place in Cloud Storage for its requests and answers.",
    remedy: "Name one with --storage gs://bucket/folder."
  )
}
