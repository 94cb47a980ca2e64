internal import TranscriptModel

/// Names of speakers for formats whose fields end at blanks.
struct SpeakerTokens {
  private var tokens: [Int: String] = [:]

  /// A name for each voice of a transcript, no two alike: the label with `_` for each run of blanks,
  /// and with `_` and the voice's number behind it where two labels would be the same.
  init(_ transcript: ExportedTranscript) {
    var taken: Set<String> = []
    for voice in transcript.voices {
      var token = Self.token(transcript.label(voice: voice))
      if token.isEmpty || !taken.insert(token).inserted {
        token += "_\(voice)"
        taken.insert(token)
      }
      tokens[voice] = token
    }
  }

  /// The name of a voice; `unknown` for none.
  subscript(_ voice: Int?) -> String { voice.flatMap { tokens[$0] } ?? "unknown" }

  /// A text without blanks; `;` begins a comment in these formats, `<` a label.
  static func token(_ text: String) -> String {
    var line = LineText()
    line.set(text)
    return String(decoding: line.bytes, as: UTF8.self)
      .replacing(" ", with: "_").replacing("\u{A0}", with: "_")
      .replacing(";", with: ",").replacing("<", with: "(").replacing(">", with: ")")
  }
}

extension ExportedTranscript {
  /// Where the text comes from, as comments of NIST's scoring tools: lines that begin with `;;`.
  var scoringComments: [UInt8] {
    var output: [UInt8] = []
    var line = LineText()
    for fact in provenance {
      line.set(fact)
      output.append(";; ")
      output.append(contentsOf: line.bytes)
      output.append("\n")
    }
    return output
  }
}
