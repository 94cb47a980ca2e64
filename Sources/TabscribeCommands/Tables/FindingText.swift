internal import CommandLineInterface
internal import PlainText
internal import TranscriptModel

/// Findings for the terminal.
enum FindingText {
  /// Severity, code, message and the first rows concerned, counted from 1.
  static func line(_ finding: Finding) -> String {
    let rows = finding.rows.prefix(5).map { String($0.index + 1) }.joined(separator: ", ")
    let more = finding.rows.count > 5 ? ", …" : ""
    let place = rows.isEmpty ? "" : " (row \(rows)\(more))"
    return SafeText.line(
      "\(finding.severity.rawValue) \(finding.code.rawValue): \(finding.message)\(place)"
    )
  }
}
