/// Why there is no sound to listen to.
public struct SoundError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What stands in the way.
  public enum Reason: Hashable, Sendable {
    /// The program that decodes, `ffmpeg`, is not there.
    case decoderMissing
    /// The file holds no sound that can be decoded.
    case noSound
    /// The program was stopped, as it took too long or could not be started.
    case decoderFailed
    /// The program that speaks, `espeak-ng`, is not there.
    case speakerMissing
  }

  /// What stands in the way.
  public let reason: Reason
  /// The file; empty when it is about none.
  public let path: String
  /// What the program said; may be empty.
  public let detail: String

  init(_ reason: Reason, path: String = "", detail: String = "") {
    self.reason = reason
    self.path = path
    self.detail = detail
  }

  /// A sentence without a full stop.
  public var description: String {
    let tail = detail.isEmpty ? "" : ": \(detail)"
    return switch reason {
    case .decoderMissing: "ffmpeg is not installed, so nobody can listen to the sound"
    case .noSound: "there is no sound that can be decoded\(tail)"
    case .decoderFailed: "the sound could not be decoded\(tail)"
    case .speakerMissing:
      "espeak-ng is not installed, so the words cannot be looked for in the sound"
    }
  }
}
