internal import HostSystem
internal import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The requests that an item has sent before, to be taken up instead of sent again.
///
/// Requests of one digest are handed out in the order in which they were sent, each once.
final class EarlierReplies: Sendable {
  private let waiting: Lock<[String: ArraySlice<StoredRequest>]>
  private let answered: [StoredRequest]
  private let failures: [String: String]
  private let concluded: Date?

  /// - Parameter concluded: When the item ended last; what a batch has brought since is new.
  init(_ requests: [StoredRequest], concluded: Date? = nil) {
    self.concluded = concluded
    answered = requests.filter { [.answered, .broken].contains($0.ending.status) }
    var waiting: [String: ArraySlice<StoredRequest>] = [:]
    var failures: [String: String] = [:]
    for request in requests {
      waiting[request.request.bodyDigest, default: []].append(request)
      if request.batch != nil, request.ending.status == .failed {
        failures[request.request.bodyDigest] = request.ending.error
      }
    }
    self.waiting = Lock(waiting)
    self.failures = failures
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

  /// Why a batch has not answered a request; `nil` when none was asked.
  func failure(to order: RequestOrder) -> String? { failures[order.digest] }

  /// Whether a batch has brought a reply since the item ended last, so that nobody has counted it.
  func isNews(_ request: StoredRequest) -> Bool {
    guard request.batch != nil, let ended = request.endedAt else { return false }
    return concluded.map { ended > $0 } ?? true
  }
}
