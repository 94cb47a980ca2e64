internal import PlainText
internal import TranscriptModel

/// Chapters as a WebVTT track, `chapters`: a cue for each, from its start to the next one's.
///
/// The file is `WEBVTT` and then for each chapter an empty line, its times as
/// `HH:MM:SS.mmm --> HH:MM:SS.mmm`, and its title as one line, in which `&` is `&amp;`, `<` is `&lt;` and
/// `>` is `&gt;`. The last one ends with the recording, or a second after its start where that is not known.
///
/// - Source: WebVTT (W3C), section 5.2, "Chapter titles"; HTML, `track` with `kind=chapters`.
public struct ChapterTrackFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "chapters"
  /// What a file's name ends with.
  public let suffix = ".chapters.vtt"
  /// The media type.
  public let mediaType = "text/vtt"
  /// What it is and for whom.
  public let summary = "chapters for web players (a WebVTT track); derive chapters makes them"
  /// Rows without a start are left out.
  public let needsTimes = true
  /// It has chapters alone.
  public let needsChapters = true
  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The track.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let chapters = transcript.chapters
    var line = LineText()
    var text = "WEBVTT\n"
    for (index, chapter) in chapters.enumerated() {
      let next = index + 1 < chapters.count ? chapters[index + 1].start : transcript.filmLength
      let end = max(next ?? 0, chapter.start + 1)
      line.set(chapter.title)
      let title = String(decoding: line.bytes, as: UTF8.self).replacing("&", with: "&amp;")
        .replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      text += "\n\(Self.clock(chapter.start)) --> \(Self.clock(end))\n\(title)\n"
    }
    return Array(text.utf8)
  }

  private static func clock(_ milliseconds: Int) -> String {
    let (hours, rest) = milliseconds.quotientAndRemainder(dividingBy: 3_600_000)
    let minutes = NumberText.padded(rest / 60_000, 2)
    let seconds = NumberText.padded(rest / 1000 % 60, 2)
    return
      "\(NumberText.padded(hours, 2)):\(minutes):\(seconds).\(NumberText.padded(rest % 1000, 3))"
  }
}

/// Chapters as lines for a video's description on YouTube, `youtube`.
///
/// A line for each chapter: its start as `M:SS` or `H:MM:SS`, a blank, its title. YouTube wants the first at
/// 0:00, so that the first is written so; chapters that begin less than ten seconds after the one before are
/// left out, which it would not take.
///
/// - Source: YouTube Help, "Video chapters": the first timestamp is 00:00, at least three of them, in
///   ascending order, each at least ten seconds long (read November 2026).
public struct DescriptionChaptersFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "youtube"
  /// What a file's name ends with.
  public let suffix = ".youtube.txt"
  /// The media type.
  public let mediaType = "text/plain; charset=utf-8"
  /// What it is and for whom.
  public let summary = "chapters for a video's description (YouTube); derive chapters makes them"
  /// Rows without a start are left out.
  public let needsTimes = true
  /// It has chapters alone.
  public let needsChapters = true
  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The shortest chapter that is taken, in milliseconds.
  private static let shortest = 10_000

  /// The format.
  public init() {}

  /// The lines.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    var line = LineText()
    var text = ""
    var latest: Int?
    for chapter in transcript.chapters {
      let start = latest == nil ? 0 : chapter.start / 1000 * 1000
      if let latest, start < latest + Self.shortest { continue }
      latest = start
      line.set(chapter.title)
      text += "\(Self.clock(start)) \(String(decoding: line.bytes, as: UTF8.self))\n"
    }
    return Array(text.utf8)
  }

  private static func clock(_ milliseconds: Int) -> String {
    let (minutes, seconds) = (milliseconds / 60_000, milliseconds / 1000 % 60)
    let end = NumberText.padded(seconds, 2)
    guard minutes >= 60 else { return "\(minutes):\(end)" }
    return "\(minutes / 60):\(NumberText.padded(minutes % 60, 2)):\(end)"
  }
}
