internal import TranscriptModel

/// Sorts out rows that lie outside of what their piece was asked about.
///
/// A few such rows are made up: they are left out where another piece covers their time, and kept
/// where none does. A piece most of whose rows lie outside has counted from elsewhere; nothing of it
/// is left out.
struct StrayRows {
  /// The rows that stay.
  private(set) var kept: [MergedRow] = []
  /// What was left out, and what was kept although it lies outside.
  private(set) var findings: [Finding] = []
  private let pieces: [PieceRows]

  init(_ rows: [MergedRow], _ pieces: [PieceRows], table: String) {
    self.pieces = pieces
    guard rows.contains(where: \.isStray) else {
      kept = rows
      return
    }
    let misplaced = Self.misplaced(rows, pieces)
    var leftOut: [Int: [MergedRow]] = [:]
    var outside: [Int: [Int]] = [:]
    for row in rows {
      if row.isStray, !misplaced.contains(row.shown.piece), isCovered(row.shown) {
        leftOut[row.shown.piece, default: []].append(row)
        continue
      }
      if row.isStray { outside[row.shown.piece, default: []].append(kept.count) }
      kept.append(row)
    }
    findings =
      leftOut.sorted { $0.key < $1.key }.map { leftOutFinding($0.key, $0.value) }
      + outside.sorted { $0.key < $1.key }.map { keptFinding($0.key, $0.value, table) }
  }

  /// The pieces of which more than a fifth lies outside.
  private static func misplaced(_ rows: [MergedRow], _ pieces: [PieceRows]) -> Set<Int> {
    var counts = Array(repeating: 0, count: pieces.count)
    for row in rows {
      for version in row.versions where version.isStray { counts[version.piece] += 1 }
    }
    return Set(pieces.indices.filter { counts[$0] > 3 && counts[$0] * 5 > pieces[$0].count })
  }

  private func isCovered(_ version: MergedRow.Version) -> Bool {
    let time = time(version)
    return pieces.indices.contains { index in
      let range = pieces[index].piece.range
      return index != version.piece && range.start.milliseconds <= time
        && time < pieces[index].coveredUntil
    }
  }

  private func time(_ version: MergedRow.Version) -> Int {
    pieces[version.piece].starts[version.row] ?? version.place
  }

  private func leftOutFinding(_ piece: Int, _ rows: [MergedRow]) -> Finding {
    let first = rows.first.map { "\(text($0.shown)) at \(rendered($0.shown))" } ?? ""
    return Finding(
      .timeOutsideClip,
      .warning,
      "\(rows.count == 1 ? "A row" : "\(rows.count) rows") of the clip \(Self.name(pieces[piece])) "
        + "outside of it \(rows.count == 1 ? "was" : "were") left out, as the clip there does not have "
        + "them: \(first)."
    )
  }

  private func keptFinding(_ piece: Int, _ rows: [Int], _ table: String) -> Finding {
    Finding(
      .timeOutsideClip,
      .warning,
      "\(rows.count == 1 ? "A row" : "\(rows.count) rows") of the clip \(Self.name(pieces[piece])) "
        + "\(rows.count == 1 ? "lies" : "lie") outside of it and \(rows.count == 1 ? "was" : "were") "
        + "kept.",
      rows: rows.map { Finding.Row(table: table, index: $0) }
    )
  }

  private func rendered(_ version: MergedRow.Version) -> String {
    Timecode(milliseconds: max(0, time(version))).rendered
  }

  private func text(_ version: MergedRow.Version) -> String {
    guard let table = pieces[version.piece].table, let column = table.column(.text) else {
      return ""
    }
    return Quote.text(table[version.row, column].rendered)
  }

  static func name(_ piece: PieceRows) -> String {
    let range = piece.piece.range
    return "\(range.start.rendered) to \(range.isOpenEnded ? "the end" : range.end.rendered)"
  }
}
