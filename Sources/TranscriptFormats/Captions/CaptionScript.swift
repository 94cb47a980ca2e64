internal import UnicodeText

/// What captions in a script are measured by.
///
/// - Sources: Netflix, Timed Text Style Guides, the guides of each language (characters in a line, and
///   in a second for captions in the language that is spoken); BBC, Subtitle Guidelines, "Target
///   minimum timing" (160 to 180 words a minute, some 15 characters a second).
struct CaptionScript: Hashable {
  /// The longest line in cells; a full-width character takes two.
  let lineWidth: Int
  /// The characters that are read in a second without haste.
  let readingSpeed: Int
  /// The most characters in a second that can be followed.
  let fastest: Int

  static let usual = CaptionScript(lineWidth: 42, readingSpeed: 15, fastest: 20)
  static let chinese = CaptionScript(lineWidth: 32, readingSpeed: 9, fastest: 11)
  static let japanese = CaptionScript(lineWidth: 26, readingSpeed: 7, fastest: 9)
  static let korean = CaptionScript(lineWidth: 32, readingSpeed: 12, fastest: 14)
  static let thai = CaptionScript(lineWidth: 35, readingSpeed: 17, fastest: 20)

  /// The script of a text: one that a third of it is written in, else the usual.
  static func script(of text: some Sequence<Unicode.Scalar>) -> CaptionScript {
    var (all, han, kana, hangul, thai) = (0, 0, 0, 0, 0)
    for scalar in text where scalar != " " {
      all += 1
      switch scalar.value {
      case 0x0E00...0x0E7F: thai += 1
      case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7FF: hangul += 1
      case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: kana += 1
      case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: han += 1
      default: break
      }
    }
    if 3 * (han + kana + hangul) >= all, all > 0 {
      if hangul > han + kana { return .korean }
      return 10 * kana >= han + kana ? .japanese : .chinese
    }
    return 3 * thai >= all && all > 0 ? .thai : .usual
  }
}

/// The times that every caption keeps to, in milliseconds.
///
/// - Sources: Netflix, Timed Text Style Guide, General Requirements (five sixths of a second at least,
///   seven seconds at most, two frames between captions); BBC, Subtitle Guidelines, "Match subtitle to
///   pace of speaking" (not more than a second and a half beside the speech).
enum CaptionTime {
  /// The shortest time on screen: 5/6 s.
  static let shortest = 834
  /// The longest, for ends that are guessed.
  static let longest = 7000
  /// What stands between two captions: two frames of film (2/24 s).
  static let gap = 84
  /// How much later than its row a caption may come, so that the one before can be read.
  static let latestDelay = 1500
  /// A pause from which on a caption rather ends, as behind a sentence: those inside a phrase are shorter.
  static let pause = 300
  /// A pause at which one always ends, and its screen time too: BBC, Subtitle Guidelines, "Gaps" (a second and a half at
  /// best).
  static let longPause = 1500
  /// How long a caption stays when its words are over and a break follows.
  static let hold = 500
  /// A caption with the gap behind it.
  static let slot = shortest + gap
}
