internal import OrderedJSON
internal import PlainText

/// One recorded exchange as a readable document, secrets removed.
struct Cassette: Sendable {
  /// What came back.
  enum Outcome: Sendable {
    case response(status: Int, headers: HTTPHeaders, body: [UInt8], isComplete: Bool)
    case failure(TransportError)
  }

  /// The request as one may show it.
  let request: JSONValue
  let outcome: Outcome

  init(request: JSONValue, outcome: Outcome) {
    self.request = request
    self.outcome = outcome
  }

  /// Reads a cassette; `nil` when the document is none.
  init?(json: JSONValue) {
    guard let request = json["request"] else { return nil }
    self.request = request
    if let failure = json["failure"], let code = failure["code"]?.string {
      outcome = .failure(TransportError(.init(named: code), failure["message"]?.string ?? ""))
      return
    }
    guard let response = json["response"], let status = response["status"]?.int else { return nil }
    var headers = HTTPHeaders()
    for (name, value) in response["headers"]?.object?.members ?? [] {
      headers.append(name, value.string ?? "")
    }
    let body =
      response["base64"]?.string.flatMap(Base64.decoded)
      ?? Array((response["body"]?.string ?? "").utf8)
    outcome = .response(
      status: status,
      headers: headers,
      body: body,
      isComplete: response["isComplete"]?.bool ?? true
    )
  }

  var json: JSONValue {
    switch outcome {
    case .failure(let error):
      return [
        "request": request,
        "failure": ["code": .string("\(error.code)"), "message": .string(error.message)],
      ]
    case .response(let status, let headers, let body, let isComplete):
      let fields = headers.redacted.fields.map { ($0.name, JSONValue($0.value)) }
      var response: JSONObject = [
        "status": JSONValue(status), "headers": .object(JSONObject(fields)),
      ]
      Self.store(body, of: status, in: &response)
      if !isComplete { response["isComplete"] = false }
      return ["request": request, "response": .object(response)]
    }
  }

  /// The members that hold a model's words, which a replay has to give as they were.
  private static let words: Set<String> = ["text"]

  /// Text stays text, so that a person can read it; a token in a JSON body is replaced.
  ///
  /// A stream of events is a model's words from end to end: it stays, but for what is known.
  private static func store(_ body: [UInt8], of status: Int, in response: inout JSONObject) {
    guard let text = String(validating: body, as: UTF8.self) else {
      response["base64"] = .string(Base64.encoded(body))
      return
    }
    if let value = try? JSONValue(parsing: body) {
      let shown = Redaction.json(value, sparing: words)
      response["body"] = .string(shown == value ? text : shown.rendered())
    } else {
      response["body"] = .string((200..<300).contains(status) ? text : Redaction.text(text))
    }
  }
}

extension TransportError.Code {
  /// The kind of a name that `description` has given.
  init(named name: String) {
    let known: [Self] = [
      .invalidAddress, .hostNotFound, .cannotConnect, .untrustedHost, .timedOut, .connectionLost,
      .responseTooLarge, .unreadableBody, .notRecorded,
    ]
    self = known.first { $0.description == name } ?? .other
  }
}
