internal import TranscriptModel

/// Conversation time marks of NIST's scoring tools, `ctm`: when each word is spoken.
///
/// A line is `FILE CHANNEL BEGIN DURATION WORD`: the stem without blanks, channel `1`, seconds with three
/// decimals, and the word without signs that mean something there (``SpeakerTokens``), in the order of
/// time. Rows whose words nobody has heard apart are left out: no time is made up. Lines that begin with
/// `;;` are comments; the first ones say where the text comes from.
///
/// - Source: NIST, Speech Recognition Scoring Toolkit 2.4, `doc/infmts.htm`.
public struct CTMFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "ctm"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "words with times for scoring tools (NIST)"
  /// Rows without a start are left out.
  public let needsTimes = true
  /// Rows whose words have no times are left out.
  public let needsWordTimes = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output = transcript.scoringComments
    let file = SpeakerTokens.token(transcript.document.source.stem)
    var words: [(time: WordTime, text: Substring)] = []
    for row in transcript.timedRows {
      let texts = row.segment.text.split(whereSeparator: \.isWhitespace)
      words += zip(transcript.wordTimes(row.segment) ?? [], texts).map { ($0, $1) }
    }
    // Words of several voices may come between each other.
    let order = words.indices.sorted { one, other in
      (words[one].time.startMS, one) < (words[other].time.startMS, other)
    }
    for index in order {
      let (time, text) = words[index]
      let times =
        Clock.seconds(time.startMS) + " " + Clock.seconds(max(0, time.endMS - time.startMS))
      output.append(text: "\(file) 1 \(times) \(SpeakerTokens.token(String(text)))\n")
    }
    return output
  }
}
