public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A generation call that is about to be sent.
public struct NewRequest: Hashable, Sendable {
  /// What it is made for.
  public var kind: RequestKind
  /// The part of the source it is about, when not all of it.
  public var clip: TimeRange?
  /// The digest of the body, in hexadecimal.
  public var bodyDigest: String
  /// What it is expected to cost, in US dollars; `nil` when that is not known.
  public var expectedCost: Decimal?

  /// A request.
  public init(
    kind: RequestKind = .clip,
    clip: TimeRange? = nil,
    bodyDigest: String,
    expectedCost: Decimal? = nil
  ) {
    self.kind = kind
    self.clip = clip
    self.bodyDigest = bodyDigest
    self.expectedCost = expectedCost
  }
}

/// How a request ended.
public struct RequestEnding: Hashable, Sendable {
  /// `answered`, `broken` or `failed`.
  public var status: RequestStatus
  /// Why the model stopped, as the wire spells it.
  public var finishReason: String?
  /// The tokens billed, when the service told.
  public var usage: Usage?
  /// The price of these tokens in US dollars.
  public var cost: Decimal?
  /// How often it was sent, repeats after faults included.
  public var attempts: Int
  /// What went wrong, without secrets and model text.
  public var error: String?

  /// An end.
  public init(
    _ status: RequestStatus,
    finishReason: String? = nil,
    usage: Usage? = nil,
    cost: Decimal? = nil,
    attempts: Int = 1,
    error: String? = nil
  ) {
    self.status = status
    self.finishReason = finishReason
    self.usage = usage
    self.cost = cost
    self.attempts = attempts
    self.error = error
  }
}
