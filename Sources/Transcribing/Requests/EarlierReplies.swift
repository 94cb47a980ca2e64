internal import Locking
internal import RunStore
internal import TranscriptModel

/// The requests that an item has sent before, to be taken up instead of sent again.
///
/// Requests of one digest are handed out in the order in which they were sent, each once.
final class EarlierReplies: Sendable {
  private let waiting: Lock<[String: ArraySlice<StoredRequest>]>
  private let answered: [StoredRequest]

  init(_ requests: [StoredRequest]) {
    answered = requests.filter { [.answered, .broken].contains($0.ending.status) }
    var waiting: [String: ArraySlice<StoredRequest>] = [:]
    for request in requests { waiting[request.request.bodyDigest, default: []].append(request) }
    self.waiting = Lock(waiting)
  }

  /// Whether a reply to a request is kept.
  func hasAnswer(to order: RequestOrder) -> Bool {
    guard !answered.isEmpty else { return false }
    let digest = order.digest
    return answered.contains { $0.request.bodyDigest == digest }
  }

  /// Whether a reply to a request of a kind about a stretch is kept.
  func hasAnswer(_ kind: RequestOrder.Kind, about range: TimeRange?) -> Bool {
    answered.contains { $0.request.kind.rawValue == kind.rawValue && $0.request.clip == range }
  }

  /// The next stored request of a digest.
  func next(_ digest: String) -> StoredRequest? {
    waiting.withLock { $0[digest]?.popFirst() }
  }
}
