internal import OrderedJSON
internal import TranscriptModel

/// The segment list of the CHiME challenges and MeetEval, `seglst`: an array of
/// `{session_id, speaker, start_time, end_time, words}`, times in seconds.
///
/// - Source: MeetEval's documentation of SegLST.
public struct SegLSTFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "seglst"
  /// What a file's name ends with.
  public let suffix = ".seglst.json"
  /// The media type.
  public let mediaType = "application/json"
  /// What it is and for whom.
  public let summary = "timed segments for scoring meetings (MeetEval, CHiME)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// No option changes it.
  public let effects: Set<FormatEffect> = []

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let session = JSONValue.string(transcript.document.source.stem)
    let speakers = SpeakerTokens(transcript)
    let rows = transcript.timedRows.map { row -> JSONValue in
      [
        "session_id": session,
        "speaker": .string(speakers[row.segment.voice]),
        "start_time": .seconds(row.start),
        "end_time": .seconds(row.end),
        "words": .string(row.segment.text),
      ]
    }
    return JSONValue.array(rows).documentBytes()
  }
}

extension JSONValue {
  /// Milliseconds as a number of seconds.
  static func seconds(_ milliseconds: Int) -> JSONValue {
    JSONValue(Double(milliseconds) / 1000)
  }

  /// The value on lines, as files have it.
  func documentBytes() -> [UInt8] { renderedBytes(.pretty) + [0x0A] }
}
