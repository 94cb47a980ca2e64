internal import TranscriptModel

/// A record of the Oral History Metadata Synchronizer, `ohms`: title, length, speakers, an index of
/// the chapters when there are any, and the transcript as WebVTT.
///
/// - Source: OHMS XML 6.0 of the Nunn Center (`https://www.weareavp.com/nunncenter/ohms`), whose
///   transcripts are WebVTT in `vtt_transcript`.
public struct OHMSFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "ohms"
  /// What a file's name ends with.
  public let suffix = ".ohms.xml"
  /// The media type.
  public let mediaType = "application/xml"
  /// What it is and for whom.
  public let summary = "a record for oral history viewers (OHMS)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .captions, .language]

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let document = transcript.document
    let xml = XMLOutput()
    xml.element("ROOT", ["xmlns": "https://www.weareavp.com/nunncenter/ohms"]) {
      xml.element(
        "record",
        ["id": document.run.id, "dt": String(document.run.startedAt.prefix(10))]
      ) {
        xml.element("version", text: "6.0")
        xml.element("title", text: transcript.title)
        let length = document.source.durationMS.map { Clock.clock($0, hours: 2, decimals: 0) }
        xml.element("duration", text: length ?? "")
        for voice in transcript.voices where options.hasSpeakers {
          xml.element("interviewee", text: transcript.label(voice: voice))
        }
        xml.element("file_name", text: transcript.mediaReference)
        xml.element("media_url", text: document.source.kind == "https" ? document.source.uri : "")
        xml.element("index") { index(xml, transcript) }
        let captions = WebVTTFormat().bytes(of: transcript, options: options)
        xml.element("vtt_transcript", text: String(decoding: captions, as: UTF8.self))
        xml.element("description", text: transcript.provenance.joined(separator: "\n"))
      }
    }
    return xml.finish()
  }

  private func index(_ xml: XMLOutput, _ transcript: ExportedTranscript) {
    for chapter in transcript.chapters {
      xml.element("point") {
        xml.element("time", text: String(chapter.start / 1000))
        xml.element("title", text: chapter.title)
        if !chapter.synopsis.isEmpty { xml.element("synopsis", text: chapter.synopsis) }
        if !chapter.keywords.isEmpty {
          xml.element("keywords", text: chapter.keywords.joined(separator: ";"))
        }
      }
    }
  }
}
