internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Counts the tokens of contents, or of a whole request.
  func countTokens(
    _ call: inout Call,
    _ route: Route,
    _ model: EmulatedModel,
    _ id: String
  ) async throws(ServiceError) -> HTTPReply {
    let body = try call.message("CountTokensRequest", route.backend)
    let digest = digest(model.id, call.request.body)
    let fault = faults.fault(for: .count, model: model.id, key: digest)
    call.record.fault = fault?.kind.rawValue
    if let reply = fault?.replyInstead(model: model.id) { return reply }
    let inner = try Self.generation(in: body, route)
    let request = try await reader(route, model, id, of: inner).read(inner, digest: digest)
    let tokens = request.promptTokens
    var object: JSONObject = ["totalTokens": JSONValue(tokens.total)]
    switch route.backend {
    case .aiStudio:
      if let cache = request.cache {
        object["cachedContentTokenCount"] = JSONValue(cache.tokens.total)
        object["cacheTokensDetails"] = cache.tokens.details
      }
    case .agentPlatform:
      let characters = request.promptText.unicodeScalars.filter { !$0.properties.isWhitespace }
        .count
      if characters > 0 { object["totalBillableCharacters"] = JSONValue(characters) }
    }
    object["promptTokensDetails"] = tokens.details
    return .json(.object(object))
  }

  /// The generation a count is about: in full, or its contents alone.
  private static func generation(
    in body: JSONObject,
    _ route: Route
  ) throws(ServiceError)
    -> JSONObject
  {
    guard let inner = body["generateContentRequest"]?.object else { return body }
    guard body["contents"] == nil else {
      throw .invalid("Only one of contents and generate_content_request may be set.")
    }
    guard inner["model"]?.string?.isEmpty == false else {
      throw .invalid(
        "* CountTokensRequest.generate_content_request.model: model is not specified\n"
      )
    }
    return inner
  }
}
