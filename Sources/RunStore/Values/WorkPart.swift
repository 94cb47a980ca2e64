#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Where an item of an enqueued run belongs.
public struct QueuedPlace: Hashable, Sendable {
  /// The part that it is of, from 0: one worker carries a part out.
  public var part: Int
  /// The folder of its results below the output folder.
  public var folder: String
  /// The names of its results without their ending.
  public var stem: String

  /// A place.
  public init(part: Int, folder: String, stem: String) {
    (self.part, self.folder, self.stem) = (part, folder, stem)
  }
}

/// A process that takes parts of enqueued runs.
public struct Worker: Hashable, Sendable {
  /// The number that the store gave it.
  public let id: Int64
  /// How long it holds a part without a sign of life.
  public let lease: Duration

  /// How long a worker holds a part without a sign of life, unless told otherwise, in seconds: longer than
  /// networks fail for a moment or a machine is too busy to answer, four signs of life, and no longer than
  /// anybody wants to wait for what a dead worker held.
  public static let usualLease = 60

  /// A worker of that number.
  public init(id: Int64, lease: Duration) { (self.id, self.lease) = (id, lease) }
}

/// A part of an enqueued run that a worker holds.
public struct HeldPart: Sendable {
  /// An item of it, and where its results go.
  public struct Item: Sendable {
    /// The item.
    public let stored: StoredItem
    /// The folder of its results below the output folder.
    public let folder: String
    /// The names of its results without their ending.
    public let stem: String
  }

  /// Its number.
  public let id: Int64
  /// The id of its run.
  public let run: String
  /// Who holds it.
  public let worker: Worker
  /// The items that nobody has brought to an end, in order.
  public let items: [Item]
}

/// What a worker that asks for a part gets.
public enum PartTaking: Sendable {
  /// A part.
  case part(HeldPart)
  /// Nothing that is free; how many parts others hold, and how many are free and were left out.
  case nothing(held: Int, leftOut: Int)
  /// Nothing, since so many items have failed.
  case tooManyFailures(Int)
}

/// A worker as others see it.
public struct WorkerState: Hashable, Sendable, Identifiable {
  /// Its number.
  public let id: Int64
  /// Its process.
  public let process: ProcessIdentity
  /// Requests under way at a time.
  public let jobs: Int
  /// Whether it has ended, or its leases have.
  public let isGone: Bool
  /// The items that it holds.
  public let held: Int
  /// The items that it has brought to an end.
  public let ended: Int
}

/// How far a run is.
public struct WorkProgress: Hashable, Sendable {
  /// The run itself.
  public let summary: RunSummary
  /// The items that are not at their end; one that another run has done is.
  public let left: Int
  /// Those who hold something of it or have brought something to an end, by number.
  public let workers: [WorkerState]
  /// Items that came to an end in a minute, of late; `nil` while none has.
  public let itemsPerMinute: Double?
  /// Requests that were answered in a minute, of late; `nil` while none was.
  public let requestsPerMinute: Double?
  /// Requests under way.
  public let requestsUnderWay: Int
  /// What its requests have cost, in US dollars, those under way by what they are expected to.
  public let spent: Decimal
  /// Models whose quota is used up, and for how long, in milliseconds.
  public let holds: [String: Int]

  /// How long the rest takes if it goes on so, in seconds; `nil` while that cannot be told.
  public var secondsLeft: Double? { itemsPerMinute.map { Double(left) / $0 * 60 } }
}

/// What the requests of a run have cost, and what those under way will.
public struct RunSpending: Sendable {
  /// What was billed, in US dollars.
  public var billed = Decimal(0)
  /// What requests count for of which nobody saw the end, or whose price nobody knows, and what was paid
  /// beside requests.
  public var assumed = Decimal(0)
  /// What the requests under way are expected to cost; `nil` where that is not known.
  public var underWay: [Decimal?] = []
  /// The highest bill of one request.
  public var dearest = Decimal(0)
  /// What the requests that were billed were expected to cost, and what they did.
  public var compared = (expected: Decimal(0), billed: Decimal(0))

  /// Everything, those under way by what they are expected to cost.
  public var sum: Decimal { billed + assumed + underWay.compactMap(\.self).reduce(0, +) }

  /// Nothing.
  public init() {}
}

/// Whether a request of a shared run may be sent.
public enum RequestAdmission: Hashable, Sendable {
  /// It is noted as under way; its number.
  case begun(Int64)
  /// Others are under way that may leave too little; ask again when one has ended.
  case later
  /// It would pass the limit; why, in a sentence.
  case refused(String)
}

/// A moment by the clock of the store, in milliseconds since 1970.
struct StoreClock {
  let now: Int64
  /// Since when the server is up, 0 for a file.
  ///
  /// While it was away no worker could give a sign of life.
  let upSince: Int64
}

/// What of a run is still to be taken or held.
struct QueueState {
  let isOpen: Bool
  /// Those who hold something.
  let workers: Int
}
