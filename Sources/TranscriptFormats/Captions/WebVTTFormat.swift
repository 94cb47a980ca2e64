internal import TranscriptModel

/// WebVTT captions, `vtt`.
///
/// Frozen. ``Captions`` says how rows become captions. The file is `WEBVTT`, an empty line, a comment
/// of `NOTE` and one fact to a line on where the text comes from, and then for each caption an empty
/// line, its times as `HH:MM:SS.mmm --> HH:MM:SS.mmm`, and its lines. Lines end with a line feed.
///
/// The text of a caption begins with `<v LABEL>`, the label as one line, unless speakers are not
/// wanted, the row has no voice, or the label is empty. In text and label, `&` is `&amp;`, `<` is
/// `&lt;` and `>` is `&gt;`. Facts are one line each, and `-->` in them becomes `→`; the facts are
/// not frozen.
public struct WebVTTFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "vtt"
  /// The media type.
  public let mediaType = "text/vtt"
  /// What it is and for whom.
  public let summary = "captions for the web, with voices and provenance (WebVTT)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = Captions(transcript, options, labelsText: false)
    let head = Self.head(transcript)
    let tags = VoiceTags(transcript, areWanted: options.hasSpeakers)
    return captions.text.withUnsafeBufferPointer { text in
      // An escape takes five bytes at most.
      let escapes = 4 * ByteScan.count(in: text, marks: Self.marks)
      let frames = captions.cues.reduce(0) { $0 + Captions.frameSize + tags.tag($1.position).count }
      return CaptionOutput.bytes(capacity: head.count + text.count + escapes + frames) { output in
        head.withUnsafeBufferPointer { output.put($0) }
        for cue in captions.cues {
          output.put(0x0A)
          output.put(times: cue, UInt8(ascii: "."))
          tags.tag(cue.position).withUnsafeBufferPointer { output.put($0) }
          Self.put(.init(rebasing: text[cue.textStart..<cue.textEnd]), to: &output)
          output.put(0x0A)
        }
      }
    }
  }

  private static func head(_ transcript: ExportedTranscript) -> [UInt8] {
    var output: [UInt8] = []
    output.append("WEBVTT\n\nNOTE\n")
    var line = LineText()
    for fact in transcript.provenance {
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
      default: output.put("&gt;")
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
    CaptionOutput.bytes(capacity: label.count * 5 + 4) { output in
      output.put("<v ")
      label.withUnsafeBufferPointer { WebVTTFormat.put($0, to: &output) }
      output.put(UInt8(ascii: ">"))
    }
  }

  func tag(_ position: Int) -> [UInt8] { segments[position].voice.flatMap { tags[$0] } ?? [] }
}
