/// Voices that were taken to be one, as sets that grow together.
struct VoiceGroups {
  /// Why two groups were not made one.
  enum Refusal {
    case samePiece
    case names(PersonName, PersonName)
    case fixed
  }

  private struct Group {
    var nodes: [VoiceNode]
    var pieces: Set<Int>
    var names: [PersonName]
    /// The number that a person gave the group.
    var number: Int?

    mutating func absorb(_ other: Group) {
      nodes += other.nodes
      pieces.formUnion(other.pieces)
      for name in other.names where !names.contains(name) { names.append(name) }
      number = number ?? other.number
    }
  }

  private var groups: [Int: Group] = [:]
  private var groupOf: [VoiceNode: Int] = [:]

  init(_ nodes: [(node: VoiceNode, name: PersonName?)]) {
    for (index, entry) in nodes.enumerated() {
      groups[index] = Group(
        nodes: [entry.node],
        pieces: [entry.node.piece],
        names: [entry.name].compactMap(\.self)
      )
      groupOf[entry.node] = index
    }
  }

  func areOne(_ one: VoiceNode, _ other: VoiceNode) -> Bool { groupOf[one] == groupOf[other] }

  /// The groups, each in order, by their first voices.
  var all: [(nodes: [VoiceNode], number: Int?)] {
    groups.values.map { ($0.nodes.sorted(), $0.number) }
      .sorted {
        ($0.0.first?.piece ?? 0, $0.0.first?.voice ?? 0)
          < ($1.0.first?.piece ?? 0, $1.0.first?.voice ?? 0)
      }
  }

  /// Makes one of the groups of some voices because a person says so.
  mutating func fix(_ nodes: [VoiceNode], number: Int) {
    guard let first = nodes.first else { return }
    for node in nodes.dropFirst() { unite(first, node) }
    if let index = groupOf[first] { groups[index]?.number = number }
  }

  /// Makes one of two groups where nothing speaks against it.
  mutating func merge(_ one: VoiceNode, _ other: VoiceNode) -> Refusal? {
    guard let first = groupOf[one].flatMap({ groups[$0] }),
      let second = groupOf[other].flatMap({ groups[$0] }), groupOf[one] != groupOf[other]
    else { return nil }
    if first.number != nil, second.number != nil { return .fixed }
    if !first.pieces.isDisjoint(with: second.pieces) { return .samePiece }
    for name in first.names {
      for opposite in second.names where name.agreement(with: opposite) == .different {
        return .names(name, opposite)
      }
    }
    unite(one, other)
    return nil
  }

  private mutating func unite(_ one: VoiceNode, _ other: VoiceNode) {
    guard let left = groupOf[one], let right = groupOf[other], left != right,
      let first = groups[left], let second = groups[right]
    else { return }
    let isFirstLarger = first.nodes.count >= second.nodes.count
    let (target, source) = isFirstLarger ? (left, right) : (right, left)
    guard let moved = groups.removeValue(forKey: source) else { return }
    for node in moved.nodes { groupOf[node] = target }
    groups[target]?.absorb(moved)
  }
}
