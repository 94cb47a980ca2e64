internal import TabularExtraction
internal import TranscriptModel

/// The stitching of several pieces, step by step: rows, voices, tables, findings.
struct Stitching {
  private let pieces: [PieceRows]
  private let voices: [PieceVoices]
  private let rows: [MergedRow]
  private let matcher: VoiceMatcher
  private let numbering: VoiceNumbering
  private let speakers: SpeakerMerger
  private let rowTable: Table?
  private(set) var tables: [Table] = []
  private var map: RowMap
  private var findings: [Finding] = []

  /// - Parameter pieces: The pieces in source time.
  init(_ pieces: [PieceRows], using merges: VoiceMergeTable?) {
    let voices = pieces.map(PieceVoices.init)
    let merger = RowMerger(pieces, voices)
    let model = pieces.lazy.compactMap(\.table).first
    let stray = StrayRows(merger.rows, pieces, table: model?.name ?? "")
    let fixed = merges.map { FixedVoices($0, pieces, voices).groups } ?? []
    self.pieces = pieces
    self.voices = voices
    rowTable = model
    rows = stray.kept
    matcher = VoiceMatcher(voices, shared: merger.shared, fixed: fixed)
    numbering = VoiceNumbering(matcher.groups, rows: rows, voices: voices)
    speakers = SpeakerMerger(voices, numbering)
    map = RowMap(pieces: pieces.count)
    findings = stray.findings
    buildTables()
  }

  // MARK: Tables

  private mutating func buildTables() {
    noteRows()
    let carrier = TableCarrier(
      pieces: pieces,
      voices: voices,
      numbering: numbering,
      rowTable: rowTable?.name
    )
    var names: [String] = []
    for name in pieces.flatMap({ $0.piece.tables.map(\.name) }) where !names.contains(name) {
      names.append(name)
    }
    for name in names {
      if name == rowTable?.name {
        if let table = transcriptTable() { tables.append(table) }
      } else if name == speakers.table?.name {
        if let table = speakers.table { tables.append(table) }
      } else if let table = carrier.table(named: name, &map) {
        tables.append(table)
      }
    }
  }

  private mutating func noteRows() {
    if let name = rowTable?.name {
      for (index, row) in rows.enumerated() {
        for version in row.versions {
          map.note(name, piece: version.piece, row: version.row, to: index)
        }
      }
    }
    guard let name = speakers.table?.name else { return }
    for (source, target) in speakers.rowOf {
      map.note(name, piece: source.piece, row: source.row, to: target)
    }
  }

  private func transcriptTable() -> Table? {
    guard let model = rowTable else { return nil }
    var table = Table(name: model.name, columns: model.columns)
    for row in rows { table.append(cells(of: row, like: model)) }
    return table
  }

  /// The cells of the version that is shown; what it lacks comes from the other versions.
  private func cells(of row: MergedRow, like model: Table) -> [Cell] {
    model.columns.indices.map { column in
      let isVoice = model.columns[column].role == .voice
      var cell = self.cell(row.shown, column, isVoice: isVoice, model)
      for other in row.others where cell == .missing {
        cell = self.cell(other, column, isVoice: isVoice, model)
      }
      return cell
    }
  }

  private func cell(
    _ version: MergedRow.Version,
    _ column: Int,
    isVoice: Bool,
    _ model: Table
  ) -> Cell {
    guard let table = pieces[version.piece].table, column < table.columns.count else {
      return .missing
    }
    guard isVoice else { return table[version.row, column] }
    guard let voice = voices[version.piece].ofRow[version.row],
      let number = numbering.numbers[VoiceNode(piece: version.piece, voice: voice)]
    else { return table[version.row, column] }
    return SpeakerMerger.cell(number, like: model.columns[column])
  }

  // MARK: What is handed out

  /// For each row of the transcript, the rows it was made of.
  var origins: [[StitchedReply.Origin]] {
    rows.map { row in
      row.versions.map { StitchedReply.Origin(piece: $0.piece, row: $0.row) }
    }
  }

  /// Which voices are one, and why.
  func mergeTable(_ transcript: Transcript) -> VoiceMergeTable {
    let labels = Dictionary(
      transcript.speakers.map { ($0.voice, $0.label) },
      uniquingKeysWith: { first, _ in first }
    )
    let merged = numbering.groups.map { group in
      VoiceMergeTable.Voice(
        voice: group.number,
        label: labels[group.number] ?? "[voice \(group.number)]",
        from: group.nodes.enumerated().map { index, node in
          VoiceMergeTable.Member(
            piece: node.piece,
            clip: pieces[node.piece].piece.range,
            voice: node.voice,
            why: index == 0 ? "" : matcher.reasons[node] ?? ""
          )
        }
      )
    }
    return VoiceMergeTable(voices: merged, apart: doubts)
  }

  /// The doubts that are left, each pair of voices once.
  private var doubts: [VoiceMergeTable.Doubt] {
    var seen: Set<[Int]> = []
    return matcher.doubts.compactMap { doubt in
      guard let one = numbering.numbers[doubt.one], let other = numbering.numbers[doubt.other],
        one != other, seen.insert([min(one, other), max(one, other)]).inserted
      else { return nil }
      return VoiceMergeTable.Doubt(voices: [min(one, other), max(one, other)], why: doubt.why)
    }
  }
}

// MARK: Findings

extension Stitching {
  /// What was found in the pieces and on the way, about the rows of the whole.
  func findings(_ merges: VoiceMergeTable) -> [Finding] {
    pieces.indices.flatMap(carried) + loops + findings + speakers.findings
      + VoiceFindings(merges, voices: voices, speakers: speakers.table?.name).all
  }

  /// The findings of a piece, their rows found again in the whole.
  private func carried(_ piece: Int) -> [Finding] {
    pieces[piece].piece.findings.compactMap { finding in
      var targets: [Finding.Row] = []
      for row in finding.rows {
        guard let target = map.target(row.table, piece: piece, row: row.index),
          isShown(row, piece, at: target), targets.last?.index != target
        else { continue }
        targets.append(Finding.Row(table: row.table, index: target))
      }
      guard finding.rows.isEmpty || !targets.isEmpty else { return nil }
      let place = finding.rows.isEmpty ? " (Clip \(StrayRows.name(pieces[piece])).)" : ""
      return Finding(
        finding.code,
        finding.severity,
        finding.message + place,
        rows: targets,
        table: finding.table
      )
    }
  }

  /// Whether a row is what the whole shows; a version that is not shown no longer concerns anybody.
  private func isShown(_ row: Finding.Row, _ piece: Int, at target: Int) -> Bool {
    guard row.table == rowTable?.name else { return true }
    return rows[target].shown.piece == piece && rows[target].shown.row == row.index
  }

  private var loops: [Finding] {
    pieces.compactMap { piece in
      guard let loop = piece.loop, let table = piece.table, let column = table.column(.text) else {
        return nil
      }
      let quote = Quote.text(table[loop.lowerBound, column].rendered)
      return Finding(
        .looped,
        .warning,
        "\(loop.count) rows at the end of the clip \(StrayRows.name(piece)) that only repeat what "
          + "stands before them were left out: \(quote) first."
      )
    }
  }
}
