public import GeminiAPI
internal import PlainText
public import RunStore

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension StoredBatch {
  /// The name people see at the service, by which a batch is found again.
  var displayName: String { round == 1 ? "tabscribe \(run)" : "tabscribe \(run) \(round)" }

  /// Seconds within which the service means to answer.
  ///
  /// - Source: the Gemini API guide on batches, 2026-08; what is older than twice that expires.
  static let promisedSeconds = 24 * 3600

  /// When the answers are due; `nil` before it is submitted.
  public var deadline: Date? { submittedAt?.addingTimeInterval(Double(Self.promisedSeconds)) }

  /// What the service said last.
  public var serviceState: Batch.State? { state.map(Batch.State.init(rawValue:)) }

  /// Whether the service has it.
  public var isSubmitted: Bool { stage != .noted && stage != .creating }

  /// Whether nothing more will come of it.
  public var isFinal: Bool {
    stage == .fetched || stage == .settled || serviceState?.isFinal == true
  }

  /// Whether the batch as a whole came to nothing.
  public var hasFailed: Bool { [.failed, .expired, .cancelled].contains(serviceState) }
}

extension BatchedRequest {
  /// What names the answer to a request, by the request's place in its batch from 0.
  public static func key(_ index: Int) -> String { "r" + NumberText.padded(index + 1, 6) }
}
