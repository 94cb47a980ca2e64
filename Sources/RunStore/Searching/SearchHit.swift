public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A row of a transcript, as a search shows it.
public struct SearchRow: Hashable, Sendable {
  /// The table; `nil` for the transcript.
  public let table: String?
  /// Whether it is what the machine had written where a person changed the row.
  public let isMachine: Bool
  /// The row of the table or of the transcript, from 0.
  public let row: Int
  /// When it begins, in source time.
  public let start: Timecode?
  /// When it ends, in source time.
  public let end: Timecode?
  /// The voice.
  public let voice: Int?
  /// Who speaks, as ``TranscriptModel/Speaker/label`` has it; `nil` where nobody does.
  public let speaker: String?
  /// What was said.
  public let text: String
}

/// A row that fits a search.
public struct SearchHit: Hashable, Sendable {
  /// Where a hit is.
  public struct Place: Hashable, Sendable {
    /// The number of the item.
    public let item: Int64
    /// The id of the run.
    public let run: String
    /// How a person names the item: `RUN.POSITION`.
    public let reference: String
    /// When the run began.
    public let startedAt: Date
    /// The source.
    public let source: StoredSource
    /// The absolute paths of the results written.
    public let files: [String]
    /// The name of the prompt.
    public let prompt: String
    /// The model.
    public let model: String
    /// The language of most rows, when it is known.
    public let language: String?
  }

  /// Where it is.
  public let place: Place
  /// The row.
  public let row: SearchRow
  /// What fits the words: ranges of bytes of the text's UTF-8, in order, none overlapping.
  public let matches: [Range<Int>]
  /// The rows before, in order.
  public let before: [SearchRow]
  /// The rows after, in order.
  public let after: [SearchRow]
}

extension SearchHit {
  /// The text in pieces that do or do not fit the words.
  public var pieces: [(text: String, isMatch: Bool)] {
    let bytes = Array(row.text.utf8)
    var pieces: [(text: String, isMatch: Bool)] = []
    var position = 0
    func add(upTo end: Int, isMatch: Bool) {
      guard end > position else { return }
      pieces.append((String(decoding: bytes[position..<end], as: UTF8.self), isMatch))
      position = end
    }
    for match in matches where match.lowerBound >= position && match.upperBound <= bytes.count {
      add(upTo: match.lowerBound, isMatch: false)
      add(upTo: match.upperBound, isMatch: true)
    }
    add(upTo: bytes.count, isMatch: false)
    return pieces
  }
}

/// What a search found.
public struct SearchResult: Hashable, Sendable {
  /// The hits, in the order asked for.
  public let hits: [SearchHit]
  /// How many of the newest rows that fit were compared when not all of them were.
  ///
  /// Ranking takes time for every row that fits, so that for common words only the newest take
  /// part.
  public let rankedAmongNewest: Int?
  /// Whether more rows fit than were wanted.
  public let hasMore: Bool
}
