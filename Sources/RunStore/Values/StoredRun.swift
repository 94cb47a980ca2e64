public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A run as the store knows it, without its items.
public struct RunSummary: Hashable, Sendable, Identifiable {
  /// What was known when it began.
  public let id: String
  /// When it began.
  public let startedAt: Date
  /// When it ended.
  public let endedAt: Date?
  /// How it stands; `interrupted` when its process is gone.
  public let status: RunStatus
  /// The program and version.
  public let tool: String
  /// The command line without the program's name.
  public let arguments: [String]
  /// The folder that relative paths start from.
  public let workingFolder: String
  /// The speakers known from elsewhere as its requests tell of them; `nil` when it is not known.
  public let knownSpeakers: String?
  /// The most that it may cost, in US dollars; `nil` for no limit.
  public let costLimit: Decimal?
  /// The process that works or worked on it.
  public let process: ProcessIdentity
  /// How many workers hold something of it; `nil` for a run that is not enqueued.
  public let workers: Int?
  /// How many of its items have each status.
  public let itemCounts: [ItemStatus: Int]
  /// What its items were billed in US dollars, those left out of which none was; `nil` when nothing is
  /// known.
  public let cost: Decimal?
  /// What answered in the place of the service for some of its items.
  public let standIns: Set<StandIn>
  /// The names of its prompts, in the order of the items, each once.
  public let prompts: [String]

  /// The number of items.
  public var itemCount: Int { itemCounts.values.reduce(0, +) }
}

/// A run and its items.
public struct StoredRun: Hashable, Sendable, Identifiable {
  /// The run itself.
  public let summary: RunSummary
  /// Its items, by position.
  public let items: [StoredItem]

  /// The run's id.
  public var id: String { summary.id }
}
