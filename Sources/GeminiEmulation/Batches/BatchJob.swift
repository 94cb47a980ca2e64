internal import OrderedJSON

/// Many generations in one order, on either backend.
struct BatchJob: Sendable {
  enum State: String, Sendable {
    case pending = "PENDING"
    case running = "RUNNING"
    case succeeded = "SUCCEEDED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"

    var isOver: Bool { self != .pending && self != .running }
  }

  /// One generation of it.
  struct Item: Sendable {
    /// What the client knows it by: `metadata` inline, `key` in a file, nothing on the Agent Platform.
    let label: JSONValue?
    let request: JSONValue
  }

  /// Where the orders came from, and so where the answers go.
  enum Form: Sendable {
    case inline
    case file
    /// Objects of Cloud Storage, played by a folder.
    case storage(inputConfig: JSONValue, outputConfig: JSONValue, prefix: String)
  }

  let id: String
  let route: Route
  let modelName: String
  let displayName: String
  let created: Double
  let items: [Item]
  let form: Form
  var state = State.pending
  var ended: Double?
  /// How many more times it is reported as unfinished.
  var pollsLeft: Int
  /// The answers: `{response}` or `{error}`, in order.
  var results: [JSONObject] = []
  /// What the answers were written to: a file's name, or a folder's address.
  var output: String?
  /// Why all of it failed.
  var fault: ServiceError?
  /// Whether the answers leave out what they answer.
  var hidesLabels = false

  /// The job as it is when the service has an error of its own over it.
  func failed(at moment: Double) -> BatchJob {
    var job = self
    (job.state, job.ended) = (.failed, moment)
    job.fault = ServiceError(
      code: 500,
      status: "INTERNAL",
      message: "Internal error encountered."
    )
    return job
  }

  var failedCount: Int { results.filter { $0["error"] != nil }.count }
}

extension BatchJob {
  /// The job as AI Studio describes it: an operation.
  func operation(withResults: Bool) -> JSONValue {
    var object: JSONObject = ["name": JSONValue("batches/\(id)")]
    object["metadata"] = .object(metadata(withResults: withResults))
    guard state.isOver else { return .object(object) }
    object["done"] = true
    if let fault { object["error"] = fault.statusObject }
    if state == .succeeded {
      var response: JSONObject = [
        "@type": JSONValue(Self.typePrefix + "GenerateContentBatchOutput")
      ]
      for (key, value) in outputMembers(withResults: withResults) { response[key] = value }
      object["response"] = .object(response)
    }
    return .object(object)
  }

  private static let typePrefix = "type.googleapis.com/google.ai.generativelanguage.v1main."

  private func metadata(withResults: Bool) -> JSONObject {
    var object: JSONObject = [
      "@type": JSONValue(Self.typePrefix + "GenerateContentBatch"),
      "model": JSONValue("models/\(modelName)"), "displayName": JSONValue(displayName),
      "createTime": JSONValue(Timestamp.rendered(created)),
      "updateTime": JSONValue(Timestamp.rendered(ended ?? created)),
    ]
    object["endTime"] = ended.map { JSONValue(Timestamp.rendered($0)) }
    object["batchStats"] = stats
    object["state"] = JSONValue("BATCH_STATE_\(state.rawValue)")
    object["name"] = JSONValue("batches/\(id)")
    if state == .succeeded {
      object["output"] = .object(JSONObject(outputMembers(withResults: withResults)))
    }
    return object
  }

  private func outputMembers(withResults: Bool) -> [(String, JSONValue)] {
    if let output { return [("responsesFile", JSONValue(output))] }
    guard withResults else { return [] }
    let responses = zip(items, results).map { item, result -> JSONValue in
      var object = JSONObject()
      if !hidesLabels { object["metadata"] = item.label }
      for (key, value) in result.members { object[key] = value }
      return .object(object)
    }
    return [("inlinedResponses", ["inlinedResponses": .array(responses)])]
  }

  /// Counts as strings; zero ones are left out.
  private var stats: JSONValue {
    let failed = failedCount
    let counts = [
      ("requestCount", items.count), ("pendingRequestCount", state.isOver ? 0 : items.count),
      ("successfulRequestCount", results.count - failed), ("failedRequestCount", failed),
    ]
    return .object(
      JSONObject(counts.filter { $0.1 > 0 }.map { ($0.0, JSONValue(String($0.1))) })
    )
  }
}

extension BatchJob {
  /// The job as the Agent Platform describes it.
  var predictionJob: JSONValue {
    guard case .storage(let input, let outputConfig, _) = form else { return .null }
    var object: JSONObject = [
      "name": JSONValue("\(route.scope ?? "")/batchPredictionJobs/\(id)"),
      "displayName": JSONValue(displayName),
      "model": JSONValue("publishers/google/models/\(modelName)"), "inputConfig": input,
      "outputConfig": outputConfig, "state": JSONValue("JOB_STATE_\(state.rawValue)"),
      "createTime": JSONValue(Timestamp.rendered(created)),
      "updateTime": JSONValue(Timestamp.rendered(ended ?? created)),
    ]
    if state != .pending { object["startTime"] = JSONValue(Timestamp.rendered(created)) }
    object["endTime"] = ended.map { JSONValue(Timestamp.rendered($0)) }
    object["error"] = fault?.statusObject
    if let output { object["outputInfo"] = ["gcsOutputDirectory": JSONValue(output)] }
    if state == .succeeded {
      let failed = failedCount
      var stats: JSONObject = ["successfulCount": JSONValue(String(results.count - failed))]
      if failed > 0 { stats["failedCount"] = JSONValue(String(failed)) }
      object["completionStats"] = .object(stats)
    }
    return .object(object)
  }
}

extension ServiceError {
  private static let numbers = [
    "CANCELLED": 1, "INVALID_ARGUMENT": 3, "NOT_FOUND": 5, "ALREADY_EXISTS": 6,
    "PERMISSION_DENIED": 7, "RESOURCE_EXHAUSTED": 8, "FAILED_PRECONDITION": 9, "INTERNAL": 13,
    "UNAVAILABLE": 14, "UNAUTHENTICATED": 16,
  ]

  /// The error as a status inside an answer, with the number of its kind.
  var statusObject: JSONValue {
    ["code": JSONValue(Self.numbers[status] ?? 2), "message": JSONValue(message)]
  }
}
