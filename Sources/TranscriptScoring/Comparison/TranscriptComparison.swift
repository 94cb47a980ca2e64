public import TranscriptModel

/// Two transcripts of one video, row by row.
///
/// Rows with the same text are aligned first, in their order; what lies between is paired by the words
/// that both have, so that a row whose text changed stands beside its counterpart.
///
/// - Complexity: about linear in the rows where most are the same; at most their product over 64.
public struct TranscriptComparison: Sendable {
  /// What is different about a row.
  public enum Change: String, CaseIterable, Hashable, Sendable {
    /// Other words.
    case text
    /// Said by another voice, once voices are paired.
    case speaker
    /// By the same voice, which has another name or label.
    case name
    /// Begins at another time.
    case time
    /// A row that only the second transcript has.
    case added
    /// A row that only the first transcript has.
    case missing
  }

  /// A row of either or both.
  public struct Row: Hashable, Sendable {
    /// The position in the first transcript's rows.
    public let first: Int?
    /// The position in the second transcript's rows.
    public let second: Int?
    /// What is different; empty for the same.
    public let changes: Set<Change>
  }

  /// A voice of either or both.
  public struct Voice: Hashable, Sendable {
    /// The voice's id in the first transcript.
    public let first: Int?
    /// The voice's id in the second transcript.
    public let second: Int?
    /// Its label in the first transcript.
    public let firstLabel: String?
    /// Its label in the second transcript.
    public let secondLabel: String?
  }

  /// All rows in order: those of the first transcript with added ones between them.
  public let rows: [Row]
  /// The voices, paired by the rows they share.
  public let voices: [Voice]

  /// Whether nothing is different.
  public var isSame: Bool { rows.allSatisfy(\.changes.isEmpty) }

  /// How many rows have a change.
  public func count(_ change: Change) -> Int { rows.count { $0.changes.contains(change) } }

  /// Compares two transcripts.
  ///
  /// - Parameters:
  ///   - first: The first.
  ///   - second: The second.
  ///   - tolerance: Starts no further apart than this count as the same, in milliseconds.
  public init(_ first: Transcript, _ second: Transcript, tolerance: Int) {
    let pairs = RowPairing(first.segments, second.segments).pairs
    let voices = VoicePairing(first, second, pairs)
    self.voices = voices.voices
    rows = pairs.map { pair in
      guard let one = pair.first, let other = pair.second else {
        return Row(
          first: pair.first,
          second: pair.second,
          changes: [pair.first == nil ? .added : .missing]
        )
      }
      let (before, after) = (first.segments[one], second.segments[other])
      var changes = voices.changes(before.voice, after.voice)
      if before.text != after.text { changes.insert(.text) }
      if Self.isMoved(before.start, after.start, tolerance) { changes.insert(.time) }
      return Row(first: one, second: other, changes: changes)
    }
  }

  private static func isMoved(_ one: Timecode?, _ other: Timecode?, _ tolerance: Int) -> Bool {
    guard let one, let other else { return one != other }
    return abs(one.milliseconds - other.milliseconds) > tolerance
  }
}

/// Which voice of one transcript is which of the other: those that share most rows, one to one.
private struct VoicePairing {
  let voices: [TranscriptComparison.Voice]
  private let labels: [Int: String]
  private let otherLabels: [Int: String]
  private let counterparts: [Int: Int]

  init(_ first: Transcript, _ second: Transcript, _ pairs: [RowPairing.Pair]) {
    let one = Self.voices(first)
    let other = Self.voices(second)
    labels = Dictionary(uniqueKeysWithValues: one)
    otherLabels = Dictionary(uniqueKeysWithValues: other)
    let places = Dictionary(uniqueKeysWithValues: zip(one.map(\.0), one.indices))
    let otherPlaces = Dictionary(uniqueKeysWithValues: zip(other.map(\.0), other.indices))
    var shared = [[Double]](repeating: .init(repeating: 0, count: other.count), count: one.count)
    for pair in pairs {
      guard let row = pair.first, let column = pair.second,
        let voice = first.segments[row].voice.flatMap({ places[$0] }),
        let counterpart = second.segments[column].voice.flatMap({ otherPlaces[$0] })
      else { continue }
      shared[voice][counterpart] -= 1
    }
    // Between voices that share as many rows, equal labels decide, then equal ids.
    for (row, voice) in one.enumerated() {
      for (column, counterpart) in other.enumerated() {
        if voice.1 == counterpart.1 { shared[row][column] -= 0.5 }
        if voice.0 == counterpart.0 { shared[row][column] -= 0.25 }
      }
    }
    var counterparts: [Int: Int] = [:]
    for (row, column) in Assignment.least(shared).enumerated() {
      if let column, shared[row][column] < 0 { counterparts[one[row].0] = other[column].0 }
    }
    self.counterparts = counterparts
    let taken = Set(counterparts.values)
    let otherLabels = otherLabels
    voices =
      one.map { voice, label in
        let counterpart = counterparts[voice]
        return .init(
          first: voice,
          second: counterpart,
          firstLabel: label,
          secondLabel: counterpart.flatMap { otherLabels[$0] }
        )
      }
      + other.filter { !taken.contains($0.0) }
      .map { .init(first: nil, second: $0.0, firstLabel: nil, secondLabel: $0.1) }
  }

  private static func voices(_ transcript: Transcript) -> [(Int, String)] {
    var seen: Set<Int> = []
    let described = transcript.speakers.filter { seen.insert($0.voice).inserted }
    let heard = transcript.segments.compactMap(\.voice).filter { seen.insert($0).inserted }
    return described.map { ($0.voice, $0.label) } + heard.map { ($0, Speaker(voice: $0).label) }
  }

  func changes(_ one: Int?, _ other: Int?) -> Set<TranscriptComparison.Change> {
    guard let one, let other else { return one == other ? [] : [.speaker] }
    if counterparts[one] != other { return [.speaker] }
    return labels[one] == otherLabels[other] ? [] : [.name]
  }
}
