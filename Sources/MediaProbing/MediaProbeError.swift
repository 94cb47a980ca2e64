/// Why a file's facts are not known.
public struct MediaProbeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure a caller may tell apart.
  public enum Reason: String, Hashable, Sendable {
    /// `ffprobe` is not installed: the length has to be stated.
    case proberMissing
    /// The file holds no sound and no picture that FFmpeg can read.
    case notMedia
    /// `ffprobe` did not finish in time or broke down.
    case proberFailed
  }

  /// What went wrong.
  public let reason: Reason
  /// The file asked about.
  public let path: String
  /// What FFmpeg said, cut at 300 characters; empty when it said nothing.
  public let detail: String

  /// A failure to probe a file.
  public init(reason: Reason, path: String, detail: String) {
    self.reason = reason
    self.path = path
    self.detail = String(detail.prefix(300))
  }

  /// One sentence that says what was asked and what was found.
  public var description: String {
    let said = detail.isEmpty ? "" : ": \(detail)"
    return switch reason {
    case .proberMissing: "ffprobe is not installed, so the length of \(path) is not known"
    case .notMedia: "\(path) is not a video or audio file that can be read\(said)"
    case .proberFailed: "ffprobe could not examine \(path)\(said)"
    }
  }
}
