internal import OrderedJSON

/// The `error` object of the service with what its `details` say.
struct ErrorDetails {
  var code: Int?
  var status: String?
  var message = ""
  var reason: String?
  var retryDelay: Duration?
  var quotaIds: [String] = []

  /// Reads `{"error": {…}}`, the same in a list of one, and the object by itself.
  init?(_ value: JSONValue) {
    let value = value[0] ?? value
    guard let error = WireObject(value["error"]) ?? WireObject(value),
      error.string("message") != nil || error.int("code") != nil
    else { return nil }
    code = error.int("code")
    status = error.string("status")
    message = error.string("message") ?? ""
    for detail in error.list("details", { $0 }) { add(detail) }
    unwrapMessage()
    if retryDelay == nil { retryDelay = Self.delay(statedIn: message) }
  }

  private mutating func add(_ detail: WireObject) {
    switch detail.string("@type")?.split(separator: ".").last {
    case "ErrorInfo": reason = detail.string("reason") ?? reason
    case "RetryInfo": retryDelay = detail.string("retryDelay").flatMap(WireDuration.duration)
    case "QuotaFailure":
      quotaIds += detail.list("violations") { $0.string("quotaId") }.compactMap(\.self)
    default: break
    }
  }

  /// Some gateways put the service's whole answer, as JSON, into the message of their own.
  private mutating func unwrapMessage() {
    guard message.hasPrefix("{"), let inner = try? JSONValue(parsing: message),
      let details = ErrorDetails(inner)
    else { return }
    let outer = self
    self = details
    code = outer.code ?? details.code
    status = outer.status ?? details.status
    reason = outer.reason ?? details.reason
    retryDelay = outer.retryDelay ?? details.retryDelay
    quotaIds += outer.quotaIds
  }

  /// The wait in `Please retry in 44.09s`, also in `ms`.
  private static func delay(statedIn message: String) -> Duration? {
    guard let phrase = message.firstRange(of: "Please retry in ") else { return nil }
    let rest = message[phrase.upperBound...]
    let number = rest.prefix { $0.isNumber || $0 == "." }
    guard let value = Double(number) else { return nil }
    let unit = rest[number.endIndex...]
    if unit.hasPrefix("ms") { return Duration(waiting: value / 1000) }
    return unit.hasPrefix("s") ? Duration(waiting: value) : nil
  }
}
