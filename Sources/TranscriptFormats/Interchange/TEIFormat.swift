internal import TranscriptModel

/// A transcription of speech in TEI, `tei`: a header that says where the text comes from, the
/// people, a timeline, and an utterance for each row.
///
/// Rows without a start have no `@start`.
///
/// - Source: TEI P5 Guidelines, chapter 8 (Transcriptions of Speech); ISO 24624:2016.
public struct TEIFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "tei"
  /// What a file's name ends with.
  public let suffix = ".tei.xml"
  /// The media type.
  public let mediaType = "application/tei+xml"
  /// What it is and for whom.
  public let summary = "a transcription of speech for editions and corpora (TEI P5)"

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .language]

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let xml = XMLOutput()
    let times = Set(transcript.segments.flatMap { [$0.start, $0.end] }.compactMap(\.self)).sorted()
    xml.element("TEI", ["xmlns": "http://www.tei-c.org/ns/1.0"]) {
      xml.element("teiHeader") { header(xml, transcript, options) }
      xml.element("text", ["xml:lang": transcript.language(options)]) {
        xml.element("timeline", ["unit": "s", "origin": "#T0"]) {
          xml.element("when", ["xml:id": "T0"])
          for time in times where time > .zero {
            xml.element(
              "when",
              ["xml:id": point(time), "interval": Clock.seconds(time.milliseconds), "since": "#T0"]
            )
          }
        }
        xml.element("body") {
          for segment in transcript.segments { utterance(xml, segment, options) }
        }
      }
    }
    return xml.finish()
  }

  private func point(_ time: Timecode) -> String { "T\(time.milliseconds)" }

  private func utterance(_ xml: XMLOutput, _ segment: TranscriptSegment, _ options: FormatOptions) {
    xml.element(
      "u",
      [
        "xml:id": "u\(segment.row)",
        "who": options.hasSpeakers ? segment.voice.map { "#voice\($0)" } : nil,
        "start": segment.start.map { "#" + point($0) },
        "end": segment.end.map { "#" + point($0) },
      ]
    ) { xml.text(segment.text) }
  }

  private func header(_ xml: XMLOutput, _ transcript: ExportedTranscript, _ options: FormatOptions)
  {
    xml.element("fileDesc") {
      xml.element("titleStmt") { xml.element("title", text: transcript.title) }
      xml.element("publicationStmt") { xml.element("p", text: "Not published.") }
      xml.element("sourceDesc") {
        xml.element("recordingStmt") {
          xml.element("recording") {
            xml.element(
              "media",
              ["url": transcript.mediaReference, "mimeType": mimeType(transcript)]
            )
          }
        }
      }
    }
    xml.element("encodingDesc") {
      for fact in transcript.provenance { xml.element("p", text: fact) }
    }
    guard options.hasSpeakers, !transcript.voices.isEmpty else { return }
    xml.element("profileDesc") {
      xml.element("particDesc") {
        xml.element("listPerson") {
          for voice in transcript.voices {
            xml.element("person", ["xml:id": "voice\(voice)"]) {
              xml.element("persName", text: transcript.label(voice: voice))
            }
          }
        }
      }
    }
  }

  private func mimeType(_ transcript: ExportedTranscript) -> String {
    transcript.document.source.mimeType ?? "application/octet-stream"
  }
}
