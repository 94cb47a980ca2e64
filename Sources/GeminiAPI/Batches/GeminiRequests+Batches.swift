internal import OrderedJSON

extension GeminiRequests {
  /// Where the requests of a batch are.
  public enum BatchInput: Hashable, Sendable {
    /// Within the request that makes the batch; below 20 MB in all.
    case inline([BatchRequest])
    /// In a file of the service, one line each.
    case file(String)
    /// In Cloud Storage, and the folder the answers go to; Agent Platform only.
    case cloudStorage(uri: String, output: String)
  }

  /// Makes a batch.
  ///
  /// - Throws: ``GeminiError`` when the backend does not take the kind of input.
  public func createBatch(
    _ input: BatchInput,
    model: String,
    displayName: String? = nil
  ) throws -> HTTPRequest {
    let name = try ModelName(model, backend: configuration.backend)
    switch (input, configuration.backend) {
    case (.inline(let requests), .aiStudio):
      // The list of requests is a message of its own around a field of the same name.
      let list: JSONValue = ["requests": .array(requests.map(\.json))]
      return createBatch(["requests": list], name, displayName)
    case (.file(let file), .aiStudio):
      return createBatch(["fileName": .string(file)], name, displayName)
    case (.cloudStorage(let uri, let output), .agentPlatform):
      return try createJob(uri, output, try publisherModel(model), displayName)
    default:
      throw GeminiError(
        .invalidConfiguration,
        "the backend does not take batches from there",
        remedy: configuration.backend == .aiStudio
          ? "send the requests along or upload them" : "put the requests into Cloud Storage"
      )
    }
  }

  private func createBatch(
    _ input: JSONValue,
    _ model: ModelName,
    _ displayName: String?
  )
    -> HTTPRequest
  {
    var batch: JSONObject = ["inputConfig": input]
    batch["displayName"] = displayName.map { .string($0) }
    return post("\(model.path):batchGenerateContent", ["batch": .object(batch)])
  }

  /// Jobs name the model without project and location.
  private func publisherModel(_ model: String) throws -> String {
    try ModelName(model, backend: .agentPlatform(project: nil, location: "global")).path
  }

  private func createJob(
    _ uri: String,
    _ output: String,
    _ model: String,
    _ displayName: String?
  ) throws -> HTTPRequest {
    var job: JSONObject = ["model": .string(model)]
    job["displayName"] = .string(displayName ?? "tabscribe")
    job["inputConfig"] = ["instancesFormat": "jsonl", "gcsSource": ["uris": [.string(uri)]]]
    job["outputConfig"] = [
      "predictionsFormat": "jsonl", "gcsDestination": ["outputUriPrefix": .string(output)],
    ]
    return post(try projectPath("batchPredictionJobs"), .object(job))
  }

  private var batchCollection: String {
    configuration.backend == .aiStudio ? "batches" : "batchPredictionJobs"
  }

  /// Asks about a batch.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func batch(_ name: String) throws -> HTTPRequest {
    get(try projectResource(name, in: batchCollection))
  }

  /// Asks for a page of the batches.
  ///
  /// - Throws: ``GeminiError`` without a project on Agent Platform.
  public func batches(pageSize: Int? = nil, pageToken: String? = nil) throws -> HTTPRequest {
    get(try projectPath(batchCollection), page(pageSize, pageToken))
  }

  /// Stops a batch; what is answered already stays and is billed.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func cancelBatch(_ name: String) throws -> HTTPRequest {
    post(try projectResource(name, in: batchCollection) + ":cancel", nil)
  }

  /// Removes the record of a batch.
  ///
  /// - Throws: ``GeminiError`` when the name is malformed.
  public func deleteBatch(_ name: String) throws -> HTTPRequest {
    delete(try projectResource(name, in: batchCollection))
  }
}
