internal import TranscriptModel

/// Timed text for broadcasters and streaming services, `ttml`: a document of the text profile of
/// IMSC 1.1.
///
/// A row is a `p` with its times, its speaker (`ttm:agent`) and the text as it is, line breaks as
/// `br`. Speakers stand in the head as characters. The language is left open (`xml:lang=""`) unless it is
/// given. With colours for speakers a row has its own (`tts:color`).
///
/// - Source: W3C, TTML Profiles for Internet Media Subtitles and Captions 1.1, section 6; TTML 2,
///   sections 8, 12 and 14.
public struct TTMLFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "ttml"
  /// The media type.
  public let mediaType = "application/ttml+xml;codecs=im3t"
  /// What it is and for whom.
  public let summary = "timed text for broadcasters and streaming services (TTML, IMSC)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .speakerStyle, .language]

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    // Blanks between a row's text and its line breaks would be part of the text.
    let xml = XMLOutput(isIndented: false)
    let colours = CaptionColours(transcript, options)
    let hasColours = options.hasSpeakers && options.speakerStyle == .colour
    xml.element(
      "tt",
      [
        "xmlns": "http://www.w3.org/ns/ttml",
        "xmlns:ttp": "http://www.w3.org/ns/ttml#parameter",
        "xmlns:ttm": "http://www.w3.org/ns/ttml#metadata",
        "xmlns:tts": hasColours ? "http://www.w3.org/ns/ttml#styling" : nil,
        "ttp:contentProfiles": "http://www.w3.org/ns/ttml/profile/imsc1.1/text",
        "ttp:timeBase": "media",
        "xml:lang": transcript.language(options) ?? "",
        "xml:space": "preserve",
      ]
    ) {
      xml.element("head") { head(xml, transcript, options) }
      xml.element("body") {
        xml.element("div") {
          for row in transcript.timedRows {
            paragraph(xml, row, options, colour: colours.colour(row.segment)?.hex)
          }
        }
      }
    }
    return xml.finish()
  }

  private func head(_ xml: XMLOutput, _ transcript: ExportedTranscript, _ options: FormatOptions) {
    xml.element("metadata") {
      xml.element("ttm:title", text: transcript.title)
      xml.element("ttm:desc", text: transcript.provenance.joined(separator: "\n"))
      guard options.hasSpeakers else { return }
      for voice in transcript.voices {
        xml.element("ttm:agent", ["type": "character", "xml:id": "voice\(voice)"]) {
          xml.element("ttm:name", ["type": "alias"], text: transcript.label(voice: voice))
        }
      }
    }
  }

  private func paragraph(
    _ xml: XMLOutput,
    _ row: TimedRow,
    _ options: FormatOptions,
    colour: String?
  ) {
    xml.element(
      "p",
      [
        "xml:id": "row\(row.segment.row)",
        "begin": Clock.clock(row.start, hours: 2, decimals: 3),
        "end": Clock.clock(row.end, hours: 2, decimals: 3),
        "ttm:agent": options.hasSpeakers ? row.segment.voice.map { "voice\($0)" } : nil,
        "tts:color": colour,
      ]
    ) {
      let lines = row.segment.text.split(
        omittingEmptySubsequences: false,
        whereSeparator: \.isNewline
      )
      for (index, line) in lines.enumerated() {
        if index > 0 { xml.element("br") }
        xml.text(String(line))
      }
    }
  }
}
