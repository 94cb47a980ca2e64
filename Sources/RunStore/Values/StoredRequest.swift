#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A generation call as the store knows it; ``RunStore/reply(of:)`` has the bytes of its reply.
public struct StoredRequest: Hashable, Sendable, Identifiable {
  /// The number the store gave it.
  public let id: Int64
  /// What was asked.
  public let request: NewRequest
  /// How it ended; the status is `sent` while it has not.
  public let ending: RequestEnding
  /// When it was sent.
  public let startedAt: Date
  /// When it ended.
  public let endedAt: Date?
  /// The bytes of the reply so far.
  public let replySize: Int
  /// The number of the batch that carries it; `nil` for one that was sent by itself.
  public let batch: Int64?
}
