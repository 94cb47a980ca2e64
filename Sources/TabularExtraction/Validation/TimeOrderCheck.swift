internal import TranscriptModel

/// Finds times that go back, and rows outside of what was sent.
struct TimeOrderCheck {
  /// Models round to whole seconds.
  private static let grace = 1000

  private let input: ValidationInput

  init(_ input: ValidationInput) { self.input = input }

  var findings: [Finding] { reversedStarts + reversedEnds + outside }

  private var reversedStarts: [Finding] {
    var findings: [Finding] = []
    var previous: Int?
    for (position, segment) in input.segments.enumerated() {
      guard let start = segment.start else { continue }
      if let previous, let before = input.segments[previous].start, start < before {
        let message =
          "\(input.name(position).capitalizedFirst) starts before \(input.name(previous)), "
          + "which stands above it."
        findings.append(Finding(.timeReversed, message, rows: [input.row(position)]))
      }
      previous = position
    }
    return findings
  }

  private var reversedEnds: [Finding] {
    input.segments.enumerated().compactMap { position, segment in
      guard let start = segment.start, let end = segment.end, end < start else { return nil }
      let message =
        "\(input.name(position).capitalizedFirst) ends at \(end.renderedExactly), before it starts."
      return Finding(.timeReversed, message, rows: [input.row(position)])
    }
  }

  private var outside: [Finding] {
    guard let stretch = input.stretch else { return [] }
    let first = stretch.start.milliseconds - Self.grace
    let last = stretch.end.milliseconds + Self.grace
    let positions = input.segments.indices.filter { position in
      guard let start = input.segments[position].start?.milliseconds else { return false }
      return start < first || start > last
    }
    let place = "\(stretch.start.rendered) to \(stretch.end.rendered)"
    return positions.stretches.map { rows in
      let others = rows.count > 1 ? " and the \(rows.count - 1) after it" : ""
      let message =
        "\(input.name(rows.lowerBound).capitalizedFirst)\(others) lie outside of what was sent, \(place)."
      return Finding(.timeOutsideClip, message, rows: input.rows(rows))
    }
  }
}
