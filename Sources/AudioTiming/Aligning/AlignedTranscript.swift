public import TranscriptModel

/// The rows of a transcript with the times they are spoken at.
public struct AlignedTranscript: Sendable {
  /// A row.
  public struct Row: Hashable, Sendable {
    /// Its number, `TranscriptSegment.row`.
    public let number: Int
    /// Its words, as people corrected them.
    public let text: String
    /// Whether anything in it is said; remarks such as `[laughter]` are not looked for.
    public let isSpoken: Bool
    /// When the machine lets it begin, in milliseconds.
    public let beforeMS: Int
    /// When it is spoken.
    public let time: RowAlignment.Row
  }

  /// The rows that have a time, in the order of their times.
  public let rows: [Row]

  /// Looks for the rows of a document in its sound.
  ///
  /// - Parameters:
  ///   - document: The document; rows in the words that people corrected, where the machine put them.
  ///   - language: The language of rows that state none; `nil` guesses it.
  ///   - sound: The recording, listened to in detail.
  ///   - speaker: Who speaks the rows.
  public init(
    _ document: TranscriptDocument,
    language: String? = nil,
    in sound: SoundProfile,
    by speaker: RowSpeaker
  ) async {
    let placed = Self.placed(document, language: language)
    let spoken = placed.map(\.spoken)
    let check = TimeCheck(spoken, in: sound.activity, of: document.run.clip)
    let alignment = await RowAlignment(spoken, in: sound, from: check, by: speaker)
    self.init(placed, alignment.rows)
  }

  /// The rows of a document where somebody else finds them.
  ///
  /// - Parameter times: Says when rows, in the order of their times, are spoken.
  package init(
    _ document: TranscriptDocument,
    times: ([SpokenRow]) -> [RowAlignment.Row]
  ) {
    let placed = Self.placed(document, language: nil)
    self.init(placed, times(placed.map(\.spoken)))
  }

  private init(_ placed: [Placed], _ times: [RowAlignment.Row]) {
    rows = zip(placed, times).map { placed, time in
      Row(
        number: placed.number,
        text: placed.spoken.text,
        isSpoken: placed.spoken.isSpoken,
        beforeMS: placed.beforeMS,
        time: time
      )
    }
  }

  private struct Placed {
    let number: Int
    /// When the machine lets it begin, or whoever added it.
    let beforeMS: Int
    let spoken: SpokenRow
  }

  private static func placed(_ document: TranscriptDocument, language: String?) -> [Placed] {
    // The times that the sound set before are no reason for those that it sets now.
    let corrected = document.correctedBeforeSound
    let segments = corrected.transcript.segments
    return segments.timedPositions.compactMap { position in
      guard let row = SpokenRow(segments[position]),
        let before = corrected.place(of: segments[position]).start
      else { return nil }
      let spoken = SpokenRow(
        text: row.text,
        startMS: row.startMS,
        endMS: row.endMS,
        language: row.language ?? language
      )
      return Placed(
        number: segments[position].row,
        beforeMS: before.milliseconds,
        spoken: spoken
      )
    }
  }

  /// The times as a correction; `nil` when there is no row.
  ///
  /// - Parameter date: When they were found, RFC 3339.
  public func correction(at date: String) -> Correction? {
    guard !rows.isEmpty else { return nil }
    var seen: Set<Int> = []
    let times = rows.filter { seen.insert($0.number).inserted }.map { row in
      let (start, end) = (row.time.startMS, max(row.time.startMS, row.time.endMS))
      return Correction.RowTime(
        row: row.number,
        before: Timecode(milliseconds: row.beforeMS),
        start: Timecode(milliseconds: start),
        end: Timecode(milliseconds: end),
        confidence: (row.time.confidence * 1000).rounded() / 1000,
        words: row.time.words.map { word in
          let first = max(start, min(end, word.startMS))
          return WordTime(startMS: first, endMS: max(first, min(end, word.endMS)))
            .moved(by: -start)
        }
      )
    }
    return Correction(id: "times", date: date, change: .times(times))
  }
}
