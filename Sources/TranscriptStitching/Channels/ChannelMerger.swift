package import TabularExtraction
internal import TranscriptModel

/// Makes one transcript of the replies about the channels of a recording, each of which is the line of
/// one speaker.
///
/// Rows stand in the order of time, whichever channel they come from; all voices of a channel are one,
/// numbered as the channel. It has the name that replies give it, or else that of the channel.
package struct ChannelMerger: Sendable {
  /// What replies say of a channel.
  package struct Channel: Sendable {
    /// What people call it, such as `Channel 1 (left)`.
    package let name: String
    /// The replies about it.
    package let pieces: [ReplyPiece]

    /// What replies say of a channel.
    package init(name: String, pieces: [ReplyPiece]) { (self.name, self.pieces) = (name, pieces) }
  }

  private let assembler: TranscriptAssembler

  /// - Parameter assembler: Builds and validates the whole.
  package init(assembler: TranscriptAssembler) { self.assembler = assembler }

  /// The transcript of some channels, in their order.
  package func merge(_ channels: [Channel]) -> StitchedReply {
    let stitcher = TranscriptStitcher(assembler: assembler)
    let replies = channels.map { stitcher.stitch($0.pieces) }
    var merged = MergedChannels(channels.map(\.name), replies.map(\.tables))
    merged.addNames()
    let assembled = assembler.assemble(timed: merged.tables)
    let found = zip(channels, 0...).flatMap { channel, number in
      channel.pieces.flatMap(\.findings).map { finding in
        let isOne = channel.pieces.count == 1
        return Finding(
          finding.code,
          finding.severity,
          "\(channel.name): \(finding.message)",
          rows: isOne ? finding.rows.compactMap { merged.row($0, of: number) } : []
        )
      }
    }
    return StitchedReply(
      tables: assembled.tables,
      transcript: assembled.transcript,
      findings: found + assembled.findings,
      merges: VoiceMergeTable(voices: []),
      origins: [],
      uncovered: replies.flatMap(\.uncovered)
    )
  }
}

/// The tables of channels as one set.
private struct MergedChannels {
  /// A row on its way into the whole.
  private struct Source {
    let channel: Int
    let row: Int
    /// When it begins, in milliseconds; that of the row above for one without.
    let start: Int
  }

  private(set) var tables: [Table] = []
  private let names: [String]
  private let channels: [[Table]]
  private let spoken: String?
  private let described: String?
  /// Where the rows of each table and channel went.
  private var places: [String: [Int: [Int: Int]]] = [:]

  init(_ names: [String], _ channels: [[Table]]) {
    (self.names, self.channels) = (names, channels)
    let roles = channels.map(TranscriptTables.init)
    spoken = roles.lazy.compactMap { $0.rows?.name }.first
    described = roles.lazy.compactMap { $0.speakers?.name }.first
    var order: [String] = []
    for name in channels.flatMap({ $0.map(\.name) }) where !order.contains(name) {
      order.append(name)
    }
    // What other tables say of rows is said of them in the whole.
    if let spoken { merge(spoken) }
    for name in order where name != spoken && name != described { merge(name) }
    tables.sort { order.firstIndex(of: $0.name) ?? 0 < order.firstIndex(of: $1.name) ?? 0 }
  }

  /// Where a row of a channel's reply went.
  func row(_ row: Finding.Row, of channel: Int) -> Finding.Row? {
    places[row.table]?[channel]?[row.index].map { .init(table: row.table, index: $0) }
  }

  private mutating func merge(_ name: String) {
    let own = channels.map { tables in tables.first { $0.name == name } }
    guard let model = own.lazy.compactMap(\.self).first else { return }
    var sources: [Source] = []
    for (channel, table) in own.enumerated() {
      guard let table, table.columns == model.columns else { continue }
      var start = 0
      for row in 0..<table.rowCount {
        if let column = table.column(.start), case .time(let time) = table[row, column] {
          start = time.milliseconds
        }
        sources.append(Source(channel: channel, row: row, start: start))
      }
    }
    sources.sort { ($0.start, $0.channel, $0.row) < ($1.start, $1.channel, $1.row) }
    var table = Table(name: name, columns: model.columns)
    for source in sources {
      guard let from = own[source.channel] else { continue }
      places[name, default: [:]][source.channel, default: [:]][source.row] = table.rowCount
      table.append(cells(source, of: from))
    }
    tables.append(table)
  }

  private func cells(_ source: Source, of table: Table) -> [Cell] {
    table.columns.indices.map { column in
      let cell = table[source.row, column]
      switch (table.columns[column].role, cell) {
      case (.voice, _): return SpeakerMerger.cell(source.channel + 1, like: table.columns[column])
      case (.row, .integer(let number)):
        let place = spoken.flatMap { places[$0]?[source.channel]?[number - 1] }
        return place.map { .integer($0 + 1) } ?? cell
      default: return cell
      }
    }
  }

  /// Adds a row for each channel that speaks to the table of speakers, which is made where there is none.
  mutating func addNames() {
    guard let spoken, let rows = tables.first(where: { $0.name == spoken }),
      rows.column(.voice) != nil
    else { return }
    let own = channels.map { tables in tables.first { $0.name == described } }
    let columns =
      own.lazy.compactMap { $0?.columns }.first ?? [
        Column(name: "voice", type: .integer, role: .voice), Column(name: "name", role: .name),
      ]
    var table = Table(name: described ?? "speakers", columns: columns)
    for channel in channels.indices where places[spoken]?[channel]?.isEmpty == false {
      table.append(speaker(of: channel, own[channel], columns))
    }
    let place = tables.firstIndex { $0.name == spoken }.map { $0 + 1 } ?? tables.count
    tables.insert(table, at: place)
  }

  /// The row about the voice that says most in a channel.
  private func speaker(of channel: Int, _ table: Table?, _ columns: [Column]) -> [Cell] {
    var cells = [Cell](repeating: .missing, count: columns.count)
    if let table, table.columns == columns, let row = mostHeard(channel, table) {
      cells = columns.indices.map { table[row, $0] }
    }
    for (index, column) in columns.enumerated() {
      if column.role == .voice { cells[index] = SpeakerMerger.cell(channel + 1, like: column) }
      if column.role == .name, cells[index] == .missing { cells[index] = .text(names[channel]) }
    }
    return cells
  }

  private func mostHeard(_ channel: Int, _ speakers: Table) -> Int? {
    guard let voice = speakers.column(.voice),
      let rows = channels[channel].first(where: { $0.name == spoken }),
      let speaking = rows.column(.voice), let text = rows.column(.text)
    else { return nil }
    var lengths: [Cell: Int] = [:]
    for row in 0..<rows.rowCount {
      lengths[rows[row, speaking], default: 0] += rows[row, text].rendered.utf8.count
    }
    return (0..<speakers.rowCount).max { one, other in
      (lengths[speakers[one, voice]] ?? 0, other) < (lengths[speakers[other, voice]] ?? 0, one)
    }
  }
}
