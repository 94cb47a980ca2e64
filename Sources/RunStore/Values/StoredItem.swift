#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An item of a run as the store knows it.
///
/// ``RunStore/document(of:)`` has its result, ``RunStore/requests(of:)`` what was sent for it.
public struct StoredItem: Hashable, Sendable, Identifiable {
  /// The number the store gave it; later items have higher ones.
  public let id: Int64
  /// The id of its run.
  public let run: String
  /// What was asked.
  public let item: NewItem
  /// The SHA-256 of the prompt's text, in hexadecimal.
  public let promptDigest: String
  /// How it stands.
  public internal(set) var status: ItemStatus
  /// Why it failed or is partial, in the words of the user.
  public let failure: String?
  /// The absolute paths of the results written.
  public let files: [String]
  /// What its requests were billed in US dollars, when known; `nil` where something stood in for the
  /// service.
  public let cost: Decimal?
  /// The rows of its transcript.
  public let segmentCount: Int
  /// The voices of its transcript.
  public let speakerCount: Int
  /// The findings about its transcript.
  public let findingCount: Int
  /// The rows that people compared with the recording.
  public let checkedCount: Int
  /// When work on it began.
  public let startedAt: Date?
  /// When its status became final.
  public let endedAt: Date?

  /// How a person names it: `RUN.POSITION`.
  public var reference: String { "\(run).\(item.position)" }
}
