/// Tells a backslash that was meant as text from one that begins an escape.
///
/// Models write `\frac`, `\theta` or `C:\new` into strings without doubling the backslash, and what
/// was said would be torn by a form feed, a tab or a line break. The rule:
/// - `\b` and `\f` are text. No transcript has a backspace or a form feed, and one that has must
///   write `\u0008` or `\u000c`.
/// - `\n`, `\t` and `\r` are a line break, a tab and a return, as JSON and the TSV contract have
///   them, unless all the letters after the backslash are the name of a LaTeX command (`\nabla`,
///   `\theta`, `\rho`), or a path with a drive (`C:\new\table`) runs through them.
/// - Commands whose rest is a word by itself (`\ne`, `\to`) count only where the same string has a
///   backslash that can be no escape, such as that of `\alpha`, or where TeX goes on behind them.
struct LiteralBackslash {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private let text: Bytes
  private var isInPath = false
  /// Whether the string has a backslash that can be no escape; `nil` until somebody asks.
  private var evidence: Bool?

  init(_ text: Bytes) { self.text = text }

  /// Whether the backslash at an index, before one of `n`, `t` and `r`, is text.
  ///
  /// Indices are to rise from call to call.
  mutating func isText(at index: Int) -> Bool {
    guard index + 1 < text.count else { return false }
    if isInPath || beginsPath(at: index) { return true }
    guard index + 2 < text.count, Input.isLetter(text[index + 2]) else { return false }
    let end = text[(index + 1)...].prefix(Self.longest + 1).firstIndex { !Input.isLetter($0) }
    let name = text[(index + 1)..<(end ?? min(text.count, index + 2 + Self.longest))]
    if Self.certain.contains(where: name.elementsEqual) { return true }
    guard Self.doubtful.contains(where: name.elementsEqual) else { return false }
    if let end, "{}_^\\$".utf8.contains(text[end]) { return true }
    return hasEvidence()
  }

  /// Notes any escape or backslash at an index, which may begin a path.
  mutating func pass(at index: Int) {
    if !isInPath { isInPath = beginsPath(at: index) }
  }

  /// Notes plain text, with the spaces of which a path ends.
  mutating func pass(_ plain: Slice<Bytes>) {
    if isInPath, plain.contains(where: { Input.isSpace($0) || $0 == ASCII.quote }) {
      isInPath = false
    }
  }

  /// Whether a drive stands right before a backslash and a letter.
  ///
  /// Drives are `C:` to `H:` here; `A:`, `B:`, `Q:` and most other letters are who speaks, or the end
  /// of a line, in more texts than they are drives.
  private func beginsPath(at index: Int) -> Bool {
    guard index >= 2, text[index - 1] == ASCII.colon, index + 2 < text.count,
      Input.isLetter(text[index + 1])
    else { return false }
    let drive = text[index - 2] | 0x20
    guard (UInt8(ascii: "c")...UInt8(ascii: "h")).contains(drive) else { return false }
    return index == 2 || !Input.isLetter(text[index - 3]) && !Input.isDigit(text[index - 3])
  }

  private mutating func hasEvidence() -> Bool {
    if let evidence { return evidence }
    var index = 0
    var found = false
    while !found, let slash = text[index...].firstIndex(of: ASCII.backslash),
      slash + 1 < text.count
    {
      let next = text[slash + 1]
      found = Input.isLetter(next) && !"ntru".utf8.contains(next)
      index = slash + 2
      if index >= text.count { break }
    }
    evidence = found
    return found
  }

  // MARK: Names

  /// The letters of the longest name below.
  private static let longest = 18

  /// Commands of LaTeX and its symbol packages that begin with `n`, `t` or `r`, without those in
  /// `doubtful`.
  private static let certain: [[UInt8]] = words(
    """
    nabla natural ncong nearrow neq newcommand newline nexists ngeq ngeqslant ngtr nleftarrow nleq \
    nleqslant nless nmid nolimits nonumber notin nparallel nprec npreceq nrightarrow nsim nsubseteq \
    nsucc nsucceq nsupseteq nwarrow \
    tanh tau tbinom text textbf textit textnormal textrm textsf texttt textstyle tfrac therefore \
    theta thickapprox thicksim thinspace tilde times triangle triangledown triangleleft triangleq \
    triangleright twoheadrightarrow \
    raisebox rangle rbrace rbrack rceil renewcommand rfloor rho right rightarrow rightharpoonup \
    rightleftarrows rightleftharpoons rightsquigarrow rmoustache rtimes rvert
    """
  )

  private static let doubtful = words("ne neg ni not nu tan tag to top tr rm")

  private static func words(_ text: String) -> [[UInt8]] {
    text.split(separator: " ").map { Array($0.utf8) }
  }
}
