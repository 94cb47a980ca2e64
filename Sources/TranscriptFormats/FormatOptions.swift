/// How a transcript is written.
public struct FormatOptions: Hashable, Sendable {
  /// How much text one caption holds at most, beside what its lines hold.
  public enum CueLength: Hashable, Sendable {
    /// A number of words.
    case words(Int)
    /// A number of Unicode scalars.
    case characters(Int)
  }

  /// The machine's text, voices and speakers instead of the corrected ones.
  public var isMachineText = false
  /// Whether texts and captions name their speaker; tables always do.
  public var hasSpeakers = true
  /// Whether documents show a person's corrections as tracked changes.
  public var tracksChanges = false
  /// How much text one caption holds at most, `1...`; without it, what its lines hold.
  public var cueLength: CueLength?
  /// The longest line of a caption in Unicode scalars, `1...`.
  public var lineLength = 42
  /// The most lines of a caption, `1...`.
  public var lineCount = 2
  /// Unicode scalars that are read in a second, `1...`; limits captions whose end is an estimate.
  public var readingSpeed = 15

  /// The usual options.
  public init() {}
}
