public import OrderedJSON

/// Many requests answered together within a day, at half the price.
public struct Batch: Hashable, Sendable {
  /// How far a batch is.
  public struct State: WireName {
    /// The value as the wire spells it.
    public let rawValue: String

    /// The value spelled so on the wire; documents and services disagree on what stands in front.
    public init(rawValue: String) {
      let prefix = "JOB_STATE_"
      self.rawValue =
        rawValue.hasPrefix(prefix) ? "BATCH_STATE_\(rawValue.dropFirst(prefix.count))" : rawValue
    }

    /// Waiting.
    public static let pending = Self(rawValue: "BATCH_STATE_PENDING")
    /// Being answered.
    public static let running = Self(rawValue: "BATCH_STATE_RUNNING")
    /// Answered, single requests may still have failed.
    public static let succeeded = Self(rawValue: "BATCH_STATE_SUCCEEDED")
    /// Answered in part.
    public static let partiallySucceeded = Self(rawValue: "BATCH_STATE_PARTIALLY_SUCCEEDED")
    /// Not answered.
    public static let failed = Self(rawValue: "BATCH_STATE_FAILED")
    /// Stopped on request.
    public static let cancelled = Self(rawValue: "BATCH_STATE_CANCELLED")
    /// Not answered within two days.
    public static let expired = Self(rawValue: "BATCH_STATE_EXPIRED")

    /// Whether nothing more will happen.
    public var isFinal: Bool {
      [.succeeded, .partiallySucceeded, .failed, .cancelled, .expired].contains(self)
    }
  }

  /// Where the answers are.
  public enum Output: Hashable, Sendable {
    /// Nowhere yet.
    case none
    /// In the batch itself, in the order of the requests.
    case inline([BatchAnswer])
    /// In a file of the service, one line each.
    case file(String)
    /// In a folder of Cloud Storage.
    case folder(String)
  }

  /// `batches/` and an id; on Agent Platform the full name of a batch prediction job.
  public var name: String
  /// The model.
  public var model: String?
  /// A name for people.
  public var displayName: String?
  /// How far it is; `nil` when the service did not say.
  public var state: State?
  /// When it was made (RFC 3339).
  public var createTime: String?
  /// When it ended (RFC 3339).
  public var endTime: String?
  /// Requests in all.
  public var requestCount: Int?
  /// Requests that were answered.
  public var successfulCount: Int
  /// Requests that failed.
  public var failedCount: Int
  /// Where the answers are.
  public var output: Output
  /// Why it failed as a whole.
  public var failure: String?

  /// Reads an operation of the Gemini API or a batch prediction job of Agent Platform; `nil` when
  /// it has no name.
  public init?(json: JSONValue) {
    guard let wire = WireObject(json), let name = wire.string("name") else { return nil }
    let metadata = wire.object("metadata") ?? wire
    self.name = name
    model = metadata.string("model")
    displayName = metadata.string("displayName")
    state = Self.state(metadata, wire)
    createTime = metadata.string("createTime")
    endTime = metadata.string("endTime")
    let stats = metadata.object("batchStats") ?? metadata.object("completionStats")
    successfulCount = stats?.int("successfulRequestCount") ?? stats?.int("successfulCount") ?? 0
    failedCount = stats?.int("failedRequestCount") ?? stats?.int("failedCount") ?? 0
    requestCount = stats?.int("requestCount")
    output = Self.output(metadata, wire)
    failure = Self.failure(wire["error"] ?? metadata["error"])
  }

  /// An operation that is done without a last word on its state has failed when it tells an error.
  private static func state(_ metadata: WireObject, _ operation: WireObject) -> State? {
    let stated = metadata.string("state").map(State.init(rawValue:))
    let hasFailed = operation.object("error") != nil
    guard stated?.isFinal != true, operation["done"]?.bool == true || hasFailed else {
      return stated
    }
    return hasFailed ? .failed : .succeeded
  }

  /// What an error says, with the name of its kind; its code is one of operations, not of HTTP.
  private static func failure(_ error: JSONValue?) -> String? {
    guard let error, let failure = GeminiError(inBody: ["error": error]) else { return nil }
    return failure.status.map { "\(failure.message) (\($0))" } ?? failure.message
  }

  /// The answers stand in the metadata, and for batches that succeeded in the response as well.
  private static func output(_ metadata: WireObject, _ operation: WireObject) -> Output {
    for holder in [metadata.object("output"), operation.object("response")] {
      if let file = holder?.string("responsesFile") { return .file(file) }
      if let answers = holder?.object("inlinedResponses")?["inlinedResponses"]?.array {
        return .inline(answers.map { BatchAnswer(json: $0) })
      }
    }
    let folder = metadata.object("outputInfo")?.string("gcsOutputDirectory")
    return folder.map { .folder($0) } ?? .none
  }
}
