/// Reads times with units, in lower case: `90s`, `1h2m3s`, `1 h 30`, `pt1m5s`.
struct TimeUnitReader {
  private static let units: [(names: [String], milliseconds: Int)] = [
    (["h", "hr", "hrs", "hour", "hours"], 3_600_000),
    (["m", "min", "mins", "minute", "minutes"], 60000),
    (["s", "sec", "secs", "second", "seconds"], 1000),
    (["ms"], 1),
  ]

  private var rest: Substring

  init(_ text: Substring) { rest = text.hasPrefix("pt") ? text.dropFirst(2) : text }

  /// The sum of the parts; `nil` when the text is anything but numbers with falling units.
  ///
  /// A last number without a unit has the unit that follows (`1h30` is 1 h 30 min).
  func spelling() -> TimeSpelling? {
    var reader = self
    return reader.read()
  }

  private mutating func read() -> TimeSpelling? {
    var total = 0
    var nextUnit = 0
    repeat {
      guard let number = readNumber(), let unit = readUnit(from: nextUnit) else { return nil }
      total += number * Self.units[unit].milliseconds / 1000
      nextUnit = unit + 1
    } while !rest.isEmpty
    return TimeSpelling(total, isPlain: false)
  }

  /// The next number in thousandths.
  private mutating func readNumber() -> Int? {
    skipBlanks()
    let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "," }
    rest = rest.dropFirst(number.count)
    return ClockReader.read(String(number))?.time.milliseconds
  }

  private mutating func readUnit(from first: Int) -> Int? {
    skipBlanks()
    let name = rest.prefix { $0.isASCII && $0.isLetter }
    rest = rest.dropFirst(name.count)
    skipBlanks()
    if name.isEmpty { return rest.isEmpty && (1...2).contains(first) ? first : nil }
    return Self.units.indices.dropFirst(first).first { Self.units[$0].names.contains(String(name)) }
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " } }
}
