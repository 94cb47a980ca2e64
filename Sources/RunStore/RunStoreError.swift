/// Why the run store could not do something, in the words of the user.
public struct RunStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure a caller may tell apart.
  public struct Code: Hashable, Sendable {
    private enum Storage: Hashable {
      case missing, unreadable, away, notAStore, newerVersion, olderVersion, readOnly, full, busy
      case inUse
      case damaged, tooLarge, unknownRun, ambiguousRun, invalidQuery, exists, inconsistent
    }

    private let storage: Storage

    /// There is no store at that path.
    public static let missing = Code(storage: .missing)
    /// The file or its folder cannot be opened, read or written.
    public static let unreadable = Code(storage: .unreadable)
    /// The server cannot be reached, or lets nobody in.
    public static let away = Code(storage: .away)
    /// The file is something else.
    public static let notAStore = Code(storage: .notAStore)
    /// The store was written by a newer version of the program.
    public static let newerVersion = Code(storage: .newerVersion)
    /// The store was written by an older version and is opened for reading only.
    public static let olderVersion = Code(storage: .olderVersion)
    /// The store may be read but not written.
    public static let readOnly = Code(storage: .readOnly)
    /// The disk is full.
    public static let full = Code(storage: .full)
    /// Another process kept the store locked for longer than is waited.
    public static let busy = Code(storage: .busy)
    /// Another process works on the run.
    public static let inUse = Code(storage: .inUse)
    /// The file is damaged.
    public static let damaged = Code(storage: .damaged)
    /// A value is larger than a store can hold.
    public static let tooLarge = Code(storage: .tooLarge)
    /// There is no such run, or no such item in it.
    public static let unknownRun = Code(storage: .unknownRun)
    /// Several runs, or several items of a run, fit what was given.
    public static let ambiguousRun = Code(storage: .ambiguousRun)
    /// There is nothing to search for, or too much.
    public static let invalidQuery = Code(storage: .invalidQuery)
    /// The file to write is there already.
    public static let exists = Code(storage: .exists)
    /// The call contradicts what is stored, such as a second run with the same id.
    public static let inconsistent = Code(storage: .inconsistent)

    /// Whether an error has this code, so that it can stand in a `catch`.
    public static func ~= (code: Code, error: any Error) -> Bool {
      (error as? RunStoreError)?.code == code
    }
  }

  /// The kind of failure.
  public let code: Code
  /// What happened: one sentence that names what it concerns; never holds stored text.
  public let message: String
  /// What to do: one sentence.
  public let remedy: String

  /// A failure; both sentences end with a full stop.
  public init(_ code: Code, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  /// A value is larger than the store called so can hold.
  static func tooLarge(_ name: String) -> RunStoreError {
    RunStoreError(
      .tooLarge,
      "A value is too large for the run store \(name).",
      remedy: "Transcribe the video in several parts, with the setting start and the setting end."
    )
  }

  /// Both sentences.
  public var description: String { "\(message) \(remedy)" }
}
