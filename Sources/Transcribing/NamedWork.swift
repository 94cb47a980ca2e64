internal import TranscriptModel

/// A prepared transcription, and what its results are called.
public struct NamedWork: Sendable {
  /// What is to be done.
  public let prepared: PreparedTranscription
  /// The folder of results below the output folder; empty for that folder itself.
  public var folder: String
  /// The names of results without their ending, fit for a file name.
  public var stem: String
  /// What tells it from others of the same source; `nil` where nothing has to.
  public var part: String?

  /// A prepared transcription with the name of its results.
  public init(
    prepared: PreparedTranscription,
    folder: String = "",
    stem: String,
    part: String? = nil
  ) {
    (self.prepared, self.folder, self.stem, self.part) = (prepared, folder, stem, part)
  }

  /// What people are told it is.
  public var label: String {
    [prepared.source.uri, part].compactMap(\.self).joined(separator: " · ")
  }
}
