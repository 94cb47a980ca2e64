/// What a row shows as its speaker.
public struct RowLabel: Hashable, Sendable {
  /// The label in full; `[voice ?]` for a row without a voice.
  public let text: String
  /// Whether the row above has the same voice, so that the eye needs a ditto mark only.
  ///
  /// Screen readers and exports get the text in full.
  public let isRepeated: Bool

  /// The label of a row without a voice.
  public static let unknown = RowLabel(text: "[voice ?]", isRepeated: false)
}

extension Transcript {
  /// The labels of all rows, in their order.
  public func rowLabels() -> [RowLabel] {
    let labels = Dictionary(speakers.map { ($0.voice, $0.label) }) { first, _ in first }
    var previous: Int?
    return segments.map { segment in
      defer { previous = segment.voice }
      guard let voice = segment.voice else {
        return .unknown
      }
      let text = labels[voice] ?? Speaker(voice: voice).label
      return RowLabel(text: text, isRepeated: voice == previous)
    }
  }
}
