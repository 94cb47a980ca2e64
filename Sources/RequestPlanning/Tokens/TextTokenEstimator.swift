/// Guesses how many tokens a text has, without the model's vocabulary.
///
/// The rules were read off prompts whose tokens the service counted: a word is a token, a long
/// word more; every digit is one, and so is the blank before a number; a run of punctuation is
/// one. Scripts without blanks are counted by their letters. The service's own count
/// (`countTokens`) is exact and free.
public enum TextTokenEstimator {
  /// The letters of a Latin word that make one more token.
  static let latinLettersPerToken = 10
  /// The letters of a word in another alphabet that make one more token.
  static let otherLettersPerToken = 4

  /// The tokens of a text; 0 for none.
  ///
  ///     TextTokenEstimator.tokens(in: "why is the sky blue?")  // 6
  public static func tokens(in text: String) -> Int {
    var counter = TokenCounter()
    for scalar in text.unicodeScalars { counter.read(scalar) }
    return counter.finished()
  }
}

/// Counts tokens while it reads a text letter by letter.
private struct TokenCounter {
  private enum Run { case none, blank, latin, other, digit, ideograph, sign, newline }

  private var tokens = 0
  private var run = Run.none
  private var length = 0
  private var followsBlank = false

  mutating func read(_ scalar: Unicode.Scalar) {
    let kind = Self.kind(of: scalar)
    if kind == run, kind != .digit, kind != .ideograph {
      length += 1
      return
    }
    close()
    followsBlank = run == .blank
    run = kind
    length = 1
    if kind == .digit, followsBlank { tokens += 1 }
  }

  mutating func finished() -> Int {
    close()
    run = .none
    return tokens
  }

  private mutating func close() {
    switch run {
    case .none: break
    case .blank: tokens += length > 1 ? 1 : 0
    case .newline, .sign: tokens += 1
    case .digit: tokens += 1
    case .ideograph: tokens += 1
    case .latin: tokens += 1 + length / TextTokenEstimator.latinLettersPerToken
    case .other: tokens += 1 + length / TextTokenEstimator.otherLettersPerToken
    }
  }

  private static func kind(of scalar: Unicode.Scalar) -> Run {
    switch scalar.value {
    case 0x20, 0x09, 0xA0: .blank
    case 0x0A, 0x0D: .newline
    case 0x30...0x39: .digit
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F: .latin
    case ..<0x80, 0x80...0xBF, 0x2000...0x2BFF, 0x3000...0x303F, 0xFF00...0xFF0F: .sign
    case 0x3040...0x30FF, 0x3400...0x9FFF, 0xAC00...0xD7AF, 0x20000...0x3FFFF: .ideograph
    default: scalar.properties.isAlphabetic || scalar.value >= 0x300 ? .other : .sign
    }
  }
}
