internal import PlainText
internal import TranscriptModel

/// Markers for a video editor, `edl`: a CMX 3600 edit decision list with an event of one frame for
/// each turn, or each chapter when there are chapters, and a marker comment with its first words.
///
/// Time codes count 25 frames a second from 00:00:00:00, without dropped ones. What follows a
/// hundred hours is left out, since a time code has two digits of them.
///
/// - Source: SMPTE 258M (edit decision lists); the marker comments are those that DaVinci Resolve
///   reads (`|C:` colour, `|M:` text, `|D:` frames).
public struct MarkerListFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "edl"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "markers for a video editor, one for each chapter or turn (EDL, 25 frames)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// Frames in a second: the rate of European television.
  private static let frameRate = 25
  /// The longest text of a marker in characters, so that a list of them stays readable.
  private static let longestText = 60

  /// The format.
  public init() {}

  /// The list.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    var line = LineText()
    line.set(transcript.title)
    output.append("TITLE: ")
    output.append(contentsOf: line.bytes)
    output.append("\nFCM: NON-DROP FRAME\n\n")
    let markers = markers(transcript, options).filter { $0.start < 360_000_000 }
    for (index, marker) in markers.enumerated() {
      let start = timecode(marker.start, frames: 0)
      let end = timecode(marker.start, frames: 1)
      line.set(marker.title.replacing("|", with: "/"))
      let text = String(decoding: line.bytes, as: UTF8.self).prefix(Self.longestText)
      output.append(
        text: NumberText.padded(index + 1, 3)
          + "  001      V     C        \(start) \(end) \(start) \(end)\n"
          + " |C:ResolveColorBlue |M:\(text) |D:1\n\n"
      )
    }
    return output
  }

  private func markers(_ transcript: ExportedTranscript, _ options: FormatOptions) -> [Chapter] {
    let chapters = transcript.chapters
    guard chapters.isEmpty else { return chapters }
    var voice: Int??
    return transcript.timedRows.compactMap { row in
      defer { voice = .some(row.segment.voice) }
      guard voice != .some(row.segment.voice) else { return nil }
      let isNamed = options.hasSpeakers && row.segment.voice != nil
      let label = isNamed ? transcript.label(row.segment) + ": " : ""
      return Chapter(start: row.start, title: label + row.segment.text)
    }
  }

  private func timecode(_ milliseconds: Int, frames more: Int) -> String {
    let frames = milliseconds * Self.frameRate / 1000 + more
    let seconds = frames / Self.frameRate
    return Clock.clock(seconds * 1000, hours: 2, decimals: 0)
      + ":" + NumberText.padded(frames % Self.frameRate, 2)
  }
}
