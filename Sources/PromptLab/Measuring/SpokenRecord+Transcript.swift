package import TranscriptModel
package import TranscriptScoring

extension SpokenRecord {
  /// The utterances as rows, speakers numbered in their order.
  package var transcript: Transcript {
    var voices: [String: Int] = [:]
    let segments = utterances.enumerated().map { index, utterance in
      if !utterance.speaker.isEmpty, voices[utterance.speaker] == nil {
        voices[utterance.speaker] = voices.count + 1
      }
      return TranscriptSegment(
        row: index,
        start: utterance.start.map(Self.timecode),
        end: nil,
        endIsEstimate: true,
        voice: voices[utterance.speaker],
        text: utterance.text
      )
    }
    return Transcript(
      segments: segments,
      speakers: voices.map { Speaker(voice: $0.value, name: $0.key) }
        .sorted { $0.voice < $1.voice }
    )
  }

  /// A moment of a recording, in seconds.
  package static func timecode(_ seconds: Double) -> Timecode {
    Timecode(milliseconds: Int(min(max(0, seconds), 1e9) * 1000))
  }
}
