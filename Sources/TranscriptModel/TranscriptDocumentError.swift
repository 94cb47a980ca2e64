/// Why a JSON document is not a transcript document, and where.
public struct TranscriptDocumentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where in the document, such as `segments[3].startMS`; empty for the whole.
  public let path: String
  /// What was due and what was found.
  public let problem: String

  /// An error at a place.
  public init(path: String, problem: String) {
    self.path = path
    self.problem = problem
  }

  /// The place with what is wrong there.
  public var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}
