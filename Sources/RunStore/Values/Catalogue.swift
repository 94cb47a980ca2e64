#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Which transcripts of a store are listed, and in which order.
public struct CatalogueQuery: Hashable, Sendable {
  /// What a list is sorted by; the other way round for the numbers and days, greatest first.
  public enum Order: String, CaseIterable, Sendable {
    /// When its run began.
    case made
    /// Its title, or else the name of its source.
    case title
    /// When it was recorded.
    case recorded
    /// How long the source is.
    case length
    /// How many rows it has.
    case rows
    /// How many voices it has.
    case speakers
    /// How many rows people compared with the recording.
    case checked
    /// How many findings there are about it.
    case findings
    /// What it was billed.
    case cost
  }

  /// A text that titles or names have to hold; empty for all.
  public var title = ""
  /// The name of the prompt; `nil` for all.
  public var prompt: String?
  /// The model; `nil` for all.
  public var model: String?
  /// How it has to stand; `nil` for all.
  public var status: ItemStatus?
  /// What it is sorted by.
  public var order = Order.made
  /// Whether the order is turned round.
  public var isReversed = false
  /// How many come before, `0...`.
  public var offset = 0
  /// How many are listed at the most, `1...`.
  public var limit: Int

  /// The newest transcripts.
  public init(limit: Int) { self.limit = limit }
}

/// A part of the transcripts of a store, and how many there are.
public struct Catalogue: Sendable {
  /// A transcript.
  public struct Entry: Sendable {
    /// What was asked, and how it stands.
    public let item: StoredItem
    /// When its run began.
    public let madeAt: Date
  }

  /// A value that some transcripts have.
  public struct Choice: Hashable, Sendable {
    /// The value.
    public let value: String
    /// How many have it.
    public let count: Int
  }

  /// The transcripts asked for.
  public let entries: [Entry]
  /// How many fit in all.
  public let total: Int
  /// The prompts of all whose title fits, the most frequent first.
  public let prompts: [Choice]
  /// Their models.
  public let models: [Choice]
  /// How they stand.
  public let statuses: [Choice]
}
