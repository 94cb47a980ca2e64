public import TranscriptModel

/// A page of a library: the newest transcripts, and what a search found in all of them.
///
/// Needs no script. Its addresses are those of a server: `/`, `/search?q=…` and `/items/N`.
public struct HTMLLibrary: Sendable {
  /// A transcript in the list.
  public struct Item: Sendable {
    /// The number in its address.
    public var number: Int64
    /// The title.
    public var title: String
    /// The day it was made.
    public var day: String
    /// How it stands, in a word.
    public var status: String
    /// Whether there is a page of it.
    public var hasPage: Bool
    /// The length, when known.
    public var length: Timecode?
    /// The rows.
    public var rowCount: Int
    /// The voices.
    public var speakerCount: Int

    /// A transcript in the list.
    public init(
      number: Int64,
      title: String,
      day: String,
      status: String,
      hasPage: Bool,
      length: Timecode?,
      rowCount: Int,
      speakerCount: Int
    ) {
      self.number = number
      self.title = title
      self.day = day
      self.status = status
      self.hasPage = hasPage
      self.length = length
      self.rowCount = rowCount
      self.speakerCount = speakerCount
    }
  }

  /// A row that fits a search.
  public struct Hit: Sendable {
    /// The number of its transcript.
    public var number: Int64
    /// The title of its transcript.
    public var title: String
    /// When the row begins.
    public var start: Timecode?
    /// Who speaks.
    public var speaker: String
    /// The text in pieces that do or do not fit.
    public var pieces: [Piece]

    /// A part of a text.
    public struct Piece: Sendable {
      /// The part.
      public var text: String
      /// Whether it is what was searched for.
      public var isMatch: Bool

      /// A part of a text.
      public init(text: String, isMatch: Bool) {
        self.text = text
        self.isMatch = isMatch
      }
    }

    /// A row that fits.
    public init(
      number: Int64,
      title: String,
      start: Timecode?,
      speaker: String,
      pieces: [Piece]
    ) {
      self.number = number
      self.title = title
      self.start = start
      self.speaker = speaker
      self.pieces = pieces
    }
  }

  /// What was searched for, as the fields of the page have it.
  public struct Search: Hashable, Sendable {
    /// The words.
    public var words: String
    /// The speaker.
    public var speaker: String
    /// Whether the newest come first.
    public var isNewestFirst: Bool

    /// A search.
    public init(words: String = "", speaker: String = "", isNewestFirst: Bool = false) {
      self.words = words
      self.speaker = speaker
      self.isNewestFirst = isNewestFirst
    }
  }

  /// What a search found.
  public struct Found: Sendable {
    /// What was searched for or found, as a heading.
    public var heading: String
    /// What else there is to know; empty for nothing.
    public var note: String
    /// The rows.
    public var hits: [Hit]

    /// What a search found.
    public init(heading: String, note: String, hits: [Hit]) {
      self.heading = heading
      self.note = note
      self.hits = hits
    }
  }

  let items: [Item]
  let found: Found?
  let search: Search

  /// A page with the newest transcripts, and what a search found if there was one.
  public init(items: [Item], found: Found? = nil, search: Search = Search()) {
    self.items = items
    self.search = search
    self.found = found
  }

  /// The page as UTF-8.
  public func rendered() -> [UInt8] { LibraryPage(library: self).rendered() }
}
