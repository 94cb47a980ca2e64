internal import TranscriptModel

/// Plain text, `txt`: one line for each row.
///
/// Frozen. A line is `[TIME] LABEL: TEXT`. The time is `MM:SS` below one hour and `H:MM:SS` from one
/// hour, or `?`. Label and text are one line each (``LineText``). Without speakers, for a row
/// without a voice, and where the label is empty, the line is `[TIME] TEXT`. Where the text is empty,
/// the blank before it is left out. Lines end with a line feed.
public struct PlainTextFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "txt"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "one line for each row"

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 40))
    var line = LineText()
    for (segment, label) in zip(transcript.segments, transcript.labels) {
      output.append("[")
      output.append(text: segment.start?.rendered ?? "?")
      output.append("]")
      if options.hasSpeakers, segment.voice != nil {
        line.set(label: label.text, text: segment.text)
      } else {
        line.set(segment.text)
      }
      if !line.bytes.isEmpty { output.append(" ") }
      output.append(contentsOf: line.bytes)
      output.append("\n")
    }
    return output
  }
}
