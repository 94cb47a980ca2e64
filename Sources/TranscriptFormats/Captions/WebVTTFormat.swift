internal import PlainText
internal import TranscriptModel

/// WebVTT captions, `vtt`.
///
/// ``Captions`` says how rows become captions. The file is `WEBVTT`, an empty line, a comment
/// of `NOTE` and one fact to a line on where the text comes from, and then for each caption an empty
/// line, its times as `HH:MM:SS.mmm --> HH:MM:SS.mmm`, and its lines. Lines end with a line feed.
///
/// The text of each row in a caption begins with `<v LABEL>`, the label as one line, unless speakers
/// are not wanted, the row has no voice, or the label is empty; the label is not in the text as well,
/// unless that is asked for. In text and label, `&` is `&amp;`, `<` is `&lt;` and `>` is `&gt;`; in
/// labels `&` stays where no two letters or digits and no `#` follow, since nothing takes it for a
/// reference there and many programs show labels as they stand. Where the times of words are asked for and known, each word
/// but the first of its caption stands behind the time at which it begins, as `<HH:MM:SS.mmm>`, later than the one before
/// and before the caption's end. Behind a `\` in front of `N`, `n` or `h`
/// stands U+2060 (word joiner), which is not seen, since FFmpeg hands both on to SubStation, whose
/// commands they are. A label that is shown and goes the other way than its row is isolated. Facts are one line each, and `-->` in
/// them becomes `→`.
public struct WebVTTFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "vtt"
  /// The media type.
  public let mediaType = "text/vtt"
  /// What it is and for whom.
  public let summary = "captions for the web, with voices and provenance (WebVTT)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [
    .speakers, .speakerStyle, .captions, .visibleNames, .language, .wordTimes, .bilingual,
  ]

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = transcript.captions(options)
    let head = Self.head(transcript, options)
    let tags = VoiceTags(transcript, areWanted: options.hasSpeakers)
    let colours = CaptionColours(transcript, options)
    return captions.text.withUnsafeBufferPointer { text in
      // An escape takes five bytes at most.
      let escapes = 4 * ByteScan.count(in: text, marks: Self.marks)
      let frames = captions.cues.reduce(0) { size, cue in
        let lower = cue.lower.map { tags.tag(captions.lower[$0].position).count } ?? 0
        return size + Captions.frameSize + CaptionColours.tagSize + 2 * DirectedText.lineSize
          + tags.tag(cue.part.position).count
          + lower + CaptionOutput.wordTimeSize * cue.marks.count
      }
      return CaptionOutput.bytes(capacity: head.count + text.count + escapes + frames) { output in
        let directed = DirectedText(text: text, marks: .isolates)
        func put(_ part: Captions.Part, _ cue: Captions.Cue) {
          tags.tag(part.position).withUnsafeBufferPointer { output.put($0) }
          let colour = colours.colour(part)
          if let colour { output.put("<c.\(colour.name)>") }
          let label = part.labelStart..<part.labelEnd
          Self.put(.init(rebasing: text[part.start..<label.lowerBound]), to: &output)
          var (place, latest) = (label.upperBound, cue.start)
          if options.showsNames {
            // The first letter of the line, which tells where it begins, is the row's.
            let name = directed.isLabelTurned(part) ? DirectedText.name(part) : label
            if name != label { output.put(DirectedText.isolate) }
            Self.put(.init(rebasing: text[name]), to: &output)
            if name != label { output.put(DirectedText.isolateEnd) }
            place = name.upperBound
          }
          for mark in captions.marks[cue.marks] where part.position == cue.part.position {
            let time = mark.time + options.timeOffset
            guard time > latest, time < cue.end else { continue }
            Self.put(.init(rebasing: text[place..<mark.place]), to: &output)
            output.put(wordTime: time)
            (place, latest) = (mark.place, time)
          }
          Self.put(.init(rebasing: text[place..<part.end]), to: &output)
          if colour != nil { output.put("</c>") }
        }
        head.withUnsafeBufferPointer { output.put($0) }
        for cue in captions.cues {
          output.put(0x0A)
          output.put(times: cue, UInt8(ascii: "."))
          put(cue.part, cue)
          output.put(0x0A)
          guard let lower = cue.lower else { continue }
          put(captions.lower[lower], cue)
          output.put(0x0A)
        }
      }
    }
  }

  private static func head(_ transcript: ExportedTranscript, _ options: FormatOptions) -> [UInt8] {
    var output: [UInt8] = []
    output.append("WEBVTT\n\nNOTE\n")
    var line = LineText()
    let language = transcript.language(options).map { ["Language: " + $0] } ?? []
    for fact in transcript.provenance + language {
      line.set(fact)
      appendFact(line.bytes, to: &output)
    }
    return output
  }

  private static func appendFact(_ fact: [UInt8], to output: inout [UInt8]) {
    var rest = fact[...]
    while let byte = rest.popFirst() {
      if byte == 0x2D, rest.starts(with: [0x2D, 0x3E]) {
        output.append("→")
        rest = rest.dropFirst(2)
      } else {
        output.append(byte)
      }
    }
    output.append(0x0A)
  }

  /// The signs that are escaped.
  @inline(__always) fileprivate static func marks(_ eight: UInt64) -> UInt64 {
    EightBytes.equal(eight, 0x26) | EightBytes.equal(eight, 0x3C) | EightBytes.equal(eight, 0x3E)
      | EightBytes.equal(eight, 0x5C)
  }

  fileprivate static func put(_ text: UnsafeBufferPointer<UInt8>, to output: inout CaptionOutput) {
    var start = 0
    while true {
      let index = ByteScan.next(in: text, from: start, marks: marks)
      output.put(UnsafeBufferPointer(rebasing: text[start..<index]))
      guard index < text.count else { return }
      switch text[index] {
      case UInt8(ascii: "&"): output.put("&amp;")
      case UInt8(ascii: "<"): output.put("&lt;")
      case UInt8(ascii: ">"): output.put("&gt;")
      default:
        output.put(UInt8(ascii: "\\"))
        let isCommand = index + 1 < text.count && "Nnh".utf8.contains(text[index + 1])
        if isCommand { output.put("\u{2060}") }
      }
      start = index + 1
    }
  }
}

/// The tags of all voices, each made once.
private struct VoiceTags {
  private let segments: [TranscriptSegment]
  private var tags: [Int: [UInt8]] = [:]

  init(_ transcript: ExportedTranscript, areWanted: Bool) {
    segments = transcript.segments
    guard areWanted else { return }
    var line = LineText()
    var previous: Int?
    for segment in segments where segment.voice != previous {
      previous = segment.voice
      guard let voice = segment.voice, tags[voice] == nil else { continue }
      line.set(transcript.label(segment))
      tags[voice] = line.bytes.isEmpty ? [] : Self.tag(line.bytes)
    }
  }

  private static func tag(_ label: [UInt8]) -> [UInt8] {
    var tag = Array("<v ".utf8)
    for (index, byte) in label.enumerated() {
      switch byte {
      case UInt8(ascii: "&"):
        tag.append(byte)
        if mayBeReference(label[(index + 1)...]) { tag.append("amp;") }
      case UInt8(ascii: "<"): tag.append("&lt;")
      case UInt8(ascii: ">"): tag.append("&gt;")
      default: tag.append(byte)
      }
    }
    return tag + [UInt8(ascii: ">")]
  }

  /// Whether what stands behind `&` could be a reference to a character: the shortest has two letters.
  private static func mayBeReference(_ rest: ArraySlice<UInt8>) -> Bool {
    let letters = rest.prefix { byte in
      (0x30...0x39).contains(byte) || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
    return rest.first == UInt8(ascii: "#") || letters.count > 1
  }

  func tag(_ position: Int) -> [UInt8] { segments[position].voice.flatMap { tags[$0] } ?? [] }
}
