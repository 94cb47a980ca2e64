internal import GeminiAPI
internal import OrderedJSON

/// Finds the transcription that an answer belongs to.
struct RequestMatcher {
  private var positions: [String: Int] = [:]
  /// By the request, for services that drop labels; equal requests wait in line.
  private var byRequest: [JSONValue: [Int]] = [:]

  /// - Parameter requests: The requests that were sent, where answers may have to be told by them.
  init(_ items: [BatchRecord.Item], requests: [GenerateContentRequest] = []) {
    for (position, item) in items.enumerated() { positions[item.key] = position }
    for (position, request) in requests.enumerated() {
      byRequest[Self.identity(of: request.json), default: []].append(position)
    }
  }

  /// The position of the transcription; `nil` when it is none of ours, or was answered already.
  mutating func position(of answer: BatchAnswer) -> Int? {
    let label = answer.request?["labels"]?[BatchRequests.label]?.string
    if let key = answer.key ?? label { return positions.removeValue(forKey: key) }
    guard let request = answer.request else { return nil }
    let identity = Self.identity(of: GenerateContentRequest(json: request).json)
    guard let next = byRequest[identity]?.popFirst() else { return nil }
    return next
  }

  /// The request without its labels; objects are equal whatever the order of their members.
  private static func identity(of request: JSONValue) -> JSONValue {
    var object = request.object ?? [:]
    object["labels"] = nil
    return .object(object)
  }
}

extension Array {
  fileprivate mutating func popFirst() -> Element? { isEmpty ? nil : removeFirst() }
}
