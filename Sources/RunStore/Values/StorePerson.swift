#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Somebody who speaks in transcripts of a store: everybody of the same name, case and accents aside.
public struct StorePerson: Hashable, Sendable {
  /// The name as the transcript that came last has it.
  public let name: String
  /// What is known of the person, such as `Curator, Harbour Archive`, what came last first, each once.
  public let descriptions: [String]
  /// How many recordings the person speaks in, `1...`.
  public let recordingCount: Int
  /// When the newest run with the person began.
  public let lastMadeAt: Date
}
