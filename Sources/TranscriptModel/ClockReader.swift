/// Reads times of digits, colons and a fraction: `90`, `1:05`, `1:02:03.500`.
struct ClockReader {
  /// More digits than any field needs; keeps the arithmetic far from overflow.
  private static let maximumDigits = 9

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var fields: (Int, Int, Int, Int) = (0, 0, 0, 0)
  private var fieldCount = 0
  private var lastDigits = 0
  private var fraction = 0
  private var fractionDigits = 0
  private var hasFraction: Bool { fractionDigits > 0 }

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  static func read(_ text: String) -> TimeSpelling? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = ClockReader(bytes: bytes)
      return reader.spelling()
    }
  }

  /// The whole text as a time; `nil` when it is anything else.
  mutating func spelling() -> TimeSpelling? {
    guard readFields(), readFraction(), position == bytes.count, var spelling = usual else {
      return nil
    }
    spelling.fields = ClockFields(
      count: fieldCount,
      values: fields,
      lastDigits: lastDigits,
      fraction: fraction,
      fractionDigits: fractionDigits
    )
    return spelling
  }

  /// The reading by which each count of fields is usual.
  private var usual: TimeSpelling? {
    switch fieldCount {
    case 1: seconds
    case 2: minutesAndSeconds
    case 3: threeFields
    default: fourFields
    }
  }

  private var seconds: TimeSpelling {
    let whole = fields.0
    let alternative = !hasFraction && whole >= 1000 ? whole : nil
    return TimeSpelling(whole * 1000 + fraction, alternative: alternative, isPlain: false)
  }

  private var minutesAndSeconds: TimeSpelling {
    let (minutes, seconds, _, _) = fields
    return TimeSpelling(
      (minutes * 60 + seconds) * 1000 + fraction,
      isPlain: lastDigits == 2 && seconds < 60
    )
  }

  /// `H:MM:SS`; or minutes, seconds and a fraction behind a colon where a part exceeds 59.
  private var threeFields: TimeSpelling? {
    let (first, second, third, _) = fields
    let clock = ((first * 60 + second) * 60 + third) * 1000 + fraction
    let minutes = (first * 60 + second) * 1000
    if hasFraction || lastDigits == 1 || lastDigits > 3 {
      guard third < 60, second < 60 || first == 0 else { return nil }
      return TimeSpelling(clock, isPlain: hasFraction && lastDigits == 2 && second < 60)
    }
    if lastDigits == 3 {
      return second < 60 ? TimeSpelling(minutes + third, isPlain: false) : nil
    }
    switch (second < 60, third < 60) {
    case (true, true):
      return TimeSpelling(clock, alternative: minutes + third * 10, isPlain: true)
    case (true, false): return TimeSpelling(minutes + third * 10, isPlain: false)
    case (false, true) where first == 0: return TimeSpelling(clock, isPlain: false)
    default: return nil
    }
  }

  /// `H:MM:SS:FF`: frames cannot be told without the frame rate and are dropped.
  private var fourFields: TimeSpelling? {
    let (hours, minutes, seconds, last) = fields
    guard minutes < 60, seconds < 60, !hasFraction else { return nil }
    let clock = ((hours * 60 + minutes) * 60 + seconds) * 1000
    return TimeSpelling(lastDigits == 3 ? clock + last : clock, isPlain: false)
  }

  private mutating func readFields() -> Bool {
    repeat {
      guard fieldCount < 4, let value = readDigits() else { return false }
      switch fieldCount {
      case 0: fields.0 = value
      case 1: fields.1 = value
      case 2: fields.2 = value
      default: fields.3 = value
      }
      fieldCount += 1
    } while skip(UInt8(ascii: ":"))
    return true
  }

  private mutating func readDigits() -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      value = value * 10 + Int(bytes[position] &- 0x30)
      position += 1
      if position - start > Self.maximumDigits { return nil }
    }
    lastDigits = position - start
    return lastDigits > 0 ? value : nil
  }

  /// Reads tenths, hundredths and milliseconds, and drops further digits.
  private mutating func readFraction() -> Bool {
    guard skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) else { return true }
    let start = position
    var weight = 100
    while position < bytes.count, bytes[position] &- 0x30 < 10 {
      fraction += weight * Int(bytes[position] &- 0x30)
      weight /= 10
      position += 1
    }
    fractionDigits = position - start
    return position > start
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }
}
