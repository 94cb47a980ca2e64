internal import TranscriptModel

/// Makes one run of rows of those of all pieces: each row once, in order.
struct RowMerger {
  /// Two rows of two pieces that are one.
  struct Shared {
    let one: MergedRow.Version
    let other: MergedRow.Version
    /// The words of the shorter version.
    let words: Int
    /// How much both are alike, 0 to 1.
    let likeness: Double
    /// How many of the rows before and after are shared as well, 0 to 2.
    let neighbours: Int
  }

  let pieces: [PieceRows]
  private let voices: [PieceVoices]
  private let first: Int
  private let last: Int
  private(set) var rows: [MergedRow] = []
  private(set) var shared: [Shared] = []

  /// - Parameter pieces: The pieces in source time.
  init(_ pieces: [PieceRows], _ voices: [PieceVoices]) {
    self.pieces = pieces
    self.voices = voices
    first = pieces.lazy.map { $0.piece.range.start.milliseconds }.min() ?? 0
    last = pieces.lazy.map(\.coveredUntil).max() ?? 0
    for piece in pieces.indices { add(piece) }
  }

  // MARK: Adding a piece

  private mutating func add(_ piece: Int) {
    let versions = versions(of: piece)
    guard let begin = versions.first?.place, let end = versions.last?.place else { return }
    let start = position(of: begin - RowAligner.longestRow)
    let stop = max(start, position(of: end + RowAligner.tolerance + 1))
    guard start < rows.count else {
      append(versions.map(MergedRow.init), replacing: rows.count..<rows.count)
      return
    }
    // Rows that come long after all others are in no overlap.
    let reached = rows[start..<stop].last?.place ?? .min
    let inside = versions.prefix { $0.place <= reached + RowAligner.tolerance }
    let window = Array(rows[start..<stop])
    let merged = merge(window, Array(inside))
    append(merged + versions.dropFirst(inside.count).map(MergedRow.init), replacing: start..<stop)
  }

  private func versions(of number: Int) -> [MergedRow.Version] {
    let piece = pieces[number]
    let range = piece.piece.range
    return piece.starts.indices.filter { piece.loop?.contains($0) != true }.map { row in
      let place = piece.places[row]
      let time = piece.starts[row] ?? place
      let end = row + 1 < piece.count ? max(time, piece.places[row + 1]) : time
      // Where nothing lies beyond an edge, nothing is cut there.
      let before =
        range.start.milliseconds == first && time >= first
        ? .max / 8 : time - range.start.milliseconds
      let isBeyond = time > range.end.milliseconds
      let after =
        isBeyond
        ? range.end.milliseconds - time
        : piece.coveredUntil >= last ? .max / 8 : piece.coveredUntil - min(end, piece.coveredUntil)
      return MergedRow.Version(piece: number, row: row, place: place, depth: min(before, after))
    }
  }

  /// The first row at or after a moment.
  private func position(of moment: Int) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].place < moment { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func append(_ merged: [MergedRow], replacing range: Range<Int>) {
    var merged = merged
    var place = range.lowerBound > 0 ? rows[range.lowerBound - 1].place : Int.min
    for index in merged.indices {
      place = max(place, merged[index].place)
      merged[index].place = place
    }
    rows.replaceSubrange(range, with: merged)
    var next = range.lowerBound + merged.count
    while next < rows.count, rows[next].place < place {
      rows[next].place = place
      next += 1
    }
  }

  // MARK: Merging an overlap

  private mutating func merge(
    _ window: [MergedRow],
    _ versions: [MergedRow.Version]
  ) -> [MergedRow] {
    let left = window.map { row($0.shown, place: $0.place) }
    let right = versions.map { row($0, place: $0.place) }
    let pairs = RowAligner(left: left, right: right).pairs()
    var weaver = RowWeaver(window: window, versions: versions, left: left, right: right)
    weaver.weave(pairs)
    shared += weaver.shared
    return weaver.rows
  }

  private func row(_ version: MergedRow.Version, place: Int) -> RowAligner.Row {
    let piece = pieces[version.piece]
    let begin = piece.piece.range.start.milliseconds
    return RowAligner.Row(
      words: words(version),
      place: place,
      lacksBeginning: abs(version.place - begin) <= RowAligner.shortTolerance,
      lacksEnd: version.row == piece.count - 1,
      voice: voice(version)
    )
  }

  private func voice(_ version: MergedRow.Version) -> VoiceNode? {
    voices[version.piece].ofRow[version.row].map { VoiceNode(piece: version.piece, voice: $0) }
  }

  private func words(_ version: MergedRow.Version) -> WordList {
    let piece = pieces[version.piece]
    guard let table = piece.table, let column = table.column(.text),
      !table.isMissing(row: version.row, column: column)
    else { return WordList("") }
    return WordList(table[version.row, column].rendered)
  }
}
