public import OrderedJSON

extension GeminiError {
  /// Reads the error a response carries; also when its body is no JSON, as from a proxy.
  ///
  /// - Parameters:
  ///   - httpStatus: The status of the response.
  ///   - headers: Read for `Retry-After`.
  ///   - body: The body, as far as it came.
  ///   - request: What was asked.
  public init(httpStatus: Int, headers: HTTPHeaders, body: [UInt8], request: String? = nil) {
    if let value = try? JSONValue(parsing: body), let details = ErrorDetails(value) {
      self.init(details, httpStatus: httpStatus, request: request)
    } else {
      self.init(
        Self.code(httpStatus: httpStatus, details: nil),
        "the service answered without a readable error: \(Self.excerpt(of: body))",
        httpStatus: httpStatus,
        request: request
      )
    }
    if retryDelay == nil {
      retryDelay = headers["Retry-After"].flatMap { Double($0) }.flatMap(Duration.init(waiting:))
    }
  }

  /// Reads the error of a document that came with status 200, as in the middle of a stream.
  ///
  /// `nil` when the document holds no error.
  public init?(inBody value: JSONValue, request: String? = nil) {
    let value = value[0] ?? value
    guard value["error"]?.object != nil, let details = ErrorDetails(value) else { return nil }
    self.init(details, httpStatus: nil, request: request)
  }

  private init(_ details: ErrorDetails, httpStatus: Int?, request: String?) {
    let number = httpStatus ?? details.code ?? 0
    self.init(
      Self.code(httpStatus: number, details: details),
      details.message.isEmpty ? "the service gave no reason" : details.message,
      httpStatus: httpStatus ?? details.code,
      status: details.status,
      request: request
    )
    reason = details.reason
    retryDelay = details.retryDelay
    quotaIds = details.quotaIds
    remedy = Self.remedy(code, details)
  }

  private static func code(httpStatus: Int, details: ErrorDetails?) -> Code {
    switch httpStatus {
    case 400 where details?.reason == "API_KEY_INVALID": .invalidCredentials
    case 401: .invalidCredentials
    case 403: .permissionDenied
    case 404: .notFound
    case 408, 500, 502, 503, 504: .unavailable
    case 429: .quotaExceeded
    case 499: .cancelledByService
    default: .invalidRequest
    }
  }

  private static func remedy(_ code: Code, _ details: ErrorDetails) -> String? {
    switch code {
    case .invalidCredentials:
      "check the key in GOOGLE_API_KEY or GEMINI_API_KEY; https://aistudio.google.com/apikey makes one"
    case .permissionDenied where details.reason == "SERVICE_DISABLED":
      "enable the API for the project in the Google Cloud console"
    case .notFound where details.message.contains("is not found for API version"):
      "check the model's name against the service's list of models"
    case .quotaExceeded where details.quotaIds.contains { $0.contains("PerDay") }:
      "the quota of the day is used up; it is renewed at midnight Pacific time"
    default: nil
    }
  }

  /// The beginning of a body that is no JSON, tags and line breaks left out.
  private static func excerpt(of body: [UInt8]) -> String {
    var text = ""
    var isInTag = false
    for character in String(decoding: body.prefix(4096), as: UTF8.self) where text.count < 200 {
      if character == "<" { isInTag = true }
      if !isInTag { text.append(character.isWhitespace ? " " : character) }
      if character == ">" { isInTag = false }
    }
    let words = text.split(separator: " ").joined(separator: " ")
    return words.isEmpty ? "(no text)" : words
  }
}

extension Duration {
  /// A wait in seconds; `nil` when it is negative, endless or longer than a year.
  init?(waiting seconds: Double) {
    guard seconds >= 0, seconds < 31_536_000 else { return nil }
    self = .seconds(seconds)
  }
}
