internal import OrderedJSON

/// Builds the exact HTTP requests of the API; pure, so that they can be shown without being sent.
public struct GeminiRequests: Sendable {
  /// Whom the requests go to.
  public let configuration: GeminiConfiguration

  /// A builder of requests.
  public init(configuration: GeminiConfiguration) { self.configuration = configuration }

  /// Asks for an answer, in one piece or streamed.
  ///
  /// - Throws: ``GeminiError`` when the model's name is malformed.
  public func generateContent(
    _ request: GenerateContentRequest,
    model: String,
    isStreamed: Bool
  ) throws -> HTTPRequest {
    let name = try ModelName(model, backend: configuration.backend)
    let verb = isStreamed ? "streamGenerateContent?alt=sse" : "generateContent"
    var built = post("\(name.path):\(verb)", request.json)
    // Half the price means minutes of silence, up to a quarter of an hour.
    if request.serviceTier == .flex { built.limits.idle = .seconds(1800) }
    return built
  }

  /// Asks for the number of tokens of a prompt.
  ///
  /// With nothing but contents the short form is used, else the one that holds a whole request.
  ///
  /// - Throws: ``GeminiError`` when the model's name is malformed.
  public func countTokens(_ request: GenerateContentRequest, model: String) throws -> HTTPRequest {
    let name = try ModelName(model, backend: configuration.backend)
    return post("\(name.path):countTokens", countTokensBody(request, model: name))
  }

  private func countTokensBody(_ request: GenerateContentRequest, model: ModelName) -> JSONValue {
    let contents = GenerateContentRequest(contents: request.contents)
    if request == contents { return contents.json }
    guard configuration.backend == .aiStudio else {
      let allowed: Set = ["contents", "systemInstruction", "tools", "generationConfig"]
      return .object((request.json.object ?? [:]).removing { !allowed.contains($0) })
    }
    var whole: JSONObject = ["model": .string(model.path)]
    for (key, value) in request.json.object?.members ?? [] { whole[key] = value }
    return ["generateContentRequest": .object(whole)]
  }

  /// Asks what the service says about a model.
  ///
  /// - Throws: ``GeminiError`` when the model's name is malformed.
  public func model(_ name: String) throws -> HTTPRequest {
    let backend: GeminiConfiguration.Backend =
      if case .agentPlatform(_, let location) = configuration.backend {
        .agentPlatform(project: nil, location: location)
      } else {
        .aiStudio
      }
    return get(try ModelName(name, backend: backend).path)
  }

  /// Asks for a page of the models.
  public func models(pageSize: Int? = nil, pageToken: String? = nil) -> HTTPRequest {
    let path = configuration.backend == .aiStudio ? "models" : "publishers/google/models"
    return get(path, page(pageSize, pageToken))
  }

  // MARK: - Parts of requests

  /// The address of a path below the version.
  func url(_ path: String, _ query: [(String, String)] = []) -> String {
    let address = "\(configuration.baseURL)/\(configuration.apiVersion)/\(path)"
    guard !query.isEmpty else { return address }
    return address + (path.contains("?") ? "&" : "?") + PercentEncoding.query(query)
  }

  /// Paging items of a query.
  func page(_ size: Int?, _ token: String?) -> [(String, String)] {
    [("pageSize", size.map { String($0) }), ("pageToken", token)]
      .compactMap { name, value in value.map { (name, $0) } }
  }

  func get(_ path: String, _ query: [(String, String)] = []) -> HTTPRequest {
    HTTPRequest(method: "GET", url: url(path, query), headers: headers)
  }

  func delete(_ path: String) -> HTTPRequest {
    HTTPRequest(method: "DELETE", url: url(path), headers: headers)
  }

  func post(
    _ path: String,
    _ body: JSONValue?,
    method: String = "POST",
    query: [(String, String)] = []
  )
    -> HTTPRequest
  {
    var fields = headers
    if body != nil { fields["Content-Type"] = "application/json" }
    return HTTPRequest(
      method: method,
      url: url(path, query),
      headers: fields,
      body: body.map { .bytes($0.renderedBytes()) } ?? .none
    )
  }

  /// The headers of every request; where the proof of identity comes later, a placeholder.
  var headers: HTTPHeaders {
    var fields: HTTPHeaders = ["Accept": "*/*"]
    switch configuration.credentials {
    case .apiKey(let key): fields["x-goog-api-key"] = key.reveal()
    case .accessToken(let token): fields["Authorization"] = "Bearer \(token.reveal())"
    case .applicationDefault: fields["Authorization"] = "Bearer \(Redaction.placeholder)"
    case .none: fields["x-goog-api-key"] = Redaction.placeholder
    }
    if let project = configuration.quotaProject { fields["x-goog-user-project"] = project }
    return fields
  }
}
