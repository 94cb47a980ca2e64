public import TranscriptModel

/// A page of a library: a list of its transcripts, of the people in them, or what a search found.
///
/// Reads without scripts; one keeps searches in the browser. Its addresses are those of a server: `/`, `/people`, `/search?q=…` and `/items/N`.
public struct HTMLLibrary: Sendable {
  /// A transcript in the list.
  public struct Item: Sendable {
    /// The number in its address.
    public var number: Int64
    /// The title.
    public var title: String
    /// When it was made, to the minute.
    public var made: String
    /// How it stands, in a word.
    public var status: String
    /// Whether there is a page of it.
    public var hasPage: Bool
    /// When it was recorded, RFC 3339; `nil` when that is not known.
    public var recordedAt: String?
    /// The length, when known.
    public var length: Timecode?
    /// The name of its prompt.
    public var prompt: String
    /// The model that was asked.
    public var model: String
    /// The rows.
    public var rowCount: Int
    /// The voices.
    public var speakerCount: Int
    /// The rows that people compared with the recording.
    public var checkedCount = 0
    /// The findings about it.
    public var findingCount: Int
    /// What it was billed in US dollars, as a text; empty when that is not known.
    public var cost: String

    /// A transcript in the list.
    public init(
      number: Int64,
      title: String,
      made: String,
      status: String,
      hasPage: Bool,
      length: Timecode?,
      prompt: String,
      model: String,
      rowCount: Int,
      speakerCount: Int,
      findingCount: Int,
      cost: String
    ) {
      self.number = number
      self.title = title
      self.made = made
      self.status = status
      self.hasPage = hasPage
      self.length = length
      self.prompt = prompt
      self.model = model
      self.rowCount = rowCount
      self.speakerCount = speakerCount
      self.findingCount = findingCount
      self.cost = cost
    }
  }

  /// An address of this library, and what it is called.
  public struct Link: Hashable, Sendable {
    /// What it says.
    public var label: String
    /// Where it leads: a path with its query.
    public var address: String
    /// Whether it is what is shown now.
    public var isCurrent: Bool

    /// A link.
    public init(_ label: String, to address: String, isCurrent: Bool = false) {
      self.label = label
      self.address = address
      self.isCurrent = isCurrent
    }
  }

  /// A column that the list can be sorted by.
  public struct Heading: Sendable {
    /// Sorts by it, or turns the order round.
    public var link: Link
    /// Whether the least comes first; `nil` when it is not sorted by.
    public var isAscending: Bool?
    /// Whether it has numbers.
    public var isNumber: Bool

    /// A column.
    public init(_ link: Link, isAscending: Bool?, isNumber: Bool = false) {
      self.link = link
      self.isNumber = isNumber
      self.isAscending = isAscending
    }
  }

  /// A property that the list can be narrowed by.
  public struct Facet: Sendable {
    /// What it is.
    public var name: String
    /// Its values, and one for all of them.
    public var choices: [Link]

    /// A property.
    public init(name: String, choices: [Link]) {
      self.name = name
      self.choices = choices
    }
  }

  /// A page of the list of transcripts.
  public struct Listing: Sendable {
    /// What is listed, as a heading.
    public var heading: String
    /// The transcripts.
    public var items: [Item]
    /// The text that titles have to hold, as the field has it.
    public var title: String
    /// What the field's form keeps: names and values.
    public var kept: [(name: String, value: String)]
    /// The columns, in the order of the table.
    public var headings: [Heading]
    /// What it can be narrowed by.
    public var facets: [Facet]
    /// The pages before and after, where there are any.
    public var pages: [Link]

    /// A page of the list.
    public init(
      heading: String,
      items: [Item],
      title: String,
      kept: [(name: String, value: String)],
      headings: [Heading],
      facets: [Facet],
      pages: [Link]
    ) {
      self.heading = heading
      self.items = items
      self.title = title
      self.kept = kept
      self.headings = headings
      self.facets = facets
      self.pages = pages
    }
  }

  /// A page of the list of people.
  public struct People: Sendable {
    /// Somebody who speaks.
    public struct Person: Sendable {
      /// The name, which leads to everything the person said.
      public var link: Link
      /// What is known of the person.
      public var description: String
      /// How many recordings the person speaks in.
      public var recordingCount: Int
      /// The day of the newest transcript with the person.
      public var last: String

      /// Somebody who speaks.
      public init(link: Link, description: String, recordingCount: Int, last: String) {
        self.link = link
        self.description = description
        self.recordingCount = recordingCount
        self.last = last
      }
    }

    /// What is listed, as a heading.
    public var heading: String
    /// The people.
    public var people: [Person]
    /// The words that names have to hold, as the field has them.
    public var name: String
    /// The pages before and after, where there are any.
    public var pages: [Link]

    /// A page of the list.
    public init(heading: String, people: [Person], name: String, pages: [Link]) {
      self.heading = heading
      self.people = people
      self.name = name
      self.pages = pages
    }
  }

  /// A row that fits a search.
  public struct Hit: Sendable {
    /// The number of its transcript.
    public var number: Int64
    /// When the row begins.
    public var start: Timecode?
    /// Who speaks, or where the row stands.
    public var origin: String
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
    public init(number: Int64, start: Timecode?, origin: String, pieces: [Piece]) {
      self.number = number
      self.start = start
      self.origin = origin
      self.pieces = pieces
    }
  }

  /// The rows of a source that fit a search.
  public struct Source: Sendable {
    /// The title of the source.
    public var title: String
    /// What is known of it, a phrase each.
    public var facts: [String]
    /// Rows that fit.
    public var hits: [Hit]
    /// Where more of them are, where not all are shown.
    public var more: Link?

    /// The rows of a source.
    public init(title: String, facts: [String], hits: [Hit], more: Link?) {
      self.title = title
      self.facts = facts
      self.hits = hits
      self.more = more
    }
  }

  /// What was searched for, as the fields of the page have it.
  public struct Search: Sendable {
    /// The words.
    public var words: String
    /// The speaker.
    public var speaker: String
    /// Whether the newest come first.
    public var isNewestFirst: Bool
    /// Whether earlier transcripts are searched, too.
    public var takesAllRuns: Bool
    /// What the form keeps besides: names and values.
    public var kept: [(name: String, value: String)]

    /// A search.
    public init(
      words: String = "",
      speaker: String = "",
      isNewestFirst: Bool = false,
      takesAllRuns: Bool = false,
      kept: [(name: String, value: String)] = []
    ) {
      self.words = words
      self.speaker = speaker
      self.isNewestFirst = isNewestFirst
      self.takesAllRuns = takesAllRuns
      self.kept = kept
    }
  }

  /// What a search found.
  public struct Found: Sendable {
    /// What was searched for or found, as a heading.
    public var heading: String
    /// What else there is to know; empty for nothing.
    public var note: String
    /// The sources that have rows which fit.
    public var sources: [Source]
    /// What it can be narrowed by.
    public var facets: [Facet]
    /// The pages before and after, where there are any.
    public var pages: [Link]

    /// What a search found.
    public init(
      heading: String,
      note: String,
      sources: [Source] = [],
      facets: [Facet] = [],
      pages: [Link] = []
    ) {
      self.heading = heading
      self.note = note
      self.sources = sources
      self.facets = facets
      self.pages = pages
    }
  }

  /// Whether the page leads to one on which a transcription is begun, at `/new`.
  package var offersStart = false
  let listing: Listing?
  let people: People?
  let found: Found?
  let search: Search

  /// A page with a list of transcripts.
  public init(_ listing: Listing) {
    self.listing = listing
    people = nil
    found = nil
    search = Search()
  }

  /// A page with a list of people.
  public init(_ people: People) {
    listing = nil
    self.people = people
    found = nil
    search = Search()
  }

  /// A page with what a search found, or with what there is to say instead.
  public init(_ found: Found, search: Search = Search()) {
    listing = nil
    people = nil
    self.found = found
    self.search = search
  }

  /// The page as UTF-8.
  public func rendered() -> [UInt8] { LibraryPage(library: self).rendered() }
}
