/// A column of a table: its name, the type of its cells, and what it means to a transcript.
public struct Column: Hashable, Sendable {
  /// The types a cell may have.
  public enum ValueType: String, Hashable, Sendable {
    case string, integer, number, boolean
  }

  /// What a column means to a transcript; design section 5 lists the known ones.
  public struct Role: RawRepresentable, Hashable, Sendable {
    /// The role as schemas spell it in `x-role`.
    public let rawValue: String
    /// A role from its spelling.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// When a row begins.
    public static let start = Role(rawValue: "start")
    /// When a row ends.
    public static let end = Role(rawValue: "end")
    /// What is said.
    public static let text = Role(rawValue: "text")
    /// The id of a voice.
    public static let voice = Role(rawValue: "voice")
    /// The name of a voice's owner.
    public static let name = Role(rawValue: "name")
    /// The company or organisation.
    public static let company = Role(rawValue: "company")
    /// The position held.
    public static let position = Role(rawValue: "position")
    /// The part played in the video.
    public static let role = Role(rawValue: "role")
    /// The kind of audio source.
    public static let type = Role(rawValue: "type")
    /// The language spoken.
    public static let language = Role(rawValue: "language")
    /// The text in another language.
    public static let translation = Role(rawValue: "translation")
    /// The emotion heard.
    public static let emotion = Role(rawValue: "emotion")
    /// Where a name or fact was seen or heard.
    public static let evidence = Role(rawValue: "evidence")
    /// How sure the model says it is.
    public static let confidence = Role(rawValue: "confidence")
    /// Words copied from a transcript row.
    public static let quote = Role(rawValue: "quote")
    /// The id of a transcript row.
    public static let row = Role(rawValue: "row")
  }

  /// The name, as the schema and the reply spell it.
  public let name: String
  /// The type of the cells.
  public let type: ValueType
  /// What the column means, when the schema says so.
  public let role: Role?

  /// A column.
  public init(name: String, type: ValueType = .string, role: Role? = nil) {
    self.name = name
    self.type = type
    self.role = role
  }

  /// Whether its texts may be moments of the video.
  var isTime: Bool { role == .start || role == .end }
}
