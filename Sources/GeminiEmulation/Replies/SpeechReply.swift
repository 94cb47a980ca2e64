internal import OrderedJSON

/// What a speech model writes down: a part for each row, with its words and their times where they are asked
/// for.
struct SpeechReply {
  private let script: Script
  private let config: JSONValue?

  init(_ script: Script, _ request: GenerationRequest) {
    self.script = script
    config = request.body["generationConfig"]?["audioTranscriptionConfig"]
  }

  /// The parts of the answer; remarks between brackets are no speech.
  var parts: [JSONValue] {
    script.segments.filter { !$0.text.hasPrefix("[") }.map { segment in
      var heard: JSONObject = ["text": .string(segment.text)]
      if config?["diarization"]?.bool == true {
        heard["speakerLabel"] = .string("spk_\(segment.voice)")
      }
      if config?["wordTimestamp"]?.bool == true { heard["words"] = .array(words(of: segment)) }
      return ["text": .string(segment.text + " "), "audioTranscription": .object(heard)]
    }
  }

  /// The words share the time of their row by their letters.
  private func words(of segment: Script.Segment) -> [JSONValue] {
    let words = segment.text.split(separator: " ")
    let all = max(1, words.reduce(0) { $0 + $1.count })
    let length = segment.endMS - segment.startMS
    var before = 0
    return words.map { word in
      let start = segment.startMS + length * before / all
      before += word.count
      let end = segment.startMS + length * before / all
      return [
        "word": .string(String(word)), "startOffset": .string(Self.offset(start)),
        "endOffset": .string(Self.offset(end)),
      ]
    }
  }

  private static func offset(_ milliseconds: Int) -> String {
    "\(Double(milliseconds) / 1000)s"
  }
}
