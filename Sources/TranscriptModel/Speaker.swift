/// Whoever a voice belongs to; every field that is not known stays `nil`.
public struct Speaker: Hashable, Sendable {
  /// How a name came to be known.
  public struct NameStatus: RawRepresentable, Hashable, Sendable {
    /// The status as written.
    public let rawValue: String
    /// A status from its spelling.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Said in the video.
    public static let stated = NameStatus(rawValue: "stated")
    /// Shown in the video.
    public static let shown = NameStatus(rawValue: "shown")
    /// Concluded by the model.
    public static let inferred = NameStatus(rawValue: "inferred")
    /// Given by a person who corrected the transcript.
    public static let corrected = NameStatus(rawValue: "corrected")
    /// Not known, or not known how.
    public static let unknown = NameStatus(rawValue: "unknown")
  }

  /// The id that links the speaker to rows.
  public let voice: Int
  /// The name.
  public var name: String?
  /// The company or organisation.
  public var company: String?
  /// The position held.
  public var position: String?
  /// The part played in the video.
  public var role: String?
  /// How the name came to be known.
  public var nameStatus: NameStatus
  /// Whether the reply has a speaker row for the voice; `false` for one only heard in rows.
  public var isDescribed: Bool
  /// Further columns of the speaker row, in column order.
  public var extras: [TranscriptSegment.Field]

  /// A speaker.
  public init(
    voice: Int,
    name: String? = nil,
    company: String? = nil,
    position: String? = nil,
    role: String? = nil,
    nameStatus: NameStatus = .unknown,
    isDescribed: Bool = true,
    extras: [TranscriptSegment.Field] = []
  ) {
    self.voice = voice
    self.name = name
    self.company = company
    self.position = position
    self.role = role
    self.nameStatus = nameStatus
    self.isDescribed = isDescribed
    self.extras = extras
  }

  /// Whether the speaker has a name.
  public var isIdentified: Bool { name != nil }

  /// What a row shows: the name, else `[voice N, position]`, `[voice N, role]` or `[voice N]`.
  public var label: String {
    name ?? (position ?? role).map { "[voice \(voice), \($0)]" } ?? "[voice \(voice)]"
  }
}
