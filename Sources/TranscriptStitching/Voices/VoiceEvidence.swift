/// What speaks for two voices of two pieces being one.
struct VoiceEvidence {
  /// Both voices, the one of the earlier piece first.
  let one: VoiceNode
  let other: VoiceNode
  /// How many rows they share.
  var rows = 0
  /// What the shared rows count together.
  var weight = 0.0
  /// Whether both have the same name, which no other voice of their pieces has.
  var hasSameName = false
  /// How many of company, position and role are the same.
  var sameFacts = 0

  /// Below this, shared rows are not enough: a “Yes.” alone may be anybody's.
  static let leastWeight = 3.0

  init(_ one: VoiceNode, _ other: VoiceNode) {
    self.one = min(one, other)
    self.other = max(one, other)
  }

  /// The order in which evidence is believed.
  var score: Double { weight + (hasSameName ? 20 : 0) + (rows > 0 ? Double(sameFacts) : 0) }

  mutating func add(_ shared: RowMerger.Shared) {
    rows += 1
    weight += Double(min(shared.words, 8)) * shared.likeness + 1.5 * Double(shared.neighbours)
  }

  /// The evidence in words, such as `4 shared rows, same name`.
  var words: String {
    var parts: [String] = []
    if rows > 0 { parts.append(rows == 1 ? "1 shared row" : "\(rows) shared rows") }
    if hasSameName { parts.append("same name") }
    if rows > 0, sameFacts > 0 { parts.append("same \(sameFacts == 1 ? "fact" : "facts")") }
    return parts.joined(separator: ", ")
  }
}
