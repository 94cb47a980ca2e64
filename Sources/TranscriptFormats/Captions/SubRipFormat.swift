internal import TranscriptModel

/// SubRip captions, `srt`.
///
/// Frozen. ``Captions`` says how rows become captions; the speaker is part of the text. One caption
/// is its number from 1, its times as `HH:MM:SS,mmm --> HH:MM:SS,mmm`, and its lines; an empty line
/// stands between two. Lines end with a line feed. Hours take two digits or more.
///
/// The format knows no escapes, and players obey tags. So in the text, `-->` becomes `→`, `<` in
/// front of an ASCII letter or `/` becomes `‹`, and `{` in front of `\` becomes `(`.
public struct SubRipFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "srt"
  /// The media type.
  public let mediaType = "application/x-subrip"
  /// What it is and for whom.
  public let summary = "captions for players and video sites (SubRip)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = Captions(transcript, options, labelsText: options.hasSpeakers)
    return captions.text.withUnsafeBufferPointer { text in
      // What a byte becomes takes three bytes at most.
      let escapes = 2 * ByteScan.count(in: text, marks: Self.marks)
      let capacity = text.count + escapes + captions.cues.count * Captions.frameSize
      return CaptionOutput.bytes(capacity: capacity) { output in
        for (index, cue) in captions.cues.enumerated() {
          if index > 0 { output.put(0x0A) }
          output.put(number: index + 1)
          output.put(0x0A)
          output.put(times: cue, UInt8(ascii: ","))
          Self.put(.init(rebasing: text[cue.textStart..<cue.textEnd]), to: &output)
          output.put(0x0A)
        }
      }
    }
  }

  /// The signs that may become others.
  @inline(__always) private static func marks(_ eight: UInt64) -> UInt64 {
    EightBytes.equal(eight, 0x3C) | EightBytes.equal(eight, 0x3E) | EightBytes.equal(eight, 0x7B)
  }

  private static func put(_ text: UnsafeBufferPointer<UInt8>, to output: inout CaptionOutput) {
    var start = 0
    var index = ByteScan.next(in: text, from: 0, marks: marks)
    while index < text.count {
      if let (replacement, before) = replacement(text, index) {
        output.put(UnsafeBufferPointer(rebasing: text[start..<index - before]))
        output.put(replacement)
        start = index + 1
      }
      index = ByteScan.next(in: text, from: index + 1, marks: marks)
    }
    output.put(UnsafeBufferPointer(rebasing: text[start...]))
  }

  /// What a sign becomes, together with how many bytes before it.
  private static func replacement(
    _ text: UnsafeBufferPointer<UInt8>,
    _ index: Int
  ) -> (StaticString, Int)? {
    let next = index + 1 < text.count ? text[index + 1] : 0x0A
    switch text[index] {
    case UInt8(ascii: "<"):
      let isTag = next == UInt8(ascii: "/") || (next | 0x20) &- UInt8(ascii: "a") < 26
      return isTag ? ("‹", 0) : nil
    case UInt8(ascii: "{"): return next == UInt8(ascii: "\\") ? ("(", 0) : nil
    default:
      guard index >= 2, text[index - 1] == 0x2D, text[index - 2] == 0x2D else { return nil }
      return ("→", 2)
    }
  }
}
