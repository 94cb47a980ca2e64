internal import OrderedJSON
internal import TranscriptModel

/// The transcript of a podcast's episode, `podcast`: `{version, segments: [{speaker, startTime,
/// endTime, body}]}`, times in seconds; a row without a voice has no `speaker`.
///
/// - Source: Podcasting 2.0, `podcast:transcript`, JSON format 1.0.0.
public struct PodcastFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "podcast"
  /// What a file's name ends with.
  public let suffix = ".podcast.json"
  /// The media type.
  public let mediaType = "application/json"
  /// What it is and for whom.
  public let summary = "the transcript of a podcast's episode (Podcasting 2.0)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let segments = transcript.timedRows.map { row -> JSONValue in
      var object: JSONObject = [:]
      if options.hasSpeakers, row.segment.voice != nil {
        object["speaker"] = .string(transcript.label(row.segment))
      }
      object["startTime"] = .seconds(row.start)
      object["endTime"] = .seconds(row.end)
      object["body"] = .string(row.segment.text)
      return .object(object)
    }
    let document: JSONValue = ["version": "1.0.0", "segments": .array(segments)]
    return document.documentBytes()
  }
}
