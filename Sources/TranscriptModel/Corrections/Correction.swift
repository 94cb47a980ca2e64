/// A change that a person made to a transcript.
///
/// It says what stood there before, so that it is never applied to something else.
public struct Correction: Hashable, Sendable {
  /// Names it within its list; not empty.
  public var id: String
  /// When it was made, RFC 3339.
  public var date: String
  /// What it changes.
  public var change: Change
  /// Who made it, as the place that took it knows its people; `nil` where nobody said.
  public var author: String?

  /// A change of one kind.
  public enum Change: Hashable, Sendable {
    /// Another text for a row.
    case text(Place, before: String, after: String)
    /// Another voice for a row; `nil` stands for none.
    case voice(Place, before: Int?, after: Int?)
    /// Another value for a field of a speaker; `nil` stands for unknown.
    case speaker(voice: Int, Field, before: String?, after: String?)
    /// Two voices are one: the rows of `voice` go to `into`, and its speaker goes.
    case merge(voice: Int, into: Int)
    /// One voice is two: some of its rows go to a new voice.
    case split(voice: Int, rows: [Int], newVoice: Int)
    /// A person compared the row with the recording, or takes that back.
    case checked(Place, Bool)
    /// Rows begin and end when the sound says so; no person has said that.
    case times([RowTime])
    /// Something is not to go out of reports and exports.
    case withhold(Restriction)
    /// One row is two: the words behind a place become a row of their own.
    case divide(Place, before: String, Division)
    /// A row takes the next one in; `next` is its number.
    case join(Place, before: String, next: Int, nextBefore: String, after: String)
    /// A row goes.
    case delete(Place, before: String)
    /// A row more, behind another one, or before all.
    case insert(behind: Place?, NewRow)
    /// Another title for the recording; `nil` stands for none.
    case title(before: String?, after: String?)
    /// A person says when a row begins and ends.
    case retime(Place, before: Span, after: Span)
  }

  /// The two rows that one becomes.
  public struct Division: Hashable, Sendable {
    /// The words that stay.
    public var first: String
    /// The words of the new row.
    public var second: String
    /// When the new row begins and the other one ends; `nil` where nobody knows.
    public var at: Timecode?
    /// The number of the new row, which no row has or had.
    public var newRow: Int

    /// The two rows that one becomes.
    public init(first: String, second: String, at: Timecode?, newRow: Int) {
      (self.first, self.second, self.at, self.newRow) = (first, second, at, newRow)
    }
  }

  /// A row that a person adds.
  public struct NewRow: Hashable, Sendable {
    /// Its number, which no row has or had.
    public var row: Int
    /// When it begins and ends.
    public var span: Span
    /// Who speaks it; `nil` for nobody known.
    public var voice: Int?
    /// What is said in it.
    public var text: String

    /// A row that a person adds.
    public init(row: Int, span: Span, voice: Int?, text: String) {
      (self.row, self.span, self.voice, self.text) = (row, span, voice, text)
    }
  }

  /// When a row begins and ends.
  public struct Span: Hashable, Sendable {
    /// When it begins; `nil` where nobody knows.
    public var start: Timecode?
    /// When it ends, not before it begins; `nil` where nobody knows.
    public var end: Timecode?
    /// Whether the end is a guess.
    public var endIsEstimate: Bool

    /// When a row begins and ends.
    public init(start: Timecode?, end: Timecode?, endIsEstimate: Bool = false) {
      (self.start, self.end, self.endIsEstimate) = (start, end, endIsEstimate)
    }
  }

  /// When a row is spoken.
  public struct RowTime: Hashable, Sendable {
    /// The row's number, `TranscriptSegment.row`.
    public var row: Int
    /// When the machine lets it begin.
    public var before: Timecode
    /// When it begins.
    public var start: Timecode
    /// When it ends; not before it begins.
    public var end: Timecode
    /// How certain that is, 0 to 1; 0 where the sound does not tell, and then the end is an estimate.
    public var confidence: Double
    /// When its words are spoken, counted from the start of the row; empty where that is not known.
    ///
    /// One after the other, none behind the row's end.
    public var words: [WordTime]

    /// When a row is spoken.
    public init(
      row: Int,
      before: Timecode,
      start: Timecode,
      end: Timecode,
      confidence: Double,
      words: [WordTime] = []
    ) {
      (self.row, self.before, self.start, self.end) = (row, before, start, end)
      (self.confidence, self.words) = (confidence, words)
    }
  }

  /// Where a row is, also after it moved.
  public struct Place: Hashable, Sendable {
    /// The row's number, `TranscriptSegment.row`.
    public var row: Int
    /// When the machine lets the row begin; helps to find it again.
    public var start: Timecode?

    /// The place of a row.
    public init(row: Int, start: Timecode? = nil) {
      self.row = row
      self.start = start
    }
  }

  /// A field of a speaker that people may change.
  public enum Field: String, Hashable, Sendable, CaseIterable {
    case name, company, position, role
  }

  /// A correction.
  public init(id: String, date: String, change: Change, author: String? = nil) {
    self.id = id
    self.date = date
    self.change = change
    self.author = author
  }
}

extension Speaker {
  /// The value of a field; setting a name also says that a person gave it.
  subscript(field: Correction.Field) -> String? {
    get {
      switch field {
      case .name: name
      case .company: company
      case .position: position
      case .role: role
      }
    }
    set {
      switch field {
      case .name:
        name = newValue
        nameStatus = newValue == nil ? .unknown : .corrected
      case .company: company = newValue
      case .position: position = newValue
      case .role: role = newValue
      }
    }
  }
}
