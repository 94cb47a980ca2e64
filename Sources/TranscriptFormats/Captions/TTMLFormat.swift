internal import TranscriptModel

/// Timed text for broadcasters and streaming services, `ttml`: captions of the text profile of IMSC 1.1.
///
/// ``Captions`` says how rows become captions. What a row shows of one is a `p` with its times, its
/// speaker (`ttm:agent`) and its lines, `br` between them; lines from right to left have their direction
/// (`tts:direction`). They stand in the lower middle of the picture, all in one `div`, as some programs
/// read no other. Speakers stand in the head as characters. The language is left open (`xml:lang=""`)
/// unless it is given. With colours for speakers a row has its own (`tts:color`).
///
/// - Source: W3C, TTML Profiles for Internet Media Subtitles and Captions 1.1, section 6; TTML 2,
///   sections 8, 10, 12 and 14.
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
  public let effects: Set<FormatEffect> = [
    .speakers, .speakerStyle, .captions, .language, .bilingual,
  ]

  /// What begins the names of all namespaces of TTML.
  static let namespace = "http://www.w3.org/ns/ttml"

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    // Blanks between a caption's text and its line breaks would be part of the text.
    let xml = XMLOutput(isIndented: false)
    let captions = transcript.captions(options)
    let colours = CaptionColours(transcript, options)
    xml.element(
      "tt",
      [
        "xmlns": Self.namespace,
        "xmlns:ttp": Self.namespace + "#parameter",
        "xmlns:ttm": Self.namespace + "#metadata",
        "xmlns:tts": Self.namespace + "#styling",
        "ttp:contentProfiles": Self.namespace + "/profile/imsc1.1/text",
        "ttp:timeBase": "media",
        "xml:lang": transcript.language(options) ?? "",
        "xml:space": "preserve",
      ]
    ) {
      xml.element("head") { head(xml, transcript, options) }
      xml.element("body", ["style": "caption", "region": "lower"]) {
        xml.element("div") {
          for cue in captions.cues {
            for part in [cue.part] + [cue.lower.map { captions.lower[$0] }].compactMap(\.self) {
              let voice = transcript.segments[part.position].voice
              let agent = options.hasSpeakers ? voice.map(Self.agent) : nil
              let lines = captions.text[part.start..<part.end].split(separator: 0x0A)
              paragraph(xml, cue, part, lines, agent: agent, colour: colours.colour(part)?.hex)
            }
          }
        }
      }
    }
    return xml.finish()
  }

  /// The id of a voice among the agents.
  static func agent(_ voice: Int) -> String { "voice\(voice)" }

  /// What the head says: the title, where the text comes from, and the speakers.
  static func metadata(
    _ xml: XMLOutput,
    _ transcript: ExportedTranscript,
    _ options: FormatOptions
  ) {
    xml.element("ttm:title", text: transcript.title)
    xml.element("ttm:desc", text: transcript.provenance.joined(separator: "\n"))
    guard options.hasSpeakers else { return }
    for voice in transcript.voices {
      xml.element("ttm:agent", ["type": "character", "xml:id": agent(voice)]) {
        xml.element("ttm:name", ["type": "alias"], text: transcript.label(voice: voice))
      }
    }
  }

  private func head(_ xml: XMLOutput, _ transcript: ExportedTranscript, _ options: FormatOptions) {
    xml.element("metadata") { Self.metadata(xml, transcript, options) }
    xml.element("styling") {
      xml.element(
        "style",
        [
          "xml:id": "caption", "tts:fontFamily": "proportionalSansSerif", "tts:fontSize": "80%",
          "tts:textAlign": "center", "tts:color": "white", "tts:textOutline": "black 5%",
        ]
      )
    }
    xml.element("layout") {
      xml.element(
        "region",
        [
          "xml:id": "lower", "tts:origin": "10% 10%", "tts:extent": "80% 80%",
          "tts:displayAlign": "after",
        ]
      )
    }
  }

  private func paragraph(
    _ xml: XMLOutput,
    _ cue: Captions.Cue,
    _ part: Captions.Part,
    _ lines: [ArraySlice<UInt8>],
    agent: String?,
    colour: String?
  ) {
    xml.element(
      "p",
      [
        "begin": Clock.clock(cue.start, hours: 2, decimals: 3),
        "end": Clock.clock(cue.end, hours: 2, decimals: 3),
        "ttm:agent": agent,
        "tts:color": colour,
        "tts:direction": part.isRightToLeft ? "rtl" : nil,
        "tts:unicodeBidi": part.isRightToLeft ? "embed" : nil,
      ]
    ) {
      for (index, line) in lines.enumerated() {
        if index > 0 { xml.element("br") }
        xml.text(String(decoding: line, as: UTF8.self))
      }
    }
  }
}
