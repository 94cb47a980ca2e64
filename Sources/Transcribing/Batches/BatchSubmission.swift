public import GeminiAPI
internal import HostSystem
internal import OrderedJSON
internal import Redacting
public import RequestPlanning
public import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Hands what a run has to ask to the service as a batch, step by step; each step is noted, so that an
/// interrupted one goes on where it stopped, and nothing is made twice.
public struct BatchSubmission: Sendable {
  private let transcriber: Transcriber
  private let store: RunStore
  private let folder: String
  private let inlineLimit: Int
  private let observe: ProgressObserver

  /// A submission.
  ///
  /// - Parameters:
  ///   - transcriber: Talks to the service.
  ///   - store: Keeps the run.
  ///   - folder: Where requests are written while they are sent; made when it is not there.
  ///   - inlineLimit: The most bytes of requests that are sent along with the order; more go as a
  ///     file. The service takes 20 MB.
  ///   - observe: Told how uploads go.
  public init(
    _ transcriber: Transcriber,
    store: RunStore,
    folder: String,
    inlineLimit: Int = 4 << 20,
    observe: @escaping ProgressObserver = { _ in }
  ) {
    self.transcriber = transcriber
    self.store = store
    self.folder = folder
    self.inlineLimit = inlineLimit
    self.observe = observe
  }

  private var client: GeminiClient { transcriber.client }
  private var isPlatform: Bool { client.configuration.backend != .aiStudio }

  /// Notes what a run has to ask as its next batch; it has to be submitted.
  ///
  /// - Parameters:
  ///   - orders: What is to be asked.
  ///   - run: The run's id.
  ///   - place: Where requests and answers of the run go, on Agent Platform.
  ///   - cost: What it costs by itself and as a batch; `nil` when that is not known.
  ///   - retryOf: The batch whose failures are asked again.
  /// - Throws: `RunStoreError`.
  public func note(
    _ orders: [BatchOrder],
    of run: String,
    storage place: StorageAddress?,
    cost: CostEstimate?,
    retryOf: String? = nil
  ) throws -> StoredBatch {
    let round = try store.batches(of: run).count + 1
    return try store.begin(
      NewBatch(
        model: orders.first?.prepared.model ?? "",
        storage: place?.appending(round == 1 ? run : "\(run)-\(round)").description,
        retryOf: retryOf,
        onlineCost: cost.map { MoneyRange($0.cached) },
        batchCost: cost?.batch.map(MoneyRange.init)
      ),
      of: run,
      asking: orders.map { order in
        (
          order.item, NewRequest(order.order, expected: order.cost?.batch?.expected),
          order.order.request.json
        )
      }
    )
  }

  /// Submits a batch, or goes on doing so.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - work: The work of its run, by the number of the item.
  /// - Returns: The batch with the service's name for it.
  /// - Throws: `GeminiError`; ``TranscriptionError``; `RunStoreError`; `CancellationError`. The store
  ///   says how far it came.
  public func submit(
    _ batch: StoredBatch,
    of work: [Int64: PreparedTranscription]
  ) async throws -> StoredBatch {
    guard batch.stage == .noted || batch.stage == .creating else { return batch }
    var batch = batch
    if batch.stage == .creating, let made = try await found(batch) {
      return try noted(made, as: batch)
    }
    try HostFiles.createFolder(folder, for: .user)
    let path = "\(folder)/\(batch.run)-\(batch.round).requests.jsonl"
    let input = try await input(of: batch, try await written(batch, work, to: path), path: path)
    batch.stage = .creating
    try store.note(batch)
    let made = try noted(try await create(input, batch), as: batch)
    // Media within requests can make the file large, and it can be written again.
    HostFiles.discard(path)
    return made
  }

  /// A batch is not asked for a second time after an unclear failure: it might be made twice.
  private func create(
    _ input: GeminiRequests.BatchInput,
    _ batch: StoredBatch
  ) async throws -> Batch {
    var client = client
    client.retryPolicy.maximumAttempts = 1
    do {
      return try await client.createBatch(
        input,
        model: batch.batch.model,
        displayName: batch.displayName
      )
    } catch let error as GeminiError {
      guard error.httpStatus.map({ (400..<500).contains($0) }) == true else { throw error }
      var refused = batch
      refused.stage = .noted
      try store.note(refused)
      throw error
    }
  }

  private func noted(_ made: Batch, as batch: StoredBatch) throws -> StoredBatch {
    var batch = batch
    batch.name = made.name
    batch.state = made.state?.rawValue
    batch.stage = .submitted
    batch.submittedAt = transcriber.now()
    try store.note(batch)
    return batch
  }

  /// The batch whose creation was not heard of again.
  private func found(_ batch: StoredBatch) async throws -> Batch? {
    var token: String?
    repeat {
      let page = try await client.batches(pageSize: 100, pageToken: token)
      if let made = page.elements.first(where: { $0.displayName == batch.displayName }) {
        return made
      }
      token = page.nextPageToken
    } while token != nil
    return nil
  }
}

// MARK: Requests

extension BatchSubmission {
  /// Writes the requests, one a line, each medium brought to the service first.
  ///
  /// - Returns: The requests when they are few enough to go along with the order; `nil` otherwise.
  private func written(
    _ batch: StoredBatch,
    _ work: [Int64: PreparedTranscription],
    to path: String
  ) async throws -> [BatchRequest]? {
    let stream = try FileStream(path: path)
    var inline: [BatchRequest]? = isPlatform ? nil : []
    var digests: [Int64: String] = [:]
    var media = BatchMedia(transcriber, observe)
    for (index, asked) in try store.requests(in: batch.id).enumerated() {
      guard let body = asked.body, let prepared = work[asked.item] else {
        throw Self.incomplete(batch)
      }
      let payload = try await media.payload(of: prepared)
      var request = GenerateContentRequest(json: body).replacingPlaceholder(with: payload)
      let key = BatchedRequest.key(index)
      digests[asked.id] = RequestMatcher.digest(of: request)
      if isPlatform { request.labels.append((RequestMatcher.label, key)) }
      let sent = BatchRequest(key: key, request: request)
      try stream.append(Array((isPlatform ? sent.keylessLine : sent.line).utf8))
      if stream.count <= inlineLimit { inline?.append(sent) } else { inline = nil }
    }
    try store.note(sent: digests)
    try stream.finish()
    return inline
  }

  private static func incomplete(_ batch: StoredBatch) -> TranscriptionError {
    TranscriptionError(
      .storage,
      "The store does not know what the batch \(batch.run) asks.",
      remedy: "Submit its sources anew."
    )
  }

  /// Where the service finds the requests.
  private func input(
    of batch: StoredBatch,
    _ inline: [BatchRequest]?,
    path: String
  ) async throws -> GeminiRequests.BatchInput {
    if let inline { return .inline(inline) }
    if isPlatform {
      guard let place = batch.batch.storage else { throw Self.placeMissing }
      let storage = try StorageAddress(parsing: place)
      let requests = storage.appending("requests.jsonl")
      try await client.uploadObject(path, to: requests, mimeType: "application/jsonl")
      return .cloudStorage(
        uri: requests.description,
        output: storage.appending("answers").description
      )
    }
    let file = try await client.uploadFile(
      FileUpload(
        path: path,
        size: try LocalFile(path: path).size,
        mimeType: "application/jsonl",
        displayName: batch.displayName
      )
    )
    if file.state != .active { observe(.preparing) }
    return .file(try await client.waitUntilActive(file).name)
  }

  private static let placeMissing = TranscriptionError(
    .invalidSettings,
    "A batch on Agent Platform needs a place in Cloud Storage for its requests and answers.",
    remedy: "Name one with the setting storage, such as gs://bucket/folder."
  )
}

/// The media of a batch: each goes to the service once, small ones too, and for long enough.
private struct BatchMedia {
  private let transcriber: Transcriber
  private let observe: ProgressObserver
  private var kept: [String: Part.Payload] = [:]

  init(_ transcriber: Transcriber, _ observe: @escaping ProgressObserver) {
    (self.transcriber, self.observe) = (transcriber, observe)
  }

  mutating func payload(of prepared: PreparedTranscription) async throws -> Part.Payload {
    let (name, delivery) = try delivery(of: prepared)
    guard let name else { return try await transcriber.payload(of: delivery, observe) }
    if let known = kept[name] { return known }
    let payload = try await transcriber.payload(
      of: delivery,
      lasting: StoredBatch.promisedSeconds,
      observe
    )
    kept[name] = payload
    return payload
  }

  /// How the medium gets to the service; with a name when the service keeps it.
  private func delivery(
    of prepared: PreparedTranscription
  ) throws -> (name: String?, delivery: MediaDelivery) {
    switch prepared.delivery {
    case .nothing: return (nil, prepared.delivery)
    case .reference(let data):
      guard !data.fileUri.contains(Redaction.placeholder) else {
        throw TranscriptionError(
          .invalidSource,
          "\(data.fileUri) was signed, and its signature is not kept.",
          remedy: "Submit its sources anew, with a fresh address."
        )
      }
      return (nil, prepared.delivery)
    case .inlineObject: return (nil, prepared.delivery)
    case .uploaded(let name): return (name, prepared.delivery)
    case .upload(let upload): return (upload.path, prepared.delivery)
    case .inline(let file, let type):
      guard transcriber.client.configuration.backend == .aiStudio else {
        return (nil, prepared.delivery)
      }
      let title = file.path.split(separator: "/").last.map(String.init)
      let upload = FileUpload(
        path: file.path,
        size: file.size,
        mimeType: type,
        displayName: title
      )
      return (file.path, .upload(upload))
    }
  }
}
