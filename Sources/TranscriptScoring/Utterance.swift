/// What somebody said in one go: the common form of every transcript that is scored.
public struct Utterance: Hashable, Sendable {
  /// When it begins, in seconds; `nil` where a format has no times.
  public var start: Double?
  /// When it ends, in seconds.
  public var end: Double?
  /// Who speaks: a name or a label; empty where a format has none.
  public var speaker: String
  /// What is said.
  public var text: String

  /// An utterance.
  public init(start: Double? = nil, end: Double? = nil, speaker: String = "", text: String) {
    self.start = start
    self.end = end
    self.speaker = speaker
    self.text = text
  }
}

extension [Utterance] {
  /// In the order of their starts, where all have one; equal ones stay in their order.
  var inTime: [Utterance] {
    guard allSatisfy({ $0.start != nil }) else { return self }
    return enumerated()
      .sorted { ($0.element.start ?? 0, $0.offset) < ($1.element.start ?? 0, $1.offset) }
      .map(\.element)
  }

  /// The utterances of each speaker, in the order of their first ones.
  var bySpeaker: [(speaker: String, utterances: [Utterance])] {
    var places: [String: Int] = [:]
    var groups: [(speaker: String, utterances: [Utterance])] = []
    for utterance in self {
      if let place = places[utterance.speaker] {
        groups[place].utterances.append(utterance)
      } else {
        places[utterance.speaker] = groups.count
        groups.append((utterance.speaker, [utterance]))
      }
    }
    return groups
  }
}

/// Why something cannot be scored.
public struct ScoringError: Error, Hashable, CustomStringConvertible, Sendable {
  /// A sentence without a full stop.
  public let description: String
}
