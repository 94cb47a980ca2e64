/// The numbers of voices in the whole.
struct VoiceNumbering {
  /// The number of each voice of each piece.
  private(set) var numbers: [VoiceNode: Int] = [:]
  /// The voices of each number.
  private(set) var groups: [(number: Int, nodes: [VoiceNode])] = []

  /// Numbers groups from 1 by their first row, those never heard last.
  ///
  /// Numbers given by a person stay.
  init(_ matched: VoiceGroups, rows: [MergedRow], voices: [PieceVoices]) {
    let all = matched.all
    var groupOf: [VoiceNode: Int] = [:]
    for (index, group) in all.enumerated() { for node in group.nodes { groupOf[node] = index } }
    var order: [Int] = []
    var seen: Set<Int> = []
    for row in rows {
      for version in row.versions {
        guard let voice = voices[version.piece].ofRow[version.row],
          let group = groupOf[VoiceNode(piece: version.piece, voice: voice)]
        else { continue }
        if seen.insert(group).inserted { order.append(group) }
        break
      }
    }
    order += all.indices.filter { !seen.contains($0) }
    number(order.map { all[$0] })
  }

  private mutating func number(_ ordered: [(nodes: [VoiceNode], number: Int?)]) {
    let given = Set(ordered.compactMap(\.number))
    // Behind those given, while there is room behind them.
    var next = 1 + min(max(0, given.max() ?? 0), Int.max / 2)
    for group in ordered {
      while group.number == nil, given.contains(next) { next += 1 }
      let number = group.number ?? next
      if group.number == nil { next += 1 }
      for node in group.nodes { numbers[node] = number }
      groups.append((number, group.nodes))
    }
    groups.sort { $0.number < $1.number }
  }
}
