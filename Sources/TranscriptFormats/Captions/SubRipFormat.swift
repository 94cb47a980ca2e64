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
  /// What follows the dot in a file's name.
  public let fileExtension = "srt"
  /// The media type.
  public let mediaType = "application/x-subrip"

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let captions = Captions(transcript, options, labelsText: options.hasSpeakers)
    var output: [UInt8] = []
    output.reserveCapacity(captions.text.count + captions.cues.count * 40)
    captions.text.withUnsafeBufferPointer { text in
      for (index, cue) in captions.cues.enumerated() {
        if index > 0 { output.append(0x0A) }
        output.append(text: String(index + 1))
        output.append(0x0A)
        output.append(clock: cue.start, UInt8(ascii: ","))
        output.append(" --> ")
        output.append(clock: cue.end, UInt8(ascii: ","))
        output.append(0x0A)
        Self.append(.init(rebasing: text[cue.textStart..<cue.textEnd]), to: &output)
        output.append(0x0A)
      }
    }
    return output
  }

  private static func append(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var start = 0
    for (index, byte) in text.enumerated() {
      guard byte == 0x3C || byte == 0x3E || byte == 0x7B, index >= start else { continue }
      guard let (replacement, before) = replacement(text, index) else { continue }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index - before]))
      output.append(replacement)
      start = index + 1
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
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
