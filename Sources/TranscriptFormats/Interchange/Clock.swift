internal import PlainText

/// Times as the formats of other programs spell them.
enum Clock {
  /// Seconds with three decimals, such as `65.250`.
  static func seconds(_ milliseconds: Int) -> String {
    "\(milliseconds / 1000)." + NumberText.padded(milliseconds % 1000, 3)
  }

  /// `H:MM:SS.mmm` with as many digits of hours and decimals as asked for; further decimals are cut.
  static func clock(_ milliseconds: Int, hours: Int, decimals: Int) -> String {
    let seconds = milliseconds / 1000
    let whole =
      NumberText.padded(seconds / 3600, hours) + ":" + NumberText.padded(seconds / 60 % 60, 2) + ":"
      + NumberText.padded(seconds % 60, 2)
    guard decimals > 0 else { return whole }
    return whole + "." + NumberText.padded(milliseconds % 1000, 3).prefix(decimals)
  }
}
