internal import OrderedJSON

extension GeminiClient {
  /// Makes a batch.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func createBatch(
    _ input: GeminiRequests.BatchInput,
    model: String,
    displayName: String? = nil,
    options: CallOptions = CallOptions()
  ) async throws -> Batch {
    let request = try requests.createBatch(input, model: model, displayName: displayName)
    return try await batch(request, options)
  }

  /// Asks about a batch; a finished one holds its answers, or says where they are.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func batch(_ name: String, options: CallOptions = CallOptions()) async throws -> Batch {
    try await batch(try requests.batch(name), options)
  }

  /// Asks for a page of the batches, without their answers.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func batches(
    pageSize: Int? = nil,
    pageToken: String? = nil,
    options: CallOptions = CallOptions()
  ) async throws -> Page<Batch> {
    let request = try requests.batches(pageSize: pageSize, pageToken: pageToken)
    let value = try await json(request, options)
    let listed = value["operations"] ?? value["batchPredictionJobs"]
    return Page(
      elements: listed?.array?.compactMap(Batch.init(json:)) ?? [],
      nextPageToken: Self.pageToken(value)
    )
  }

  /// Stops a batch; what is answered already stays and is billed.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func cancelBatch(_ name: String, options: CallOptions = CallOptions()) async throws {
    _ = try await json(try requests.cancelBatch(name), options)
  }

  /// Removes the record of a batch.
  ///
  /// - Throws: ``GeminiError``; `CancellationError`.
  public func deleteBatch(_ name: String, options: CallOptions = CallOptions()) async throws {
    _ = try await json(try requests.deleteBatch(name), options)
  }

  private func batch(_ request: HTTPRequest, _ options: CallOptions) async throws -> Batch {
    guard let batch = Batch(json: try await json(request, options)) else {
      throw Self.nameless("batch")
    }
    return batch
  }
}
