internal import GeminiAPI
internal import OrderedJSON

/// Finds the transcription that an answer belongs to: by its key, by the label in the request it
/// repeats, else by that request itself.
struct RequestMatcher {
  private var positions: [String: Int] = [:]
  private let requests: () throws -> [GenerateContentRequest]
  /// Positions by a hash of the request, made when the first answer has neither key nor label;
  /// equal requests wait in line.
  private var byRequest: [Int: [Int]]?

  /// The positions in order, when that is all there is to go by.
  private var inOrder: Range<Int>?

  /// - Parameters:
  ///   - keys: Those of the transcriptions, in the order of the requests.
  ///   - inOrder: Whether the answers name nothing, and are as many as there are requests: the
  ///     service answers in the order in which it was asked.
  ///   - requests: Makes the requests that were sent.
  init(
    keys: [String],
    inOrder: Bool = false,
    requests: @escaping () throws -> [GenerateContentRequest]
  ) {
    for (position, key) in keys.enumerated() { positions[key] = position }
    self.inOrder = inOrder ? keys.indices : nil
    self.requests = requests
  }

  /// The position of the transcription; `nil` when it is none of ours, or was answered already.
  mutating func position(of answer: BatchAnswer) -> Int? {
    let label = answer.request?["labels"]?[BatchRequests.label]?.string
    if let key = answer.key ?? label { return positions.removeValue(forKey: key) }
    guard let request = answer.request else { return inOrder?.popFirst() }
    var known = byRequest ?? table()
    defer { byRequest = known }
    let identity = Self.identity(of: GenerateContentRequest(json: request))
    guard let waiting = known[identity], let first = waiting.first else { return nil }
    known[identity] = Array(waiting.dropFirst())
    return first
  }

  /// Whether an answer names its transcription in any way.
  static func isNamed(_ answer: BatchAnswer) -> Bool { answer.key != nil || answer.request != nil }

  private func table() -> [Int: [Int]] {
    var table: [Int: [Int]] = [:]
    for (position, request) in ((try? requests()) ?? []).enumerated() {
      table[Self.identity(of: request), default: []].append(position)
    }
    return table
  }

  /// The request without its labels, whatever the order of its members.
  private static func identity(of request: GenerateContentRequest) -> Int {
    var request = request
    request.labels = []
    return request.hashValue
  }
}
