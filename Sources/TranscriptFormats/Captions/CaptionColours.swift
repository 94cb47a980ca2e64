internal import TranscriptModel

/// The colours that tell speakers apart, in the order they first speak.
///
/// - Source: BBC, Subtitle Guidelines, "Use of colours": white, yellow, cyan and green, in this order.
struct CaptionColours {
  struct Colour {
    /// As a class of WebVTT (section 5.1 of its specification).
    let name: String
    /// As `#RRGGBB`.
    let hex: String
    /// As a value of SubStation, which has blue first.
    let substation: String
    /// As bits of the codes of CEA-608 that begin a row or change its colour.
    let closedCaption: UInt16
  }

  /// The most bytes that tags of a colour take.
  static let tagSize = 64

  private static let all = [
    Colour(name: "white", hex: "#ffffff", substation: "&HFFFFFF&", closedCaption: 0x0),
    Colour(name: "yellow", hex: "#ffff00", substation: "&H00FFFF&", closedCaption: 0xA),
    Colour(name: "cyan", hex: "#00ffff", substation: "&HFFFF00&", closedCaption: 0x6),
    Colour(name: "lime", hex: "#00ff00", substation: "&H00FF00&", closedCaption: 0x2),
  ]

  private let segments: [TranscriptSegment]
  private var numbers: [Int: Int] = [:]

  init(_ transcript: ExportedTranscript, _ options: FormatOptions) {
    segments = transcript.segments
    guard options.hasSpeakers, options.speakerStyle == .colour else { return }
    for (number, voice) in transcript.voices.enumerated() {
      numbers[voice] = number % Self.all.count
    }
  }

  /// The colour of a row; none for the first, which is how captions look anyway.
  func colour(_ segment: TranscriptSegment) -> Colour? {
    guard let number = segment.voice.flatMap({ numbers[$0] }), number > 0 else { return nil }
    return Self.all[number]
  }

  func colour(_ part: Captions.Part) -> Colour? {
    numbers.isEmpty ? nil : colour(segments[part.position])
  }
}
