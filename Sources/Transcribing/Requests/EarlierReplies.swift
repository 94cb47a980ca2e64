internal import Locking
internal import RunStore

/// The requests that an item has sent before, to be taken up instead of sent again.
///
/// Requests of one digest are handed out in the order in which they were sent, each once.
final class EarlierReplies: Sendable {
  private let waiting: Lock<[String: ArraySlice<StoredRequest>]>

  init(_ requests: [StoredRequest]) {
    var waiting: [String: ArraySlice<StoredRequest>] = [:]
    for request in requests { waiting[request.request.bodyDigest, default: []].append(request) }
    self.waiting = Lock(waiting)
  }

  /// The next stored request of a digest.
  func next(_ digest: String) -> StoredRequest? {
    waiting.withLock { $0[digest]?.popFirst() }
  }
}
