internal import TranscriptModel

/// Finds stretches of more than a minute in which nothing is said.
struct GapCheck {
  /// The longest pause that needs no mention, in milliseconds.
  private static let longestPause = 60000

  private let input: ValidationInput

  init(_ input: ValidationInput) { self.input = input }

  var findings: [Finding] {
    var findings: [Finding] = []
    var reached = input.stretch?.start.milliseconds
    var previous: Int?
    for (position, segment) in input.segments.enumerated() {
      guard let start = segment.start?.milliseconds else { continue }
      if let reached, let finding = finding(reached, start, after: previous, before: position) {
        findings.append(finding)
      }
      let end = start + (segment.talkTimeMS(words: input.profiles[position].words) ?? 0)
      reached = max(reached ?? 0, end)
      previous = position
    }
    if let reached, let end = input.stretch?.end.milliseconds, previous != nil,
      let finding = finding(reached, end, after: previous, before: nil)
    {
      findings.append(finding)
    }
    return findings
  }

  private func finding(_ start: Int, _ end: Int, after: Int?, before: Int?) -> Finding? {
    guard end - start > Self.longestPause,
      end - start - silence(start, end) > Self.longestPause
    else { return nil }
    let place = "Nothing is transcribed from \(Self.time(start)) to \(Self.time(end))"
    let heard = input.silences == nil ? "nobody checked that it is silent" : "it is not silent"
    let severity = severity(start, end, isLast: before == nil)
    let rows = input.rows([after, before].compactMap(\.self))
    return Finding(.gap, severity, "\(place), and \(heard).", rows: rows)
  }

  /// A note while nobody knows whether it is silent; but an end that is missing is seldom silence.
  private func severity(_ start: Int, _ end: Int, isLast: Bool) -> Finding.Severity {
    let whole = input.stretch?.milliseconds ?? .max
    let isLarge = (end - start) * 10 > whole
    return input.silences != nil || isLast && isLarge ? .warning : .note
  }

  /// The silent milliseconds between two moments; 0 when nobody listened.
  private func silence(_ start: Int, _ end: Int) -> Int {
    (input.silences ?? []).reduce(0) { total, silence in
      let overlap =
        min(end, silence.end.milliseconds) - max(start, silence.start.milliseconds)
      return total + max(0, overlap)
    }
  }

  private static func time(_ milliseconds: Int) -> String {
    Timecode(milliseconds: milliseconds / 1000 * 1000).rendered
  }
}
