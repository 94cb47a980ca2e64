public import OrderedJSON

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A batch that a run is about to hand to a service.
public struct NewBatch: Hashable, Sendable {
  /// The model.
  public var model: String
  /// Where requests and answers go, for services that want a place.
  public var storage: String?
  /// The batch whose failures it asks again; `nil` for one that asks what was not asked before.
  public var retryOf: String?
  /// What its requests are expected to cost sent by themselves, in US dollars.
  public var onlineCost: MoneyRange?
  /// What they are expected to cost as a batch, in US dollars.
  public var batchCost: MoneyRange?

  /// A batch.
  public init(
    model: String,
    storage: String? = nil,
    retryOf: String? = nil,
    onlineCost: MoneyRange? = nil,
    batchCost: MoneyRange? = nil
  ) {
    self.model = model
    self.storage = storage
    self.retryOf = retryOf
    self.onlineCost = onlineCost
    self.batchCost = batchCost
  }
}

/// A batch as the store knows it.
public struct StoredBatch: Hashable, Sendable, Identifiable {
  /// How far it is.
  public enum Stage: String, Hashable, Sendable, CaseIterable {
    /// It is only known here; its media are on their way at most.
    case noted
    /// The service was asked to make it; whether it has is not known.
    case creating
    /// The service works on it, or has done so.
    case submitted
    /// Its answers are in the store as they came.
    case fetched
    /// Its answers are the replies of its requests, and what has none has failed.
    case settled
  }

  /// The number the store gave it.
  public let id: Int64
  /// The run it is part of.
  public let run: String
  /// Its place among the batches of the run, from 1.
  public let round: Int
  /// What was known when it was noted.
  public let batch: NewBatch
  /// How far it is.
  public var stage: Stage
  /// The service's name for it.
  public var name: String?
  /// What the service said of it last, as the wire spells it.
  public var state: String?
  /// Why it failed as a whole.
  public var failure: String?
  /// When the service took it.
  public var submittedAt: Date?
  /// How many requests it has.
  public let requestCount: Int
  /// How many of them are answered.
  public let answeredCount: Int
}

/// A request of a batch.
public struct BatchedRequest: Hashable, Sendable, Identifiable {
  /// The number the store gave it.
  public let id: Int64
  /// The item that it is for.
  public let item: Int64
  /// What is asked.
  public let request: NewRequest
  /// How it stands.
  public let status: RequestStatus
  /// Why it has no answer; `nil` when it has, or nothing is known yet.
  public let error: String?
  /// The request, its media still to be filled in; `nil` once it has ended.
  public let body: JSONValue?
  /// The digest of the request as it was sent; `nil` before.
  public let sentDigest: String?
}
