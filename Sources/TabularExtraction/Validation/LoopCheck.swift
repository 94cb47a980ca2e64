internal import TranscriptModel

/// Finds where the reply repeats itself.
struct LoopCheck {
  let loops: [LoopDetector.Loop]
  /// The rows whose text stands in a row before, each with the last such row.
  let copies: [(row: Int, earlier: Int)]
  private let input: ValidationInput

  init(_ input: ValidationInput) {
    self.input = input
    var detector = LoopDetector()
    var copies: [(row: Int, earlier: Int)] = []
    for (position, segment) in input.segments.enumerated() {
      var text = segment.text
      text.withUTF8 {
        _ = detector.append($0, input.profiles[position], start: segment.start)
      }
      if let earlier = detector.earlierCopy { copies.append((position, earlier)) }
    }
    loops = detector.loops
    self.copies = copies
  }

  var findings: [Finding] {
    loops.map { Finding(.looped, sentence($0), rows: input.rows($0.rows)) }
  }

  private func sentence(_ loop: LoopDetector.Loop) -> String {
    let first = input.name(loop.rows.lowerBound).capitalizedFirst
    let quote = input.quote(loop.rows.lowerBound)
    let missing = "what was said instead is missing"
    return switch (loop.kind, loop.period) {
    case (.withinRow, _): "\(first) repeats itself without end: \(quote); \(missing)."
    case (.similarText, _):
      "\(first) and \(loop.rows.count - 1) after it say nearly the same: \(quote); \(missing)."
    case (_, 1):
      "\(first) and \(loop.rows.count - 1) after it repeat the row before: \(quote); \(missing)."
    default:
      "From \(input.name(loop.rows.lowerBound)) on, \(loop.rows.count) rows repeat the "
        + "\(loop.period) before them, \(quote) first; \(missing)."
    }
  }
}
