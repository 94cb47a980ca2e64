internal import TranscriptModel

/// Rich transcription time marks, `rttm`: who speaks when, without words.
///
/// A line is `SPEAKER FILE 1 ONSET DURATION <NA> <NA> NAME <NA> <NA>`, with seconds of three decimals
/// and names without blanks (``SpeakerTokens``). Rows without a voice are left out.
///
/// - Source: NIST, The 2009 (RT-09) Rich Transcription Meeting Recognition Evaluation Plan, appendix A.
public struct RTTMFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "rttm"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "who speaks when, without words, for diarization tools (NIST)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    let file = SpeakerTokens.token(transcript.document.source.stem)
    let speakers = SpeakerTokens(transcript)
    for row in transcript.timedRows where row.segment.voice != nil {
      let times = Clock.seconds(row.start) + " " + Clock.seconds(row.end - row.start)
      output.append(
        text: "SPEAKER \(file) 1 \(times) <NA> <NA> \(speakers[row.segment.voice]) <NA> <NA>\n"
      )
    }
    return output
  }
}
