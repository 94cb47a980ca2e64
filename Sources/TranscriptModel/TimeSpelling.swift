/// A written time, and all that it can mean.
///
/// Read are seconds (`90`, `90.5`), `M:SS`, `MM:SS` and `H:MM:SS` with minutes or seconds past 59,
/// fractions after a point or a comma (digits after the third are dropped), `90s`, `1h2m3s`,
/// `PT1M5S`, brackets around any of these, typographic colons and digits of other scripts. Of a
/// range (`00:05 - 00:09`) the start is read.
///
///     try TimeSpelling(parsing: "01:09:10").readings  // 1 h 9 min 10 s, or 1 min 9.10 s
public struct TimeSpelling: Hashable, Sendable {
  /// What the spelling means by its usual reading.
  public let time: Timecode
  /// What it means otherwise: `A:B:C` as minutes, seconds and hundredths, a large whole number as
  /// milliseconds; `nil` when there is one reading only.
  public let alternative: Timecode?
  /// Whether it is `M:SS`, `MM:SS` or `H:MM:SS`, with or without a fraction, and nothing else.
  public let isPlain: Bool
  /// The numbers it is made of; `nil` for one with units.
  public internal(set) var fields: ClockFields?
  /// Whether it was the start of a range.
  public internal(set) var isRange = false

  init(_ milliseconds: Int, alternative: Int? = nil, isPlain: Bool) {
    time = Timecode(milliseconds: milliseconds)
    self.alternative = alternative.map(Timecode.init(milliseconds:))
    self.isPlain = isPlain
  }

  /// The same readings, of a spelling that had to be cleaned first.
  init(cleaned other: TimeSpelling) {
    time = other.time
    alternative = other.alternative
    fields = other.fields
    isPlain = false
  }

  /// All readings, the usual one first.
  public var readings: [Timecode] { [time] + (alternative.map { [$0] } ?? []) }

  /// Reads a written time.
  ///
  /// - Throws: ``TimecodeError`` when the text is no known spelling of a time.
  public init(parsing text: String) throws(TimecodeError) {
    if let plain = ClockReader.read(text) {
      self = plain
    } else {
      self = try TimeSpellingCleaner(text).spelling()
    }
  }

  /// Reads bare digits, colons and a fraction from UTF-8; `nil` when the text has anything else.
  ///
  /// This is the quick way for tables: ``init(parsing:)`` reads what this one does not.
  public init?(clock bytes: UnsafeBufferPointer<UInt8>) {
    var reader = ClockReader(bytes: bytes)
    guard let spelling = reader.spelling() else { return nil }
    self = spelling
  }
}

extension Timecode {
  /// Reads one moment, by the usual reading of its spelling; see ``TimeSpelling``.
  ///
  ///     try Timecode(parsing: "65:42").milliseconds  // 3942000
  ///
  /// - Throws: ``TimecodeError`` when the text is no known spelling of a time, or a range.
  public init(parsing text: String) throws(TimecodeError) {
    let spelling = try TimeSpelling(parsing: text)
    guard !spelling.isRange else { throw TimecodeError(text: text, reason: .range) }
    self = spelling.time
  }
}
