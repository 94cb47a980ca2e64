#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What is searched for; all that is given must fit.
public struct SearchQuery: Hashable, Sendable {
  /// The order of hits.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// The best first.
    case rank
    /// The newest transcripts first, and each by its time.
    case time
  }

  /// Words that must all occur; `"in quotation marks"` in this order, `beginning*` as a beginning.
  ///
  /// Letter case and accents do not count, punctuation parts words. May be empty when something
  /// else is given.
  public var words: String
  /// Words of the speaker's name or label; each may be the beginning of one.
  public var speaker: String?
  /// Words of the speaker's company; each may be the beginning of one.
  public var company: String?
  /// A part of the source's path, URL or title.
  public var source: String?
  /// Runs that began then or later.
  public var since: Date?
  /// Runs that began before.
  public var until: Date?
  /// The full id of a run.
  public var run: String?
  /// The number of an item.
  public var item: Int64?
  /// The language of the transcript, as a tag; one without a region fits with any.
  public var language: String?
  /// The model, in whichever case.
  public var model: String?
  /// The name of the prompt, in whichever case.
  public var prompt: String?
  /// The absolute path of a folder without dots: sources that are files in it or below it.
  public var folder: String?
  /// The code of a finding about the transcript.
  public var finding: String?
  /// Whether a person compared the row with the recording; `nil` for either.
  public var isChecked: Bool?
  /// Whether of each source and prompt the newest transcript alone is searched, a complete one before
  /// others.
  public var isNewestOnly = false
  /// Whether the words are looked for in what the machine wrote, where people changed it.
  public var isMachine = false
  /// The order of hits.
  public var order: Order
  /// The most hits, `1...`.
  public var limit: Int
  /// How many rows before and after each hit are wanted, `0...`.
  public var context: Int

  /// A search for words.
  public init(_ words: String = "", order: Order = .rank, limit: Int = 20, context: Int = 0) {
    self.words = words
    self.order = order
    self.limit = limit
    self.context = context
  }
}
