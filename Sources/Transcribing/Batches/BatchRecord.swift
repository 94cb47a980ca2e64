public import GeminiAPI
internal import OrderedJSON
public import RequestPlanning
internal import TranscriptModel

/// A batch of transcriptions and how far it is: everything that is needed to go on with it from
/// another terminal or machine.
public struct BatchRecord: Sendable {
  /// How far it is.
  public enum Stage: String, Sendable {
    /// It is only known here.
    case noted
    /// Media and requests are at the service, or on their way.
    case sending
    /// The service was asked to make the batch; whether it has is not known.
    case creating
    /// The service works on it.
    case submitted
    /// The answers are on this disk.
    case fetched
  }

  /// One transcription of it.
  public struct Item: Sendable {
    /// What became of it.
    public enum Outcome: Hashable, Sendable {
      /// Nothing yet.
      case waiting
      /// It was answered.
      case answered
      /// It was not, and why.
      case failed(String)
    }

    /// Names its answer within the batch.
    public let key: String
    /// The transcription.
    public let prepared: PreparedTranscription
    let snapshot: PromptSnapshot
    /// What it was expected to cost as part of the batch; `nil` when that was not known.
    let estimate: CostRange?
    /// What became of it.
    public var outcome = Outcome.waiting

    /// A transcription of a batch.
    init(
      key: String,
      prepared: PreparedTranscription,
      snapshot: PromptSnapshot,
      estimate: CostRange?
    ) {
      self.key = key
      self.prepared = prepared
      self.snapshot = snapshot
      self.estimate = estimate
    }
  }

  /// A local file that the service keeps.
  struct KeptMedia: Hashable {
    let uri: String
    let mimeType: String?
    /// When the service forgets it, in seconds since 1970.
    let expiration: Int
  }

  /// Our own name for it.
  public let id: String
  /// The program and its version.
  let tool: String
  /// Whose batch it is.
  public let account: String
  /// Which service it is for.
  public let backend: GeminiConfiguration.Backend
  /// The model.
  public let model: String
  /// The place in Cloud Storage for requests and answers, on Agent Platform.
  public let storage: StorageAddress?
  /// The batch whose failures this one asks again.
  public let retryOf: String?
  /// What it costs online and as a batch; `nil` when not known.
  public let cost: CostEstimate?
  /// The transcriptions.
  public internal(set) var items: [Item]
  /// How far it is.
  public internal(set) var stage = Stage.noted
  /// When the service took it, in seconds since 1970.
  public internal(set) var submitted: Int?
  /// The service's name for it.
  public internal(set) var name: String?
  /// What the service said last.
  public internal(set) var state: Batch.State?
  /// Why it failed as a whole.
  public internal(set) var failure: String?
  var media: [String: KeptMedia] = [:]

  /// The name people see at the service, by which a batch is found again.
  var displayName: String { "tabscribe \(id)" }

  /// Seconds within which the service means to answer.
  ///
  /// - Source: the Gemini API guide on batches, 2026-08; what is older than twice that expires.
  static let promisedSeconds = 24 * 3600

  /// When the answers are due, in seconds since 1970; `nil` before it is submitted.
  public var deadline: Int? { submitted.map { $0 + Self.promisedSeconds } }

  /// Whether nothing more will come of it.
  public var isFinal: Bool { stage == .fetched || state?.isFinal == true }

  /// The transcriptions without an answer.
  public var missing: [Item] { items.filter { $0.outcome != .answered } }

  /// Whether the batch as a whole came to nothing.
  public var hasFailed: Bool {
    [.failed, .expired, .cancelled].contains(state)
  }

  /// The record as a machine needs it that does not have the answers yet.
  public var withoutAnswers: BatchRecord {
    guard stage == .fetched else { return self }
    var record = self
    record.stage = .submitted
    for index in record.items.indices { record.items[index].outcome = .waiting }
    return record
  }
}

extension Transcriber {
  /// A batch of prepared transcriptions, which has to be submitted.
  ///
  /// - Parameters:
  ///   - jobs: The transcriptions, all for one model, each with the prompt it was prepared with.
  ///   - storage: The place in Cloud Storage for requests and answers; needed on Agent Platform.
  ///   - cost: What they cost online and as a batch, when known.
  public func batch(
    of jobs: [(prepared: PreparedTranscription, snapshot: PromptSnapshot)],
    storage: StorageAddress? = nil,
    cost: CostEstimate?
  ) -> BatchRecord {
    let id = RunIdentifier.make(now())
    let items = jobs.enumerated().map { index, job in
      BatchRecord.Item(
        key: Self.key(index),
        prepared: job.prepared,
        snapshot: job.snapshot,
        estimate: batchEstimate(of: job.prepared)
      )
    }
    return BatchRecord(
      id: id,
      tool: tool,
      account: client.account,
      backend: client.configuration.backend,
      model: jobs.first?.prepared.model ?? "",
      storage: storage?.appending(id),
      retryOf: nil,
      cost: cost,
      items: items
    )
  }

  /// A batch of what another one left unanswered.
  ///
  /// - Parameters:
  ///   - record: The batch; what the service still keeps of its media is used again.
  ///   - cost: What the rest costs, when known.
  public func retry(of record: BatchRecord, cost: CostEstimate?) -> BatchRecord {
    let id = RunIdentifier.make(now())
    let items = record.missing.enumerated().map { index, item in
      BatchRecord.Item(
        key: Self.key(index),
        prepared: item.prepared,
        snapshot: item.snapshot,
        estimate: batchEstimate(of: item.prepared)
      )
    }
    var retry = BatchRecord(
      id: id,
      tool: tool,
      account: client.account,
      backend: client.configuration.backend,
      model: record.model,
      storage: record.storage?.sibling(id),
      retryOf: record.id,
      cost: cost,
      items: items
    )
    retry.media = record.media
    return retry
  }

  /// The money to expect of one request of a batch.
  private func batchEstimate(of prepared: PreparedTranscription) -> CostRange? {
    let quote = batchQuote(of: prepared, on: day)
    return prepared.planRequest.shape.flatMap(quote.tokens).flatMap { quote.cost(of: $0) }?.uncached
  }

  private static func key(_ index: Int) -> String {
    let digits = String(index + 1)
    return "r" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }
}

extension StorageAddress {
  /// An address beside this one.
  fileprivate func sibling(_ name: String) -> StorageAddress? {
    let folder = description.split(separator: "/").dropLast().dropFirst().joined(separator: "/")
    return try? StorageAddress(parsing: "gs://\(folder)").appending(name)
  }
}
