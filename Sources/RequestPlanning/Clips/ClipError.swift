/// Why a stretch of media cannot be cut into clips.
public struct ClipError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure a caller may tell apart.
  public struct Code: Hashable, Sendable {
    private enum Storage: Hashable { case clipTooShort, overlapTooLong, tooManyClips, nothingFits }

    private let storage: Storage

    /// The clips asked for are shorter than can be used.
    public static let clipTooShort = Code(storage: .clipTooShort)
    /// The overlap is negative, or not shorter than a clip.
    public static let overlapTooLong = Code(storage: .overlapTooLong)
    /// There would be more clips than anybody means to pay for.
    public static let tooManyClips = Code(storage: .tooManyClips)
    /// Even a short clip is too much for the model.
    public static let nothingFits = Code(storage: .nothingFits)
  }

  /// The kind of failure.
  public let code: Code
  /// What was asked and what stands against it: one sentence.
  public let message: String
  /// What to do: one sentence.
  public let remedy: String

  /// Both sentences.
  public var description: String { "\(message) \(remedy)" }
}
