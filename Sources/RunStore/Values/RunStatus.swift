/// How a run stands.
public enum RunStatus: String, Hashable, Sendable, CaseIterable {
  /// A process works on it.
  case running
  /// It came to its end; its items may still be partial or failed.
  case finished
  /// A batch of it is with the service, or its answers are not taken up yet; or it is enqueued and no
  /// worker is at it.
  case waiting
  /// It was stopped, or its process is gone; it can be resumed.
  case interrupted
  /// It could not be carried out.
  case failed
}

/// How an item of a run stands.
public enum ItemStatus: String, Hashable, Sendable, CaseIterable {
  /// Nothing was done yet.
  case waiting
  /// It is being worked on.
  case running
  /// The result is whole.
  case complete
  /// There is a result, and something is known to be missing.
  case partial
  /// There is no result.
  case failed
}

/// How a request stands.
public enum RequestStatus: String, Hashable, Sendable, CaseIterable {
  /// It was sent, and its reply has not ended.
  case sent
  /// The reply is whole as the service sent it, whatever its finish reason.
  case answered
  /// The reply stopped in the middle.
  case broken
  /// There is no reply.
  case failed
}
