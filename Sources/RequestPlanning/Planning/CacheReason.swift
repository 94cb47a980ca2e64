/// Why a request stands where it does, and whether its beginning comes from a cache.
public enum CacheReason: Hashable, Sendable {
  /// No other request begins alike.
  case alone
  /// The first of several that begin alike: it is sent alone and fills the cache.
  case warmUp(requests: Int)
  /// The beginning was sent before, so the cache should have it.
  case hitExpected(warmUp: Int)
  /// Others begin alike, but the beginning is too short to be cached.
  case tooShort(tokens: Int, minimum: Int)
  /// Others begin alike, but the model has no cache that fills by itself.
  case notOffered
  /// Others begin alike, but the requests of a batch run in any order, so none fills the cache first.
  case batch
  /// Others begin alike, but nothing is known about the model or the length of the video.
  case unknown

  /// The reason in words, to stand behind a request.
  public var words: String {
    switch self {
    case .alone: "begins like no other"
    case .warmUp(let requests): "first of \(requests), fills the cache"
    case .hitExpected(let order): "cache expected, filled by request \(order)"
    case .tooShort(let tokens, let minimum):
      "begins like others, but \(tokens) tokens are fewer than the \(minimum) a cache needs"
    case .notOffered: "begins like others, but the model caches nothing by itself"
    case .batch: "begins like others, but a batch runs in any order"
    case .unknown: "begins like others; whether it can be cached is not known"
    }
  }
}
