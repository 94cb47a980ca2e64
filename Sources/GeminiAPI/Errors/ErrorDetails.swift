internal import OrderedJSON

/// The `error` object of the service with what its `details` say.
struct ErrorDetails {
  var code: Int?
  var status: String?
  var message = ""
  var reason: String?
  var retryDelay: Duration?
  var quotaIds: [String] = []

  /// Reads `{"error": {…}}`, the same in a list of one, the object by itself, and the plainer forms
  /// that gateways use.
  init?(_ value: JSONValue) {
    let value = value[0] ?? value
    if let text = value["error"]?.string {
      let more = Self.plainMessage(value).flatMap { $0 == text ? nil : ": \($0)" } ?? ""
      message = text + more
      return
    }
    guard let error = WireObject(value["error"]) ?? WireObject(value),
      let message = Self.plainMessage(.object(error.object)) ?? error.int("code").map({ _ in "" })
    else { return nil }
    code = error.int("code")
    status = error.string("status")
    self.message = message
    for detail in error.list("details", { $0 }) { add(detail) }
    unwrapMessage()
    if retryDelay == nil { retryDelay = Self.delay(statedIn: self.message) }
  }

  /// The words under the names that services and gateways give them.
  private static func plainMessage(_ value: JSONValue) -> String? {
    for name in ["message", "detail", "error_description", "title"] {
      if let text = value[name]?.string { return text }
    }
    return value["errors"]?[0]?["message"]?.string
  }

  private mutating func add(_ detail: WireObject) {
    switch detail.string("@type")?.split(separator: ".").last {
    case "ErrorInfo": add(info: detail)
    case "RetryInfo":
      retryDelay = detail.string("retryDelay").flatMap(Duration.init(waiting:)) ?? retryDelay
    case "QuotaFailure":
      quotaIds += detail.list("violations") { $0.string("quotaId") }.compactMap(\.self)
    default: break
    }
  }

  private mutating func add(info: WireObject) {
    reason = info.string("reason") ?? reason
    guard let metadata = info.object("metadata") else { return }
    quotaIds += [metadata.object["quota_limit"]?.string].compactMap(\.self)
    if let delay = metadata.object["quotaResetDelay"]?.string, retryDelay == nil {
      retryDelay = Duration(waiting: delay)
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

  /// The wait in `Please retry in 44.09s`, `reset after 21h46m`, also in `ms`.
  private static func delay(statedIn message: String) -> Duration? {
    for phrase in ["Please retry in ", "reset after "] {
      guard let range = message.firstRange(of: phrase) else { continue }
      let word = message[range.upperBound...].prefix { $0.isNumber || $0.isLetter || $0 == "." }
      if let delay = Duration(waiting: String(word.trimmingSuffix { $0 == "." })) { return delay }
    }
    return nil
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> Substring {
    var text = self
    while let last = text.last, isUnwanted(last) { text.removeLast() }
    return text
  }
}

extension Duration {
  /// A wait in seconds; `nil` when it is none or negative.
  ///
  /// One of more than ten years is as good as one of ten.
  init?(waiting seconds: Double) {
    guard seconds > 0 else { return nil }
    self = .seconds(min(seconds, 315_360_000))
  }

  /// A wait as services write it: `15.5s`, `250ms`, `21h46m12.5s`, or seconds alone; `nil` when it is
  /// none or negative.
  init?(waiting text: String) {
    if let seconds = Double(text) {
      self.init(waiting: seconds)
      return
    }
    var rest = text[...]
    var seconds = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(unit.count)
      guard let count = Double(number), let factor = Self.unitsOfWaits[String(unit)] else {
        return nil
      }
      seconds += count * factor
    }
    self.init(waiting: seconds)
  }

  private static let unitsOfWaits = [
    "d": 86_400.0, "h": 3600, "m": 60, "s": 1, "ms": 0.001, "us": 1e-6, "ns": 1e-9,
  ]
}
