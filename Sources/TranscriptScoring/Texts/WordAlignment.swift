internal import UnicodeText

/// A reference and a hypothesis laid beside each other, word by word or character by character.
///
///     let alignment = WordAlignment("the cat sat", "the cat sits")
///     alignment.counts.rate  // 1/3
///
/// The way taken among equally short ones is jiwer's, so that substitutions, deletions and insertions
/// are the same as there.
public struct WordAlignment: Sendable {
  /// The symbols of the reference.
  public let reference: [Substring]
  /// The symbols of the hypothesis.
  public let hypothesis: [Substring]
  /// What becomes of them, in order.
  public let steps: [EditStep]
  /// The numbers of the steps.
  public let counts: ErrorCounts

  /// Aligns words that are parted already.
  public init(reference: [Substring], hypothesis: [Substring]) {
    self.reference = reference
    self.hypothesis = hypothesis
    // Unicode counts é and e with an accent as the same; bytes do not, and neither do other tools.
    var table = SymbolTable<ExactText>()
    let one = table.numbers(of: reference.lazy.map(ExactText.init))
    let other = table.numbers(of: hypothesis.lazy.map(ExactText.init))
    steps = EditAlignment.steps(
      one[...],
      other[...],
      symbolCount: table.count,
      preference: .halving
    )
    counts = ErrorCounts(steps)
  }

  /// Aligns the words of texts, parted at blanks.
  public init(_ reference: String, _ hypothesis: String) {
    self.init(reference: reference.betweenBlanks(), hypothesis: hypothesis.betweenBlanks())
  }

  /// Counts the errors of a text in characters (Unicode scalars), blanks included.
  public static func characters(_ reference: String, _ hypothesis: String) -> ErrorCounts {
    var table = SymbolTable<Unicode.Scalar>()
    let one = table.numbers(of: reference.unicodeScalars)
    let other = table.numbers(of: hypothesis.unicodeScalars)
    return ErrorCounts(
      EditAlignment.steps(one[...], other[...], symbolCount: table.count, preference: .halving)
    )
  }
}

/// A text that equals only what has the same scalars.
struct ExactText: Hashable {
  let text: Substring

  init(_ text: Substring) { self.text = text }

  static func == (one: ExactText, other: ExactText) -> Bool {
    one.text.utf8.elementsEqual(other.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
