internal import TranscriptModel

/// A script for dubbing and subtitling, `dapt`: what is said in a film, and by whom, before anybody breaks it into
/// captions.
///
/// The document is TTML of the profile DAPT 1.0. Each row with a start and a text is a script event: a `div` with its
/// times and in it a `p` with its text and its character (`ttm:agent`). It is the original language transcript
/// (`daptm:scriptType`), or where rows have the words of a translation the translated one, of whose language
/// `daptm:langSrc` tells. A language that nobody knows is `und`. A row without a stated end lasts until the next later
/// start, the last one a second.
///
/// - Source: W3C, Dubbing and Audio description Profiles of TTML2, sections 4 and 5.
public struct DAPTFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "dapt"
  /// What a file's name ends with.
  public let suffix = ".dapt.ttml"
  /// The media type.
  public let mediaType = "application/ttml+xml"
  /// What it is and for whom.
  public let summary = "a script for dubbing and subtitling (TTML, DAPT 1.0)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .language]

  /// What the rows are, and where it is said: speech in the sound.
  private static let represents = "audio.dialogue"

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    // Blanks beside a text would be part of it.
    let xml = XMLOutput(isIndented: false)
    let spoken = transcript.document.source.language
    let isTranslated = options.wording != nil && !options.isBilingual
    xml.element(
      "tt",
      [
        "xmlns": TTMLFormat.namespace,
        "xmlns:ttp": TTMLFormat.namespace + "#parameter",
        "xmlns:ttm": TTMLFormat.namespace + "#metadata",
        "xmlns:daptm": TTMLFormat.namespace + "/profile/dapt#metadata",
        "ttp:contentProfiles": TTMLFormat.namespace + "/profile/dapt1.0/content",
        "xml:lang": transcript.language(options) ?? "und",
        "daptm:langSrc": isTranslated ? spoken : nil,
        "daptm:scriptRepresents": Self.represents,
        "daptm:scriptType": isTranslated ? "translatedTranscript" : "originalTranscript",
      ]
    ) {
      xml.element("head") {
        xml.element("metadata") { TTMLFormat.metadata(xml, transcript, options) }
      }
      xml.element("body") {
        for row in transcript.timedRows { event(xml, row, options) }
      }
    }
    return xml.finish()
  }

  private func event(_ xml: XMLOutput, _ row: TimedRow, _ options: FormatOptions) {
    xml.element(
      "div",
      [
        "xml:id": "row\(row.segment.row)",
        "begin": Clock.clock(row.start, hours: 2, decimals: 3),
        "end": Clock.clock(row.end, hours: 2, decimals: 3),
        "daptm:represents": Self.represents,
      ]
    ) {
      let agent = options.hasSpeakers ? row.segment.voice.map(TTMLFormat.agent) : nil
      xml.element("p", ["ttm:agent": agent]) { xml.element("span", text: row.segment.text) }
    }
  }
}
