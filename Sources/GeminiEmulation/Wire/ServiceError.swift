internal import LoopbackHTTP
internal import OrderedJSON

/// An error as the service words and wraps it.
struct ServiceError: Error {
  var code: Int
  var status: String
  var message: String
  var details: [JSONValue] = []

  /// The error object, the value of `error` in a body.
  var object: JSONValue {
    var object: JSONObject = [
      "code": JSONValue(code), "message": JSONValue(message), "status": JSONValue(status),
    ]
    if !details.isEmpty { object["details"] = .array(details) }
    return .object(object)
  }

  /// The whole body.
  var body: JSONValue { ["error": object] }

  /// The answer that carries the error.
  var reply: HTTPReply { .json(body, status: code, format: .pretty) }

  /// The answer in a list of one.
  var wrappedReply: HTTPReply { .json([body], status: code, format: .pretty) }

  static func invalid(_ message: String) -> ServiceError {
    ServiceError(code: 400, status: "INVALID_ARGUMENT", message: message)
  }

  static func notFound(_ message: String) -> ServiceError {
    ServiceError(code: 404, status: "NOT_FOUND", message: message)
  }

  static func denied(_ message: String) -> ServiceError {
    ServiceError(code: 403, status: "PERMISSION_DENIED", message: message)
  }

  static func precondition(_ message: String) -> ServiceError {
    ServiceError(code: 400, status: "FAILED_PRECONDITION", message: message)
  }

  /// Every fault of a request: one line each, and each as a field violation.
  static func badRequest(violations: [RequestReader.Violation]) -> ServiceError {
    var error = invalid(violations.map(\.description).joined(separator: "\n"))
    error.details = [
      [
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": .array(
          violations.map { violation in
            var object: JSONObject = ["description": JSONValue(violation.description)]
            if !violation.field.isEmpty { object["field"] = JSONValue(violation.field) }
            return .object(object)
          }
        ),
      ]
    ]
    return error
  }

  /// The answer to a key the service does not know; recorded wording.
  static let invalidKey = ServiceError(
    code: 400,
    status: "INVALID_ARGUMENT",
    message: "API key not valid. Please pass a valid API key.",
    details: [
      [
        "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID",
        "domain": "googleapis.com",
        "metadata": ["service": "generativelanguage.googleapis.com"],
      ],
      [
        "@type": "type.googleapis.com/google.rpc.LocalizedMessage", "locale": "en-US",
        "message": "API key not valid. Please pass a valid API key.",
      ],
    ]
  )

  static let missingKey = denied(
    "Method doesn't allow unregistered callers (callers without established identity). "
      + "Please use API Key or other form of API consumer identity to call this API."
  )
}

extension HTTPReply {
  /// A JSON answer.
  static func json(
    _ value: JSONValue,
    status: Int = 200,
    format: JSONValue.Format = .compact
  )
    -> HTTPReply
  {
    HTTPReply(
      status: status,
      headers: ["Content-Type": "application/json; charset=UTF-8"],
      body: .bytes(value.renderedBytes(format))
    )
  }
}
