public import TranscriptModel

/// What a file says about who said what, when: the common form of all formats that can be scored.
public struct SpokenRecord: Hashable, Sendable {
  /// The format's name.
  public let format: String
  /// What was said; with empty texts where the format has none.
  public var utterances: [Utterance]

  /// Whether there are words.
  public var hasText: Bool { utterances.contains { !$0.text.isEmpty } }
  /// Whether every utterance has a start and an end.
  public var hasTimes: Bool {
    !utterances.isEmpty && utterances.allSatisfy { $0.start != nil && $0.end != nil }
  }
  /// Whether anybody is said to speak.
  public var hasSpeakers: Bool { utterances.contains { !$0.speaker.isEmpty } }

  /// Who speaks when.
  public var turns: [Turn] {
    utterances.compactMap { utterance in
      guard let start = utterance.start, let end = utterance.end else { return nil }
      return Turn(start: start, end: end, speaker: utterance.speaker)
    }
  }

  /// A record.
  public init(format: String, utterances: [Utterance]) {
    self.format = format
    self.utterances = utterances
  }

  /// What a transcript says: voices by their labels.
  public init(_ transcript: Transcript) {
    let labels = transcript.rowLabels()
    self.init(
      format: "tabscribe",
      utterances: zip(transcript.segments, labels).map { segment, label in
        Utterance(
          start: segment.start.map { Double($0.milliseconds) / 1000 },
          end: segment.end.map { Double($0.milliseconds) / 1000 },
          speaker: segment.voice == nil ? "" : label.text,
          text: segment.text
        )
      }
    )
  }
}
