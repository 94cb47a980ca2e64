internal import LoopbackHTTP
internal import OrderedJSON

extension ServiceError {
  static let internalError = ServiceError(
    code: 500,
    status: "INTERNAL",
    message: "An internal error has occurred. Please retry or report the problem."
  )

  static let overloaded = ServiceError(
    code: 503,
    status: "UNAVAILABLE",
    message: "The model is overloaded. Please try again later."
  )

  static func exhausted(_ message: String) -> ServiceError {
    ServiceError(code: 429, status: "RESOURCE_EXHAUSTED", message: message)
  }

  /// A quota that is used up, with the seconds after which one may ask again.
  static func quota(_ id: String, _ model: String, _ seconds: Double) -> ServiceError {
    let delay = JSONValue(seconds).rendered() + "s"
    var error = exhausted(
      "You exceeded your current quota, please check your plan and billing details.\n"
        + "* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_requests,"
        + " limit: 10, model: \(model)\nPlease retry in \(delay)."
    )
    error.details = [
      [
        "@type": "type.googleapis.com/google.rpc.QuotaFailure",
        "violations": [
          [
            "quotaMetric": "generativelanguage.googleapis.com/generate_content_requests",
            "quotaId": JSONValue(id), "quotaDimensions": ["model": JSONValue(model)],
            "quotaValue": "10",
          ]
        ],
      ],
      ["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": JSONValue(delay)],
    ]
    return error
  }
}

extension HTTPReply {
  /// What a proxy answers with a status of its own.
  static func proxyError(_ number: Int) -> HTTPReply {
    let statuses = [520, 522, 524, 529]
    let status = statuses[number % statuses.count]
    return .text("error code: \(status)", type: "text/plain", status: status)
  }

  /// What a proxy answers when the service does not.
  static var proxyPage: HTTPReply { .text(page, type: "text/html; charset=UTF-8", status: 502) }

  private static let page = """
    <!DOCTYPE html>
    <html lang=en><title>Error 502 (Server Error)!!1</title>
    <p><b>502.</b> The server encountered a temporary error & could not complete your request.
    </html>

    """
}
