internal import OrderedJSON

extension GeminiRequests {
  /// Begins an interaction.
  ///
  /// - Throws: ``GeminiError`` when the model's name is malformed.
  public func createInteraction(
    _ request: InteractionRequest,
    model: String,
    isStreamed: Bool
  ) throws -> HTTPRequest {
    // The model is named by its id alone here, on both backends.
    let path = try ModelName(model, backend: .aiStudio).path
    let id = path.hasPrefix("models/") ? String(path.dropFirst(7)) : path
    return post(try projectPath("interactions"), request.json(model: id, isStreamed: isStreamed))
  }

  /// Asks about an interaction.
  ///
  /// - Throws: ``GeminiError`` when the id is malformed.
  public func interaction(_ id: String) throws -> HTTPRequest {
    get(try projectResource(id, in: "interactions"))
  }

  /// Stops an interaction.
  ///
  /// - Throws: ``GeminiError`` when the id is malformed.
  public func cancelInteraction(_ id: String) throws -> HTTPRequest {
    post(try projectResource(id, in: "interactions") + "/cancel", nil)
  }

  /// Removes an interaction.
  ///
  /// - Throws: ``GeminiError`` when the id is malformed.
  public func deleteInteraction(_ id: String) throws -> HTTPRequest {
    delete(try projectResource(id, in: "interactions"))
  }
}
