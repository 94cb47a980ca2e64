/// A row as it is looked for in sound: when it is said to begin, and how long its words take.
public struct SpokenRow: Hashable, Sendable {
  /// What was said.
  public let text: String
  /// When it is said to begin, in milliseconds from the start of the recording.
  public let startMS: Int
  /// When it is said to end; `nil` when nobody said so.
  public let endMS: Int?
  /// The language it is in, such as `en` or `pt-BR`; `nil` when nobody said so.
  public let language: String?

  /// A row.
  public init(text: String, startMS: Int, endMS: Int? = nil, language: String? = nil) {
    self.text = text
    self.startMS = startMS
    self.endMS = endMS
    self.language = language
  }

  /// The seconds its words take at a usual pace.
  ///
  /// Fifteen letters a second is the mean of Debian's recorded English, French, Spanish, Italian and
  /// Russian phrases (11.9 to 17.3); a character of Chinese or Japanese counts as three letters, and a digit,
  /// which is said as a word, as five: with 1, 3, 4, 5 and 6 the times that those phrases took differed from the
  /// expected ones by 17.5, 16.8, 16.6, 16.5 and 16.5 %.
  var seconds: Double { max(0.5, Double(letters) / 15) }

  /// The text without remarks such as `[laughter]`, which nobody says.
  package var words: String {
    var depth = 0
    var words = ""
    for character in text {
      if character == "[" { depth += 1 }
      if depth == 0 { words.append(character) }
      if character == "]", depth > 0 { depth -= 1 }
    }
    return words
  }

  /// Whether anything in it is said.
  package var isSpoken: Bool { words.contains { $0.isLetter || $0.isNumber } }

  /// The letters, blanks and signs between them included, as they take time too.
  private var letters: Int {
    words.unicodeScalars.reduce(0) { count, scalar in
      switch scalar.value {
      case 0x30...0x39: count + 5
      case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0x20000...0x3FFFF: count + 3
      default: count + 1
      }
    }
  }
}
