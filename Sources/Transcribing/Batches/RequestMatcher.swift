internal import Digests
internal import GeminiAPI
internal import OrderedJSON

/// Finds the request that an answer belongs to: by its key, by the label in the request it repeats,
/// else by that request itself.
struct RequestMatcher {
  /// The label by which Agent Platform, which has no keys, tells answers apart: it repeats requests
  /// with their labels.
  static let label = "tabscribe-key"

  private var positions: [String: Int] = [:]
  /// Positions by the digest of the request; equal requests wait in line.
  private var byRequest: [String: [Int]] = [:]
  /// The positions in order, when that is all there is to go by.
  private var inOrder: Range<Int>?

  /// - Parameters:
  ///   - keys: Those of the requests, in the order in which they were asked.
  ///   - digests: Those of the requests as they were sent, where they are known.
  ///   - inOrder: Whether the answers name nothing, and are as many as there are requests: the
  ///     service answers in the order in which it was asked.
  init(keys: [String], digests: [String?], inOrder: Bool = false) {
    for (position, key) in keys.enumerated() { positions[key] = position }
    for (position, digest) in digests.enumerated() {
      if let digest { byRequest[digest, default: []].append(position) }
    }
    self.inOrder = inOrder ? keys.indices : nil
  }

  /// The position of the request; `nil` when it is none of ours, or was answered already.
  mutating func position(of answer: BatchAnswer) -> Int? {
    let label = answer.request?["labels"]?[Self.label]?.string
    if let key = answer.key ?? label { return positions.removeValue(forKey: key) }
    guard let request = answer.request else { return inOrder?.popFirst() }
    let digest = Self.digest(of: GenerateContentRequest(json: request))
    guard let waiting = byRequest[digest], let first = waiting.first else { return nil }
    byRequest[digest] = Array(waiting.dropFirst())
    return first
  }

  /// Whether an answer names its request in any way.
  static func isNamed(_ answer: BatchAnswer) -> Bool { answer.key != nil || answer.request != nil }

  /// The digest of a request without its labels, whatever the order of its members.
  static func digest(of request: GenerateContentRequest) -> String {
    var request = request
    request.labels = []
    return SHA256.hexadecimal(of: request.json.sorted.rendered())
  }
}

extension JSONValue {
  /// The same value, the members of all objects in the order of their names.
  fileprivate var sorted: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sorted))
    case .object(let object):
      .object(
        JSONObject(
          object.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted) }
        )
      )
    default: self
    }
  }
}
