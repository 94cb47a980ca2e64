internal import PlainText
internal import TranscriptModel

/// SubRip captions, `srt`.
///
/// ``Captions`` says how rows become captions; the speaker is part of the text. One caption is its
/// number from 1, its times as `HH:MM:SS,mmm --> HH:MM:SS,mmm`, and its lines; an empty line stands
/// between two. Lines end with a line feed. Hours take two digits or more.
///
/// The format knows no escapes, and players obey what looks like a tag, a command of SubStation, a
/// reference to a character, a number or a time. So a U+2060 (word joiner), which is not seen, stands
/// behind `<` where a `>` follows in the caption, behind `\`, behind `&` where it begins a reference,
/// before the `>` of `-->`, before the fraction of a time, and before a last line of digits. Nothing
/// hides braces from players that know SubStation: where one opens and one closes, they become `｛` and
/// `｝` (U+FF5B, U+FF5D).
///
/// Lines of a row from right to left stand in direction marks (`FormatOptions.directionMarks`), and
/// labels of the other direction in an isolate.
///
/// - Sources: FFmpeg, `libavcodec/htmlsubtitles.c`, `libavformat/srtdec.c`; libass, `ass_parse.c`;
///   pysubs2, `formats/subrip.py`; VLC, `modules/codec/subsdec.c`.
public struct SubRipFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "srt"
  /// The media type.
  public let mediaType = "application/x-subrip"
  /// What it is and for whom.
  public let summary = "captions for players and video sites (SubRip)"
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
    return captions.text.withUnsafeBufferPointer { text in
      // A sign takes three bytes more at most; a line and its label have marks of six bytes each.
      let signs = 3 * ByteScan.count(in: text, marks: Self.marks)
      let directions =
        DirectedText.lineSize
        * (captions.cues.count + captions.lower.count + captions.lineFeedCount)
      let frames = captions.cues.count * (Captions.frameSize + CaptionColours.tagSize)
      return CaptionOutput.bytes(capacity: text.count + signs + directions + frames) { output in
        for (index, cue) in captions.cues.enumerated() {
          if index > 0 { output.put(0x0A) }
          output.put(number: index + 1)
          output.put(0x0A)
          output.put(times: cue, UInt8(ascii: ","))
          let end = captions.end(of: cue)
          let writer = Writer(
            text: UnsafeBufferPointer(rebasing: text[..<end]),
            marks: options.directionMarks
          )
          writer.put(cue, captions, colours, to: &output)
          output.put(0x0A)
        }
      }
    }
  }

  /// The signs that may need another beside them.
  @inline(__always) private static func marks(_ eight: UInt64) -> UInt64 {
    EightBytes.equal(eight, 0x3C) | EightBytes.equal(eight, 0x3E) | EightBytes.equal(eight, 0x7B)
      | EightBytes.equal(eight, 0x7D) | EightBytes.equal(eight, 0x5C)
      | EightBytes.equal(eight, 0x26)
      | EightBytes.equal(eight, 0x3A)
  }

  /// Writes the text of captions.
  private struct Writer {
    /// The text of all captions to the end of the one that is written.
    let text: UnsafeBufferPointer<UInt8>
    let marks: FormatOptions.DirectionMarks

    func put(
      _ cue: Captions.Cue,
      _ captions: Captions,
      _ colours: CaptionColours,
      to output: inout CaptionOutput
    ) {
      guard let lower = cue.lower.map({ captions.lower[$0] }) else {
        return put(cue.part, start: cue.part.start, colours, to: &output)
      }
      put(cue.part, start: cue.part.start, colours, to: &output)
      output.put(0x0A)
      put(lower, start: cue.part.start, colours, to: &output)
    }

    private func put(
      _ part: Captions.Part,
      start: Int,
      _ colours: CaptionColours,
      to output: inout CaptionOutput
    ) {
      let colour = colours.colour(part)
      if let colour { output.put("<font color=\"\(colour.hex)\">") }
      DirectedText(text: text, marks: marks).forEach(part) { piece in
        switch piece {
        case .text(let range): put(range.lowerBound, range.upperBound, of: start, to: &output)
        case .mark(let mark): output.put(mark)
        case .lineEnd: output.put(0x0A)
        }
      }
      if colour != nil { output.put("</font>") }
    }

    // MARK: Signs

    /// Puts a stretch of a caption that begins at `cueStart`.
    private func put(_ start: Int, _ end: Int, of cueStart: Int, to output: inout CaptionOutput) {
      if end == text.count, endsInDigits(cueStart) {
        return putDigits(start, of: cueStart, to: &output)
      }
      putSigns(start, end, of: cueStart, to: &output)
    }

    /// Whether the last line of the caption is digits and blanks: some take it for the next number.
    private func endsInDigits(_ cueStart: Int) -> Bool {
      guard let last = text.last, last & 0xC0 == 0x80 || (0x30...0x39).contains(last) else {
        return false
      }
      let line = text[cueStart...].lastIndex(of: 0x0A).map { $0 + 1 } ?? cueStart
      return String(decoding: text[line...], as: UTF8.self).unicodeScalars.allSatisfy {
        $0 == " " || $0.properties.generalCategory == .decimalNumber
      }
    }

    private func putDigits(_ start: Int, of cueStart: Int, to output: inout CaptionOutput) {
      let line = max(start, text[cueStart...].lastIndex(of: 0x0A).map { $0 + 1 } ?? cueStart)
      putSigns(start, line, of: cueStart, to: &output)
      output.put(Self.joiner)
      putSigns(line, text.count, of: cueStart, to: &output)
    }

    private static let joiner: StaticString = "\u{2060}"

    private func putSigns(
      _ start: Int,
      _ end: Int,
      of cueStart: Int,
      to output: inout CaptionOutput
    ) {
      let stretch = UnsafeBufferPointer(rebasing: text[..<end])
      var start = start
      var index = ByteScan.next(in: stretch, from: start, marks: SubRipFormat.marks)
      while index < end {
        if let (sign, before, skipped) = sign(index, cueStart) {
          output.put(UnsafeBufferPointer(rebasing: text[start..<before]))
          output.put(sign)
          start = before + skipped
        }
        index = ByteScan.next(in: stretch, from: index + 1, marks: SubRipFormat.marks)
      }
      output.put(UnsafeBufferPointer(rebasing: text[start..<end]))
    }

    /// What is put at which place on account of the sign at an index, and how many bytes it replaces.
    private func sign(_ index: Int, _ cueStart: Int) -> (StaticString, at: Int, skipped: Int)? {
      switch text[index] {
      case UInt8(ascii: "<"):
        return text[index...].contains(0x3E) ? (Self.joiner, index + 1, 0) : nil
      case UInt8(ascii: "\\"): return (Self.joiner, index + 1, 0)
      case UInt8(ascii: "&"):
        return isReference(index + 1) ? (Self.joiner, index + 1, 0) : nil
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        let text = text[cueStart...]
        guard let open = text.firstIndex(of: 0x7B), text[open...].contains(0x7D) else { return nil }
        return (text[index] == 0x7B ? "｛" : "｝", index, 1)
      case UInt8(ascii: ":"): return fraction(index + 1).map { (Self.joiner, $0, 0) }
      default:
        guard index >= cueStart + 2, text[index - 1] == 0x2D, text[index - 2] == 0x2D else {
          return nil
        }
        return (Self.joiner, index, 0)
      }
    }

    /// Whether what stands behind `&` is the name or number of a character, with its `;`.
    private func isReference(_ start: Int) -> Bool {
      var index = start < text.count && text[start] == UInt8(ascii: "#") ? start + 1 : start
      let first = index
      while index < text.count, index < first + 32,
        (0x30...0x39).contains(text[index]) || (text[index] | 0x20) &- UInt8(ascii: "a") < 26
      {
        index += 1
      }
      return index > first && index < text.count && text[index] == UInt8(ascii: ";")
    }

    /// Where the fraction of a time begins whose seconds begin at an index.
    private func fraction(_ index: Int) -> Int? {
      func isDigit(_ index: Int) -> Bool {
        index < text.count && (0x30...0x39).contains(text[index])
      }
      guard isDigit(index) else { return nil }
      let end = isDigit(index + 1) ? index + 2 : index + 1
      guard end < text.count, text[end] == 0x2C || text[end] == 0x2E, isDigit(end + 1) else {
        return nil
      }
      return end
    }
  }
}
