internal import TranscriptModel

/// Segment time marks of NIST's scoring tools, `stm`.
///
/// A line is `FILE CHANNEL SPEAKER BEGIN END TEXT`: the stem without blanks, channel `1`, the speaker
/// without blanks (``SpeakerTokens``), seconds with three decimals, and the text on one line. The
/// text's braces, which mark alternatives there, become parentheses. Lines that begin with `;;` are
/// comments; the first ones say where the text comes from.
///
/// - Source: NIST, Speech Recognition Scoring Toolkit 2.4, `doc/infmts.htm`.
public struct STMFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "stm"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "timed segments for scoring tools (NIST)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output = transcript.scoringComments
    var line = LineText()
    let file = SpeakerTokens.token(transcript.document.source.stem)
    let speakers = SpeakerTokens(transcript)
    for row in transcript.timedRows {
      line.set(row.segment.text)
      guard !line.bytes.isEmpty else { continue }
      let times = Clock.seconds(row.start) + " " + Clock.seconds(row.end)
      output.append(text: "\(file) 1 \(speakers[row.segment.voice]) \(times) ")
      for byte in line.bytes {
        switch byte {
        case UInt8(ascii: "{"): output.append("(")
        case UInt8(ascii: "}"): output.append(")")
        default: output.append(byte)
        }
      }
      output.append("\n")
    }
    return output
  }
}
