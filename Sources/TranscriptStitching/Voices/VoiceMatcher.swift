internal import TranscriptModel
internal import UnicodeText

/// Finds out which voices of different pieces are one, over all pieces at once.
///
/// The best evidence is believed first; two voices of one piece never become one, nor do voices whose
/// names are those of two people. What is doubtful stays apart.
struct VoiceMatcher {
  /// Two voices that were left apart, with the reason.
  struct Doubt {
    let one: VoiceNode
    let other: VoiceNode
    let why: String
  }

  private(set) var groups: VoiceGroups
  private(set) var doubts: [Doubt] = []
  /// Why each voice belongs to its group.
  private(set) var reasons: [VoiceNode: String] = [:]
  private let pieces: [PieceVoices]
  private var evidence: [[VoiceNode]: VoiceEvidence] = [:]
  /// The heaviest and second heaviest evidence of each voice for voices of each other piece.
  private var rivals: [VoiceNode: [Int: (best: Double, second: Double)]] = [:]

  init(_ pieces: [PieceVoices], shared: [RowMerger.Shared], fixed: [(Int, [VoiceNode])]) {
    self.pieces = pieces
    let nodes = pieces.enumerated().flatMap { piece, voices in
      voices.voices.sorted { $0.key < $1.key }.map {
        (node: VoiceNode(piece: piece, voice: $0.key), name: $0.value.name)
      }
    }
    groups = VoiceGroups(nodes)
    for (number, members) in fixed {
      groups.fix(members, number: number)
      for member in members { reasons[member] = "as given" }
    }
    collect(shared)
    collectNames(nodes)
    weigh()
    merge()
    doubtNames(nodes)
  }

  // MARK: Evidence

  private mutating func collect(_ shared: [RowMerger.Shared]) {
    for pair in shared where pair.one.piece != pair.other.piece {
      guard let first = pieces[pair.one.piece].ofRow[pair.one.row],
        let second = pieces[pair.other.piece].ofRow[pair.other.row]
      else { continue }
      let one = VoiceNode(piece: pair.one.piece, voice: first)
      let other = VoiceNode(piece: pair.other.piece, voice: second)
      note(one, other) { $0.add(pair) }
    }
  }

  /// Voices of one name, where no two of a piece have it, in a chain: each with the next.
  private mutating func collectNames(_ nodes: [(node: VoiceNode, name: PersonName?)]) {
    var named: [PersonName: [VoiceNode]] = [:]
    for entry in nodes { if let name = entry.name { named[name, default: []].append(entry.node) } }
    for (name, nodes) in named.sorted(by: { $0.value[0] < $1.value[0] }) where nodes.count > 1 {
      guard Set(nodes.map(\.piece)).count == nodes.count else {
        doubtAmbiguous(name, nodes)
        continue
      }
      for (one, other) in zip(nodes, nodes.dropFirst()) { noteName(name, one, other) }
      for other in nodes.dropFirst(2) { noteName(name, nodes[0], other) }
    }
  }

  private mutating func noteName(_ name: PersonName, _ one: VoiceNode, _ other: VoiceNode) {
    // One word is a name of many people: then nothing else may differ.
    if name.words.count == 1, haveDifferentCompanies(one, other) {
      let why = "both are named “\(name.written)”, but their companies differ"
      doubts.append(Doubt(one: one, other: other, why: why))
      return
    }
    note(one, other) { $0.hasSameName = true }
  }

  private mutating func doubtAmbiguous(_ name: PersonName, _ nodes: [VoiceNode]) {
    for (one, other) in zip(nodes, nodes.dropFirst()) where one.piece != other.piece {
      let why = "both are named “\(name.written)”, but so are two voices of one clip"
      doubts.append(Doubt(one: one, other: other, why: why))
    }
  }

  private func haveDifferentCompanies(_ one: VoiceNode, _ other: VoiceNode) -> Bool {
    guard let first = description(one)?.company, let second = description(other)?.company else {
      return false
    }
    return Set(WordList(first).words).isDisjoint(with: WordList(second).words)
  }

  private mutating func note(
    _ one: VoiceNode,
    _ other: VoiceNode,
    _ change: (inout VoiceEvidence) -> Void
  ) {
    let key = [min(one, other), max(one, other)]
    var entry = evidence[key] ?? begin(one, other)
    change(&entry)
    evidence[key] = entry
  }

  private func begin(_ one: VoiceNode, _ other: VoiceNode) -> VoiceEvidence {
    var entry = VoiceEvidence(one, other)
    guard let first = description(one), let second = description(other) else { return entry }
    let facts = [
      (first.company, second.company), (first.position, second.position),
      (first.role, second.role),
    ]
    entry.sameFacts = facts.count { one, other in
      guard let one, let other else { return false }
      return SearchFolding.folded(one) == SearchFolding.folded(other)
    }
    return entry
  }

  private func description(_ node: VoiceNode) -> PieceVoices.Description? {
    pieces[node.piece].voices[node.voice]
  }

  // MARK: Merging

  private mutating func weigh() {
    for entry in evidence.values {
      for (node, opposite) in [(entry.one, entry.other), (entry.other, entry.one)] {
        var rival = rivals[node, default: [:]][opposite.piece] ?? (0, 0)
        if entry.score > rival.best {
          rival = (entry.score, rival.best)
        } else {
          rival.second = max(rival.second, entry.score)
        }
        rivals[node, default: [:]][opposite.piece] = rival
      }
    }
  }

  private mutating func merge() {
    let entries = evidence.values.sorted { one, other in
      one.score != other.score
        ? one.score > other.score : (one.one, one.other) < (other.one, other.other)
    }
    for entry in entries { merge(entry) }
  }

  private mutating func merge(_ entry: VoiceEvidence) {
    guard !groups.areOne(entry.one, entry.other) else { return }
    guard entry.hasSameName || entry.weight >= VoiceEvidence.leastWeight else {
      return doubt(entry, "which is too little to tell")
    }
    guard entry.hasSameName || isClear(entry) else {
      return doubt(entry, "but other voices share as much")
    }
    switch groups.merge(entry.one, entry.other) {
    case nil:
      for node in [entry.one, entry.other] where reasons[node] == nil {
        reasons[node] = entry.words
      }
    case .samePiece: doubt(entry, "but one clip tells them apart")
    case .names(let name, let other):
      doubt(entry, "but their names are “\(name.written)” and “\(other.written)”")
    case .fixed: break
    }
  }

  /// Whether neither voice shares nearly as much with another voice of the other piece.
  private func isClear(_ entry: VoiceEvidence) -> Bool {
    [(entry.one, entry.other), (entry.other, entry.one)].allSatisfy { node, opposite in
      guard let rival = rivals[node]?[opposite.piece] else { return true }
      let strongest = entry.score == rival.best ? rival.second : rival.best
      return entry.score >= strongest * 2
    }
  }

  // MARK: Doubts

  private mutating func doubt(_ entry: VoiceEvidence, _ reason: String) {
    doubts.append(Doubt(one: entry.one, other: entry.other, why: "\(entry.words), \(reason)"))
  }

  /// More names than this are not compared with each other.
  private static let mostNames = 300

  /// Names of which one is a part of the other, in different pieces.
  private mutating func doubtNames(_ nodes: [(node: VoiceNode, name: PersonName?)]) {
    var first: [PersonName: VoiceNode] = [:]
    for entry in nodes {
      if let name = entry.name, first[name] == nil { first[name] = entry.node }
    }
    guard first.count <= Self.mostNames else { return }
    let named = first.sorted { $0.value < $1.value }
    for (index, one) in named.enumerated() {
      for other in named[(index + 1)...]
      where one.value.piece != other.value.piece
        && one.key.agreement(with: other.key) == .compatible
        && Set(one.key.words).count != Set(other.key.words).count
      {
        let why = "one is named “\(one.key.written)”, the other “\(other.key.written)”"
        doubts.append(Doubt(one: one.value, other: other.value, why: why))
      }
    }
  }
}
