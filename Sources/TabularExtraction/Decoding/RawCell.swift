/// A cell as a reader found it: a range of the reply, and how it is written there.
struct RawCell {
  enum Form: UInt8 {
    /// The row has no such cell.
    case unset
    case null, isTrue, isFalse
    /// A number by JSON's grammar.
    case number
    /// Text in quotes; the range is what lies between them.
    case quoted
    /// Text as TSV has it, where numbers look no different.
    case plain
    /// Text without the quotes it should have.
    case bare
    /// An array or object where a value should be.
    case nested
  }

  struct Traits: OptionSet {
    let rawValue: UInt16
    /// The text has escapes of JSON.
    static let jsonEscapes = Traits(rawValue: 1)
    /// The text has escapes as the TSV contract defines them.
    static let tsvEscapes = Traits(rawValue: 2)
    /// The text has bytes beyond ASCII, which may not be valid UTF-8.
    static let beyondASCII = Traits(rawValue: 4)
    /// The text has control characters that JSON wants escaped.
    static let controls = Traits(rawValue: 8)
    /// The text has quotes that JSON wants escaped.
    static let innerQuotes = Traits(rawValue: 16)
    /// The closing quote is missing.
    static let unclosed = Traits(rawValue: 32)
    /// The quotes are others than JSON's.
    static let oddQuotes = Traits(rawValue: 64)
    /// The word is not JSON's: `None`, `True`, `NaN`.
    static let foreignWord = Traits(rawValue: 128)
    /// Quotes are doubled, as CSV does inside of quotes.
    static let doubledQuotes = Traits(rawValue: 256)
    /// Bars are escaped, as Markdown does inside of cells.
    static let escapedBars = Traits(rawValue: 512)
  }

  var start: Int
  var end: Int
  var form: Form
  var traits: Traits

  @inline(__always) init(_ form: Form, _ start: Int, _ end: Int, _ traits: Traits = []) {
    self.start = start
    self.end = end
    self.form = form
    self.traits = traits
  }

  static let unset = RawCell(.unset, 0, 0)

  var range: Range<Int> { start..<end }
}
