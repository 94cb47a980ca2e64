/// Captions as YouTube's editor writes them (SubViewer), `sbv`.
///
/// ``Captions`` says how rows become captions; the speaker is part of the text. A caption is
/// `H:MM:SS.mmm,H:MM:SS.mmm` and its lines; an empty line stands between two. Nothing is escaped: the
/// format has no markup.
public struct SubViewerFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "sbv"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "captions as YouTube's editor takes them (SubViewer)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [
    .speakers, .speakerStyle, .captions, .language, .bilingual,
  ]

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = transcript.captions(options)
    var output: [UInt8] = []
    output.reserveCapacity(captions.text.count + captions.cues.count * 28)
    for cue in captions.cues {
      if !output.isEmpty { output.append("\n") }
      let times = [cue.start, cue.end].map { Clock.clock($0, hours: 1, decimals: 3) }
      output.append(text: times.joined(separator: ",") + "\n")
      output.append(contentsOf: captions.text[cue.part.start..<captions.end(of: cue)])
      output.append("\n")
    }
    return output
  }
}
