internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  func listModels(_ call: Call, _ route: Route) throws(ServiceError) -> HTTPReply {
    let models = EmulatedModel.all
    let page = try Page(call.head, count: models.count, standard: 50, maximum: 1000)
    let name = route.backend == .aiStudio ? "models" : "publisherModels"
    return .json(page.json(name, models[page.range].map { $0.json(route.backend, name: $0.id) }))
  }

  func getModel(_ id: String, _ route: Route) throws(ServiceError) -> HTTPReply {
    guard let model = EmulatedModel.named(id, version: route.version) else {
      throw .notFound(
        "models/\(id) is not found for API version \(route.version), or is not supported for "
          + "generateContent. Call ModelService.ListModels to see the list of available models and "
          + "their supported methods."
      )
    }
    return .json(model.json(route.backend, name: id))
  }
}

extension EmulatedModel {
  /// The model as the backend describes it.
  func json(_ backend: Backend, name: String) -> JSONValue {
    guard backend == .aiStudio else {
      return [
        "name": JSONValue("publishers/google/models/\(name)"), "versionId": "default",
        "launchStage": id.hasSuffix("preview") ? "PUBLIC_PREVIEW" : "GA",
      ]
    }
    let methods = ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"]
    return [
      "name": JSONValue("models/\(name)"), "version": "001", "displayName": JSONValue(displayName),
      "description": JSONValue("\(displayName), as the emulator plays it"),
      "inputTokenLimit": JSONValue(inputLimit), "outputTokenLimit": JSONValue(outputLimit),
      "supportedGenerationMethods": .array(methods.map { JSONValue($0) }), "temperature": 1,
      "topP": 0.95, "topK": 64, "maxTemperature": 2, "thinking": true,
    ]
  }
}
