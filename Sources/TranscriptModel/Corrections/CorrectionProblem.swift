/// Why a correction was not applied.
public struct CorrectionProblem: Error, Hashable, Sendable {
  /// What kind of thing is wrong, in lower case with hyphens; the set may grow.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The code as printed.
    public let rawValue: String
    /// A code from its printed form.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The kind of correction is not one of those known here.
    public static let unknownKind = Self(rawValue: "unknown-kind")
    /// A member is missing or has the wrong type.
    public static let malformed = Self(rawValue: "malformed")
    /// An earlier correction of the list has the same id.
    public static let repeatedID = Self(rawValue: "repeated-id")
    /// There is no such row, and none like it nearby.
    public static let rowMissing = Self(rawValue: "row-missing")
    /// What stands there is not what was corrected.
    public static let beforeDiffers = Self(rawValue: "before-differs")
    /// A row that should be new has the number of one that is or was there.
    public static let rowTaken = Self(rawValue: "row-taken")
    /// No speaker has the voice.
    public static let unknownVoice = Self(rawValue: "unknown-voice")
    /// It was carried from another run, and has no place here.
    public static let conflict = Self(rawValue: "conflict")
    /// A voice that should be new is there already, or a voice should be merged into itself.
    public static let voiceTaken = Self(rawValue: "voice-taken")
  }

  /// The position of the correction in its list, from 0.
  public let index: Int
  /// The correction's id, when it has one.
  public let id: String?
  /// What kind of thing is wrong.
  public let code: Code
  /// One sentence for a person; may quote text of the file, so it is escaped wherever it is shown.
  public let message: String

  /// A problem of the correction at a position.
  public init(index: Int, id: String?, _ code: Code, _ message: String) {
    self.index = index
    self.id = id
    self.code = code
    self.message = message
  }
}
