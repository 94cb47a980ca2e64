internal import LoopbackHTTP
internal import OrderedJSON

extension Fault {
  /// The answer that takes the place of the real one, for faults that need nothing of it.
  func replyInstead(model: String) -> HTTPReply? {
    switch kind {
    case .htmlError: return .text(Self.page, type: "text/html; charset=UTF-8", status: 502)
    case .unknownStatus:
      let status = Self.proxyStatuses[row % Self.proxyStatuses.count]
      return .text("error code: \(status)", type: "text/plain", status: status)
    default: return error(model: model)?.reply
    }
  }

  /// The error that takes the place of an answer.
  func error(model: String) -> ServiceError? {
    switch kind {
    case .quota: quota("GenerateRequestsPerMinutePerProjectPerModel", model)
    case .quotaPerDay: quota("GenerateRequestsPerDayPerProjectPerModel", model)
    case .quotaBare: exhausted("Resource has been exhausted (e.g. check quota).")
    case .internalError:
      ServiceError(
        code: 500,
        status: "INTERNAL",
        message: "An internal error has occurred. Please retry or report the problem."
      )
    case .unavailable:
      ServiceError(
        code: 503,
        status: "UNAVAILABLE",
        message: "The model is overloaded. Please try again later."
      )
    default: nil
    }
  }

  private static let proxyStatuses = [520, 522, 524, 529]

  private static let page = """
    <!DOCTYPE html>
    <html lang=en><title>Error 502 (Server Error)!!1</title>
    <p><b>502.</b> The server encountered a temporary error & could not complete your request.
    </html>

    """

  private func exhausted(_ message: String) -> ServiceError {
    ServiceError(code: 429, status: "RESOURCE_EXHAUSTED", message: message)
  }

  private func quota(_ id: String, _ model: String) -> ServiceError {
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
