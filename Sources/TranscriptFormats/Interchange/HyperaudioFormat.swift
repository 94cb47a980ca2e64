internal import TranscriptModel

/// A transcript whose words play the recording, `hyperaudio`: HTML with a paragraph for each turn and
/// a span for each word, or each row where nobody knows when its words are spoken, its time in `data-m` and its length
/// in `data-d`, in milliseconds.
///
/// - Source: Hyperaudio, the HTML that its Lite player and editor read.
public struct HyperaudioFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "hyperaudio"
  /// What a file's name ends with.
  public let suffix = ".hyperaudio.html"
  /// The media type.
  public let mediaType = "text/html; charset=utf-8"
  /// What it is and for whom.
  public let summary = "an interactive transcript for web pages (Hyperaudio)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .language]

  /// The format.
  public init() {}

  /// The fragment.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(transcript.estimatedBytes(around: 60))
    let language = transcript.language(options).map { " lang=\"\(HTMLText.escaped($0))\"" } ?? ""
    output.append(text: "<article\(language)>\n<section>\n")
    var voice: Int??
    for row in transcript.timedRows {
      let isNewTurn = voice != .some(row.segment.voice)
      if isNewTurn {
        if voice != nil { output.append("</p>\n") }
        output.append("<p>\n")
        if options.hasSpeakers, row.segment.voice != nil {
          let label = HTMLText.escaped(transcript.label(row.segment))
          output.append(
            text: "<span class=\"speaker\" data-m=\"\(row.start)\" data-d=\"0\">\(label): </span>\n"
          )
        }
      }
      voice = .some(row.segment.voice)
      if let times = transcript.wordTimes(row.segment) {
        let words = row.segment.text.split(whereSeparator: \.isWhitespace)
        for (word, time) in zip(words, times) {
          Self.add(String(word), time.startMS, time.endMS - time.startMS, to: &output)
        }
      } else {
        Self.add(row.segment.text, row.start, row.end - row.start, to: &output)
      }
    }
    if voice != nil { output.append("</p>\n") }
    output.append("</section>\n</article>\n")
    return output
  }

  private static func add(_ text: String, _ start: Int, _ length: Int, to output: inout [UInt8]) {
    let text = HTMLText.escaped(text)
    output.append(text: "<span data-m=\"\(start)\" data-d=\"\(length)\">\(text) </span>\n")
  }
}
