internal import TranscriptModel

/// Finds rows that stand twice, outside of loops: same start, same voice, same text.
struct RepeatedRowCheck {
  /// Fewer words are said twice within a second by people, too: “Yes. Yes.”
  private static let fewestWords = 3

  private let input: ValidationInput
  private let loops: LoopCheck

  init(_ input: ValidationInput, loops: LoopCheck) {
    self.input = input
    self.loops = loops
  }

  var findings: [Finding] {
    var findings: [Finding] = []
    var rest = loops.loops[...]
    for (row, earlier) in loops.copies {
      while let loop = rest.first, loop.rows.upperBound < row { rest.removeFirst() }
      let (segment, copied) = (input.segments[row], input.segments[earlier])
      guard rest.first?.rows.contains(row) != true,
        input.profiles[row].words >= Self.fewestWords,
        let start = segment.start, start == copied.start, segment.voice == copied.voice
      else { continue }
      findings.append(finding(row, earlier))
    }
    return findings
  }

  private func finding(_ row: Int, _ first: Int) -> Finding {
    let message =
      "\(input.name(row).capitalizedFirst) says the same as \(input.name(first)), by the same voice: "
      + "\(input.quote(row))."
    return Finding(.repeatedRow, message, rows: [input.row(row)])
  }
}
