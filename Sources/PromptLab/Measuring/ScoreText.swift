internal import TranscriptModel

/// Scores as people read them.
package enum ScoreText {
  /// A share in per cent with one decimal: `12.3 %`.
  package static func percent(_ share: Double) -> String {
    tenths(share * 100) + " %"
  }

  /// A number with one decimal: `12.3`.
  package static func decimal(_ number: Double) -> String { tenths(number) }

  /// Seconds with one decimal: `1.5 s`; less than a tenth with two.
  package static func seconds(_ seconds: Double) -> String {
    guard abs(seconds) < 0.1, seconds != 0 else { return tenths(seconds) + " s" }
    let hundredths = Int((abs(seconds) * 100).rounded())
    let digits = hundredths < 10 ? "0\(hundredths)" : "\(hundredths)"
    return (seconds < 0 && hundredths > 0 ? "−" : "") + "0.\(digits) s"
  }

  /// When a minute of a recording begins.
  package static func minute(_ minute: Int) -> String {
    Timecode(milliseconds: minute * 60_000).rendered
  }

  private static func tenths(_ number: Double) -> String {
    // Beyond a quadrillion tenths a Double has no decimals; scores end far before.
    let tenths = Int((min(abs(number), 1e14) * 10).rounded())
    return (number < 0 && tenths > 0 ? "−" : "") + "\(tenths / 10).\(tenths % 10)"
  }
}
