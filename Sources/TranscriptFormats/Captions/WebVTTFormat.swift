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
  /// What follows the dot in a file's name.
  public let fileExtension = "vtt"
  /// The media type.
  public let mediaType = "text/vtt"

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = Captions(transcript, options, labelsText: false)
    var output: [UInt8] = []
    output.reserveCapacity(captions.text.count + captions.cues.count * 64)
    output.append("WEBVTT\n\nNOTE\n")
    var line = LineText()
    for fact in transcript.provenance {
      line.set(fact)
      Self.appendFact(line.bytes, to: &output)
    }
    let tags = options.hasSpeakers ? VoiceTags(transcript) : nil
    captions.text.withUnsafeBufferPointer { text in
      for cue in captions.cues {
        output.append(0x0A)
        output.append(clock: cue.start, UInt8(ascii: "."))
        output.append(" --> ")
        output.append(clock: cue.end, UInt8(ascii: "."))
        output.append(0x0A)
        if let tags { output.append(contentsOf: tags.tag(cue.position)) }
        Self.append(.init(rebasing: text[cue.textStart..<cue.textEnd]), to: &output)
        output.append(0x0A)
      }
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

  fileprivate static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var start = 0
    for (index, byte) in text.enumerated() {
      let escape: StaticString
      switch byte {
      case UInt8(ascii: "&"): escape = "&amp;"
      case UInt8(ascii: "<"): escape = "&lt;"
      case UInt8(ascii: ">"): escape = "&gt;"
      default: continue
      }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      output.append(escape)
      start = index + 1
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
  }
}

/// The tags of all voices, each made once.
private struct VoiceTags {
  private let transcript: ExportedTranscript
  private let tags: [Int: [UInt8]]

  init(_ transcript: ExportedTranscript) {
    self.transcript = transcript
    var tags: [Int: [UInt8]] = [:]
    var line = LineText()
    for (segment, label) in zip(transcript.segments, transcript.labels) {
      guard !label.isRepeated, let voice = segment.voice, tags[voice] == nil else { continue }
      line.set(label.text)
      var tag: [UInt8] = []
      if !line.bytes.isEmpty {
        tag.append("<v ")
        line.bytes.withUnsafeBufferPointer { WebVTTFormat.append($0, to: &tag) }
        tag.append(UInt8(ascii: ">"))
      }
      tags[voice] = tag
    }
    self.tags = tags
  }

  func tag(_ position: Int) -> [UInt8] {
    transcript.segments[position].voice.flatMap { tags[$0] } ?? []
  }
}
