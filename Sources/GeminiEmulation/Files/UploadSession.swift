internal import HostSystem
internal import LoopbackHTTP
internal import OrderedJSON

/// An upload in several requests.
final class UploadSession: Sendable {
  /// What the client said of the file when it began.
  struct Announcement: Sendable {
    var id: String
    var displayName: String?
    var mimeType: String
    var size: Int?
  }

  private struct State {
    var spool: SpoolFile
    var finished: JSONValue?
    var isBusy = false
  }

  let announcement: Announcement
  let granularity: Int
  private let state: Lock<State>

  init(_ announcement: Announcement, granularity: Int, spool: sending SpoolFile) {
    self.announcement = announcement
    self.granularity = granularity
    state = Lock(State(spool: spool))
  }

  /// Bytes the server has for good.
  var received: Int { state.withLock { $0.spool.size } }

  /// The answer to the last chunk, once the upload is complete.
  var result: JSONValue? {
    get { state.withLock { $0.finished } }
    set { state.withLock { $0.finished = newValue } }
  }

  /// Where the contents lie.
  var path: String { state.withLock { $0.spool.path } }

  /// The digest of the contents; call once, at the end.
  func digest() -> String { state.withLock { $0.spool.digest() } }

  /// Opens the file to a chunk at an offset; `false` when another is under way or it does not fit.
  func begin(offset: Int) -> Bool {
    state.withLock { state in
      guard !state.isBusy, state.finished == nil, offset == state.spool.size else { return false }
      state.isBusy = true
      return true
    }
  }

  func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      if let size = announcement.size, state.spool.size + bytes.count > size { return false }
      return state.spool.append(bytes)
    }
  }

  /// Ends a chunk; a broken one keeps only whole grains, as the service does.
  func end(keepsAll: Bool) {
    state.withLock { state in
      state.isBusy = false
      if !keepsAll { state.spool.truncate(to: state.spool.size / granularity * granularity) }
    }
  }
}

/// Takes one chunk of an upload straight to disk.
final class UploadSink: BodySink {
  enum Acceptance: Hashable, Sendable {
    case accepted
    /// The chunk does not begin where the file ends, or does not end on a grain.
    case refused(String)
  }

  let session: UploadSession
  let acceptance: Acceptance
  /// Bytes after which the connection is to be broken, for faults; `nil` never.
  private let breakAfter: Int?
  private let seen = Lock(0)

  init(session: UploadSession, acceptance: Acceptance, breakAfter: Int? = nil) {
    self.session = session
    self.acceptance = acceptance
    self.breakAfter = breakAfter
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let total = seen.withLock { seen in
      seen += bytes.count
      return seen
    }
    if let breakAfter, total > breakAfter { return false }
    return acceptance == .accepted ? session.append(bytes) : true
  }

  func abandon() {
    if acceptance == .accepted { session.end(keepsAll: false) }
  }
}
