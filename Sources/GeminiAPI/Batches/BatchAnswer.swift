public import OrderedJSON

/// What became of one request of a batch.
public struct BatchAnswer: Hashable, Sendable {
  /// The key the request was given; answers may come in any order.
  public var key: String?
  /// The answer, when there is one.
  public var response: GenerateContentResponse?
  /// Why there is none.
  public var error: GeminiError?
  /// The request, where the service repeats it in place of a key.
  public var request: JSONValue?

  /// The answer as it came.
  public let json: JSONValue

  /// Reads an answer within a batch, or a line of an answer file.
  public init(json: JSONValue) {
    self.json = json
    let wire = WireObject(json) ?? WireObject(JSONObject())
    key = wire.string("key") ?? wire.object("metadata")?.string("key")
    response = wire["response"].map(GenerateContentResponse.init(json:))
    error = Self.error(wire)
    request = wire["request"]
  }

  /// Agent Platform writes the failure of a request as text into `status`.
  private static func error(_ wire: WireObject) -> GeminiError? {
    if let error = wire["error"] { return GeminiError(inBody: ["error": error]) }
    guard wire["response"] == nil, let status = wire.string("status"), !status.isEmpty else {
      return nil
    }
    return GeminiError(.invalidRequest, status)
  }
}

/// One request of a batch.
public struct BatchRequest: Hashable, Sendable {
  /// Names the answer; has to differ from all others of the batch.
  public var key: String
  /// The request.
  public var request: GenerateContentRequest

  /// One request of a batch.
  public init(key: String, request: GenerateContentRequest) {
    self.key = key
    self.request = request
  }

  /// The request as a line of an input file of the Gemini API.
  public var line: String {
    JSONValue.object(["key": .string(key), "request": request.json]).rendered() + "\n"
  }

  /// The request as a line of an input file of Agent Platform, which has no keys.
  public var keylessLine: String {
    JSONValue.object(["request": request.json]).rendered() + "\n"
  }

  var json: JSONValue { ["request": request.json, "metadata": ["key": .string(key)]] }
}
