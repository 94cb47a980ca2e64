internal import TabularExtraction
internal import TranscriptModel

/// What a reader should know about the matching of voices.
struct VoiceFindings {
  /// More voices than this are counted and not named.
  private static let mostNamed = 20

  private let merges: VoiceMergeTable
  private let voices: [PieceVoices]
  private let speakers: String?

  init(_ merges: VoiceMergeTable, voices: [PieceVoices], speakers: String?) {
    self.merges = merges
    self.voices = voices
    self.speakers = speakers
  }

  var all: [Finding] { doubtful + [open].compactMap(\.self) }

  private var doubtful: [Finding] {
    let limit = TranscriptValidator.maximumFindings
    let findings = merges.apart.prefix(limit).map { doubt in
      let names = doubt.voices.map { label($0) }.joined(separator: " and ")
      return Finding(
        .voiceMatchDoubtful,
        .warning,
        "\(names) may be one and were left apart: \(doubt.why)."
      )
    }
    guard merges.apart.count > limit else { return findings }
    let message = "\(merges.apart.count - limit) more pairs of voices may be one."
    return findings + [Finding(.voiceMatchDoubtful, .warning, message)]
  }

  private func label(_ number: Int) -> String {
    let label = merges.voices.first { $0.voice == number }?.label ?? ""
    return label.hasPrefix("[voice") ? label : "Voice \(number), \(Quote.text(label)),"
  }

  /// Voices without a name that other clips could hold as well, and nothing tells.
  private var open: Finding? {
    let unnamed = merges.voices.filter { voice in
      voice.from.allSatisfy { voices[$0.piece].voices[$0.voice]?.name == nil }
    }
    let pieces = unnamed.map { Set($0.from.map(\.piece)) }
    guard let first = pieces.first, pieces.dropFirst().contains(where: { $0 != first }) else {
      return nil
    }
    let numbers = unnamed.prefix(Self.mostNamed).map { String($0.voice) }.joined(separator: ", ")
    let more = unnamed.count > Self.mostNamed ? " and \(unnamed.count - Self.mostNamed) more" : ""
    return Finding(
      .voiceMatchDoubtful,
      .note,
      "Voices \(numbers)\(more) have no name, so that nothing tells whether one of them is another "
        + "that is heard in other clips."
    )
  }
}
