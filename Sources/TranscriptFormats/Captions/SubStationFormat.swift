internal import TranscriptModel

/// Captions of Advanced SubStation Alpha, `ass`, with a style and the speaker as each event's name.
///
/// ``Captions`` says how rows become captions. Times have hundredths, cut. In the text a line break
/// is `\N`; `{` and `}` are `\{` and `\}`, and behind any other backslash stands U+2060 (word joiner),
/// which is not seen, so that no player takes the next letter for a command. Lines from right to left are marked as in
/// ``SubRipFormat``. The style's encoding is -1: each line goes the way its first letter goes. Names lose
/// commas, which end a field. Outlines are as broad as the picture makes them (`ScaledBorderAndShadow`).
///
/// - Source: libass, `ass_parse.c` (which escapes it knows); the format's v4.00+ specification.
public struct SubStationFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "ass"
  /// The media type.
  public let mediaType = "text/x-ssa; charset=utf-8"
  /// What it is and for whom.
  public let summary = "captions to be styled or burned in (Advanced SubStation Alpha)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [
    .speakers, .speakerStyle, .captions, .directionMarks, .language, .bilingual,
  ]

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = transcript.captions(options)
    let colours = CaptionColours(transcript, options)
    var output: [UInt8] = []
    output.reserveCapacity(captions.text.count + captions.cues.count * 80 + 1000)
    output.append(text: header(transcript))
    let speakers = options.hasSpeakers ? names(transcript) : [:]
    captions.text.withUnsafeBufferPointer { text in
      let directed = DirectedText(text: text, marks: options.directionMarks)
      for cue in captions.cues {
        let speaker = speakers[transcript.segments[cue.part.position].voice] ?? ""
        append(cue, captions, directed, colours, speaker: speaker, to: &output)
      }
    }
    return output
  }

  private func append(
    _ cue: Captions.Cue,
    _ captions: Captions,
    _ directed: DirectedText,
    _ colours: CaptionColours,
    speaker: String,
    to output: inout [UInt8]
  ) {
    let times = [cue.start, cue.end].map { Clock.clock($0, hours: 1, decimals: 2) }
    output.append(text: "Dialogue: 0,\(times[0]),\(times[1]),Default,\(speaker),0,0,0,,")
    for part in [cue.part] + [cue.lower.map { captions.lower[$0] }].compactMap(\.self) {
      if part.start > cue.part.start { output.append("\\N") }
      let colour = colours.colour(part)
      if let colour { output.append(text: "{\\c\(colour.substation)}") }
      directed.forEach(part) { piece in
        switch piece {
        case .text(let range): append(directed.text[range], to: &output)
        case .mark(let mark): output.append(mark)
        case .lineEnd: output.append("\\N")
        }
      }
      if colour != nil { output.append("{\\c}") }
    }
    output.append("\n")
  }

  /// The name of each voice as a field.
  private func names(_ transcript: ExportedTranscript) -> [Int?: String] {
    var line = LineText()
    var names: [Int?: String] = [:]
    for voice in transcript.voices {
      line.set(transcript.label(voice: voice))
      names[voice] = String(decoding: line.bytes, as: UTF8.self).replacing(",", with: " ")
    }
    return names
  }

  private func header(_ transcript: ExportedTranscript) -> String {
    var line = LineText()
    let notes = transcript.provenance.map { fact in
      line.set(fact)
      return "; " + String(decoding: line.bytes, as: UTF8.self)
    }
    let style =
      "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, "
      + "Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, "
      + "Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
      + "Style: Default,Arial,54,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,"
      + "3,1,2,60,60,50,-1\n"
    return (["[Script Info]"] + notes).joined(separator: "\n")
      + "\nScriptType: v4.00+\nPlayResX: 1920\nPlayResY: 1080\nWrapStyle: 2\nScaledBorderAndShadow: yes\n\n[V4+ Styles]\n"
      + style
      + "\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
  }

  private func append(_ text: Slice<UnsafeBufferPointer<UInt8>>, to output: inout [UInt8]) {
    for byte in text {
      switch byte {
      case 0x0A: output.append("\\N")
      case UInt8(ascii: "{"): output.append("\\{")
      case UInt8(ascii: "}"): output.append("\\}")
      case UInt8(ascii: "\\"): output.append("\\\u{2060}")
      default: output.append(byte)
      }
    }
  }
}
