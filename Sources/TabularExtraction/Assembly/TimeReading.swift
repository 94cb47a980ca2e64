internal import TranscriptModel

/// A way to read the written times of a column.
enum TimeReading: CaseIterable {
  // The order is that of preference where nothing else decides; the first is what is asked for.

  /// Seconds, `MM:SS`, `H:MM:SS`, and `H:MM:SS:FF` with frames.
  case clock
  /// `MM:SS` that begins anew with every hour: 59:59, 00:05.
  case hourWrap
  /// `MM:SS:cc`, minutes, seconds and hundredths.
  case hundredths
  /// A clock that does not begin at nought, such as the 01:00:00:00 with which tapes begin.
  case tape
  /// Whole numbers that are milliseconds.
  case milliseconds
  /// `HH:MM`, hours and whole minutes.
  case hoursAndMinutes
  /// `M.SS`, minutes and seconds with a point between them.
  case minutesPointSeconds

  /// What a time means by this reading in milliseconds; `nil` when it cannot be meant so.
  ///
  /// - Parameter frameRate: The frames in a second, for times that count them.
  func milliseconds(_ fields: ClockFields, frameRate: Int) -> Int? {
    let (first, second, third, fourth) = fields.values
    switch (self, fields.count) {
    case (.hundredths, 3) where fields.fractionDigits == 0 && fields.lastDigits == 2:
      return second < 60 ? (first * 60 + second) * 1000 + third * 10 : nil
    case (.hoursAndMinutes, 2):
      let isPlain = fields.fractionDigits == 0 && fields.lastDigits == 2 && second < 60
      return isPlain ? (first * 60 + second) * 60000 : nil
    case (.minutesPointSeconds, 1):
      if fields.fractionDigits == 0 { return first * 60000 }
      let seconds = fields.fraction / 10
      return fields.fractionDigits == 2 && seconds < 60 ? (first * 60 + seconds) * 1000 : nil
    case (.milliseconds, 1): return fields.fractionDigits == 0 ? first : nil
    case (_, 1): return first * 1000 + fields.fraction
    case (_, 2): return (first * 60 + second) * 1000 + fields.fraction
    case (_, 3): return Self.threeFields(fields)
    default:
      guard second < 60, third < 60, fields.fractionDigits == 0 else { return nil }
      let whole = ((first * 60 + second) * 60 + third) * 1000
      return whole + (fields.lastDigits == 3 ? fourth : min(999, fourth * 1000 / frameRate))
    }
  }

  private static func threeFields(_ fields: ClockFields) -> Int? {
    let (first, second, third, _) = fields.values
    // Three digits at the end are milliseconds wherever they stand.
    if fields.lastDigits == 3, fields.fractionDigits == 0 {
      return second < 60 ? (first * 60 + second) * 1000 + third : nil
    }
    guard third < 60, second < 60 || first == 0 else { return nil }
    return ((first * 60 + second) * 60 + third) * 1000 + fields.fraction
  }

  /// The clause that says how times were read.
  var clause: String {
    switch self {
    case .clock: "hours, minutes and seconds"
    case .hourWrap: "minutes and seconds that begin anew with every hour"
    case .hundredths: "minutes, seconds and hundredths"
    case .tape: "times of a tape, which does not begin at nought"
    case .milliseconds: "milliseconds"
    case .hoursAndMinutes: "hours and minutes"
    case .minutesPointSeconds: "minutes and seconds with a point between them"
    }
  }
}
