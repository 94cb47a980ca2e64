/// One row of a transcript: what was said, when, and by which voice.
public struct TranscriptSegment: Hashable, Sendable {
  /// The row of the transcripts table it was made from, from 0.
  public let row: Int
  /// When it begins, in source time; `nil` when the reply gave no readable time.
  public var start: Timecode?
  /// When it ends, in source time.
  public var end: Timecode?
  /// Whether the end was derived from the next row's start, not given by the reply.
  public var endIsEstimate: Bool
  /// The id of the voice; `nil` when the reply gave none.
  public var voice: Int?
  /// What was said, exactly as the reply has it.
  public var text: String
  /// The cells of further columns with a role or name of their own, in column order.
  public var extras: [Field]

  /// A named value of a further column.
  public struct Field: Hashable, Sendable {
    /// The column's name.
    public let column: String
    /// The column's role, when the schema says one.
    public let role: Column.Role?
    /// The value.
    public let value: Cell

    /// A named value.
    public init(column: String, role: Column.Role?, value: Cell) {
      self.column = column
      self.role = role
      self.value = value
    }
  }

  /// A row of a transcript.
  public init(
    row: Int,
    start: Timecode?,
    end: Timecode?,
    endIsEstimate: Bool,
    voice: Int?,
    text: String,
    extras: [Field] = []
  ) {
    self.row = row
    self.start = start
    self.end = end
    self.endIsEstimate = endIsEstimate
    self.voice = voice
    self.text = text
    self.extras = extras
  }
}
