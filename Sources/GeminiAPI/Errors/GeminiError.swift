/// Why an operation with the service ended.
public struct GeminiError: Error, Hashable, Sendable {
  /// The kind of failure.
  public var code: Code
  /// The HTTP status, when a response arrived.
  public var httpStatus: Int?
  /// The service's name for the failure, such as `RESOURCE_EXHAUSTED`.
  public var status: String?
  /// What happened, cut at 2048 bytes; never holds a key or the prompt.
  public var message: String
  /// The service's finer reason, such as `API_KEY_INVALID`.
  public var reason: String?
  /// How long the service asks to wait.
  public var retryDelay: Duration?
  /// The quotas that are used up, as the service names them.
  public var quotaIds: [String]
  /// What was asked, such as `POST …/models/gemini-3.5-flash:generateContent`.
  public var request: String?
  /// What the user can do about it.
  public var remedy: String?

  /// A failure.
  public init(
    _ code: Code,
    _ message: String,
    httpStatus: Int? = nil,
    status: String? = nil,
    request: String? = nil,
    remedy: String? = nil
  ) {
    self.code = code
    self.message = Self.bounded(message)
    self.httpStatus = httpStatus
    self.status = status
    self.request = request
    self.remedy = remedy
    quotaIds = []
  }

  /// A failure to get a response at all.
  public init(_ error: TransportError, request: String? = nil) {
    self.init(error.isTransient ? .connection : .transport, error.message, request: request)
    if error.code == .responseTooLarge { code = .malformedResponse }
    if error.code == .notRecorded { code = .notRecorded }
    if error.code == .unreadableBody { code = .unreadableFile }
    if error.code == .untrustedHost {
      remedy = "check the machine's clock and certificates; SSL_CERT_FILE names further ones"
    }
  }

  /// Whether the quota of a whole day is used up, so that waiting a minute does not help.
  public var isDailyQuota: Bool {
    quotaIds.contains { id in
      let id = id.lowercased()
      return id.contains("perday") || id.contains("daily")
    }
  }

  /// One line of at most 2048 bytes without control characters or signed addresses.
  static func bounded(_ text: String) -> String {
    let line = Redaction.text(text).unicodeScalars.map {
      $0.properties.generalCategory == .control ? " " : $0
    }
    var result = String.UnicodeScalarView()
    var size = 0
    for scalar in line {
      size += UTF8.width(scalar)
      guard size <= 2048 else { break }
      result.append(scalar)
    }
    return String(result)
  }
}

extension GeminiError: CustomStringConvertible {
  /// What happened, with the status when the service answered.
  public var description: String {
    let place = [httpStatus.map { "HTTP \($0)" }, status].compactMap(\.self)
    return place.isEmpty ? message : "\(message) (\(place.joined(separator: " ")))"
  }
}
