internal import AudioTiming
internal import TranscriptImport
internal import TranscriptModel

/// The rows of a transcript with the times they are spoken at.
struct AlignedTranscript {
  /// A row.
  struct Row {
    let number: Int
    let text: String
    /// Whether anything in it is said; remarks such as `[laughter]` are not looked for.
    let isSpoken: Bool
    /// When the machine lets it begin.
    let beforeMS: Int
    let time: RowAlignment.Row
  }

  /// The rows that have a time, in the order of their times.
  let rows: [Row]

  /// Looks for the rows of a document in its sound.
  init(
    _ document: TranscriptDocument,
    language: String?,
    in sound: SoundProfile,
    by speaker: RowSpeaker
  ) async {
    let placed = Self.placed(document, language: language)
    let spoken = placed.map(\.spoken)
    let check = TimeCheck(spoken, in: sound.activity, of: document.run.clip)
    let alignment = await RowAlignment(spoken, in: sound, from: check, by: speaker)
    self.init(placed, alignment.rows)
  }

  /// Looks for the rows of a document among the words of another program.
  init(_ document: TranscriptDocument, with words: [ImportedWord]) {
    let placed = Self.placed(document, language: nil)
    self.init(placed, WordMatch.times(of: placed.map(\.spoken), from: words))
  }

  private init(_ placed: [Placed], _ times: [RowAlignment.Row]) {
    rows = zip(placed, times).map { placed, time in
      Row(
        number: placed.number,
        text: placed.spoken.text,
        isSpoken: placed.spoken.isSpoken,
        beforeMS: placed.spoken.startMS,
        time: time
      )
    }
  }

  private struct Placed {
    let number: Int
    let spoken: SpokenRow
  }

  /// The rows in the words that people corrected, where the machine put them.
  private static func placed(_ document: TranscriptDocument, language: String?) -> [Placed] {
    var segments = document.corrected.transcript.segments
    for (position, machine) in document.transcript.segments.enumerated() {
      segments[position].start = machine.start
      segments[position].end = machine.end
      segments[position].endIsEstimate = machine.endIsEstimate
    }
    return segments.timedPositions.compactMap { position in
      guard let row = SpokenRow(segments[position]) else { return nil }
      let spoken = SpokenRow(
        text: row.text,
        startMS: row.startMS,
        endMS: row.endMS,
        language: row.language ?? language
      )
      return Placed(number: segments[position].row, spoken: spoken)
    }
  }

  /// The times as a correction; `nil` when there is no row.
  func correction(at date: String) -> Correction? {
    guard !rows.isEmpty else { return nil }
    var seen: Set<Int> = []
    let times = rows.filter { seen.insert($0.number).inserted }.map { row in
      Correction.RowTime(
        row: row.number,
        before: Timecode(milliseconds: row.beforeMS),
        start: Timecode(milliseconds: row.time.startMS),
        end: Timecode(milliseconds: max(row.time.startMS, row.time.endMS)),
        confidence: (row.time.confidence * 1000).rounded() / 1000
      )
    }
    return Correction(id: "times", date: date, change: .times(times))
  }
}
