/// Why there is no transcript, in the words of the user.
public struct TranscriptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure a caller may tell apart.
  public struct Code: Hashable, Sendable {
    private enum Storage: Hashable {
      case invalidSettings, unknownPrompt, invalidPrompt, invalidSource, storage
    }

    private let storage: Storage

    /// The settings contradict themselves or the source.
    public static let invalidSettings = Code(storage: .invalidSettings)
    /// There is no prompt or schema of that name.
    public static let unknownPrompt = Code(storage: .unknownPrompt)
    /// The prompt cannot be read, lacks a value, or asks for what is not offered.
    public static let invalidPrompt = Code(storage: .invalidPrompt)
    /// The source is missing, empty or no media.
    public static let invalidSource = Code(storage: .invalidSource)
    /// What was or would be received cannot be stored.
    public static let storage = Code(storage: .storage)
  }

  /// The kind of failure.
  public let code: Code
  /// What happened: one sentence that names what it concerns.
  public let message: String
  /// What to do: one sentence.
  public let remedy: String

  /// A failure; both sentences end with a full stop.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// Both sentences.
  public var description: String { "\(message) \(remedy)" }
}
