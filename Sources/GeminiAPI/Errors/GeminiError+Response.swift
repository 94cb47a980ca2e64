public import OrderedJSON

extension GeminiError {
  /// Reads the error a response carries; also when its body is no JSON, as from a proxy.
  ///
  /// - Parameters:
  ///   - httpStatus: The status of the response.
  ///   - headers: Read for `Retry-After` and `Location`.
  ///   - body: The body, as far as it came.
  ///   - request: What was asked.
  public init(httpStatus: Int, headers: HTTPHeaders, body: [UInt8], request: String? = nil) {
    if (300..<400).contains(httpStatus), let target = headers["Location"] {
      self.init(redirectTo: target, httpStatus: httpStatus, request: request)
    } else if let value = try? JSONValue(parsing: body), let details = ErrorDetails(value) {
      self.init(details, httpStatus: httpStatus, request: request)
    } else {
      self.init(page: ForeignReply(body), httpStatus: httpStatus, request: request)
    }
    if retryDelay == nil { retryDelay = RetryAfter.delay(in: headers) }
  }

  /// Reads the error of a document that came with status 200, as in the middle of a stream.
  ///
  /// `nil` when the document holds no error.
  public init?(inBody value: JSONValue, request: String? = nil) {
    let value = value[0] ?? value
    guard value["error"]?.object != nil || value["error"]?.string != nil,
      let details = ErrorDetails(value)
    else { return nil }
    self.init(details, httpStatus: nil, request: request)
  }

  private init(_ details: ErrorDetails, httpStatus: Int?, request: String?) {
    // Operations have codes of their own, which are no HTTP status.
    let told = details.code.flatMap { $0 >= 100 ? $0 : Self.statuses[$0] }
    let named = details.status.flatMap { Self.statusNames[$0.uppercased()] }
    self.init(
      Self.code(httpStatus: httpStatus ?? told ?? named ?? 0, details: details),
      details.message.isEmpty ? "the service gave no reason" : details.message,
      httpStatus: httpStatus ?? details.code.flatMap { $0 >= 100 ? $0 : nil },
      status: details.status,
      request: request
    )
    reason = details.reason
    retryDelay = details.retryDelay
    quotaIds = details.quotaIds
    if cause == .unknownModel, code == .invalidRequest { code = .notFound }
    remedy = remedyOfCause
  }

  /// What an error says that is no document of the service.
  private init(page: ForeignReply, httpStatus: Int, request: String?) {
    let words = page.words.isEmpty ? "(no text)" : page.words
    let shown = page.isPage ? "with the page “\(words)”" : "without a readable error: \(words)"
    self.init(
      Self.code(httpStatus: httpStatus, details: nil),
      "the service answered \(shown)",
      httpStatus: httpStatus,
      request: request
    )
    if httpStatus == 511 || page.isPortal, code != .unavailable || httpStatus == 511 {
      code = .connection
      message =
        "the network answered in place of the service: “\(words)” looks like a captive portal"
      remedy = "open a browser on this network, sign in where it asks for that, and try again"
    } else {
      remedy = remedyOfCause
    }
  }

  private init(redirectTo target: String, httpStatus: Int, request: String?) {
    self.init(
      .invalidRequest,
      "the service sends requests on to \(Redaction.url(target)); redirects are not followed, "
        + "since the key would go with them",
      httpStatus: httpStatus,
      request: request,
      remedy: "check the base URL; if the other address is the right one, set "
        + "GOOGLE_GEMINI_BASE_URL (or GOOGLE_VERTEX_BASE_URL) to it"
    )
  }

  /// The HTTP statuses of the codes of operations (google.rpc.Code).
  private static let statuses = [
    1: 499, 2: 500, 3: 400, 4: 504, 5: 404, 6: 409, 7: 403, 8: 429, 9: 400, 10: 409, 11: 400,
    12: 501, 13: 500, 14: 503, 15: 500, 16: 401,
  ]

  /// The same by name, with those of the Interactions API.
  private static let statusNames = [
    "CANCELLED": 499, "UNKNOWN": 500, "INVALID_ARGUMENT": 400, "DEADLINE_EXCEEDED": 504,
    "NOT_FOUND": 404, "PERMISSION_DENIED": 403, "RESOURCE_EXHAUSTED": 429,
    "FAILED_PRECONDITION": 400, "UNIMPLEMENTED": 501, "INTERNAL": 500, "UNAVAILABLE": 503,
    "UNAUTHENTICATED": 401, "RATE_LIMIT_EXCEEDED": 429, "QUOTA_EXCEEDED": 429, "OVERLOADED": 503,
  ]

  private static func code(httpStatus: Int, details: ErrorDetails?) -> Code {
    switch httpStatus {
    case 400 where details?.reason == "API_KEY_INVALID": .invalidCredentials
    case 401: .invalidCredentials
    case 403: .permissionDenied
    case 404: .notFound
    // Both say that it will never be otherwise.
    case 501, 505: .invalidRequest
    case 408, 500...599: .unavailable
    case 429: .quotaExceeded
    case 499: .cancelledByService
    default: details?.message.contains("API key") == true ? .invalidCredentials : .invalidRequest
    }
  }

  private var remedyOfCause: String? {
    if let cause { return cause.remedy }
    switch code {
    case .invalidCredentials:
      return "check the key in GOOGLE_API_KEY or GEMINI_API_KEY; "
        + "https://aistudio.google.com/apikey makes one"
    case .quotaExceeded where isDailyQuota:
      return "the quota of the day is used up; it is renewed at midnight Pacific time"
    default: return nil
    }
  }
}
