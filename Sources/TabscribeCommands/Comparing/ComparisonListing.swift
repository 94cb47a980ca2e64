internal import CommandLineInterface
internal import PlainText
internal import PromptLab
internal import PromptTemplates
internal import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// What differs between two transcripts, for a person.
struct ComparisonListing {
  let report: ComparisonReport
  let context: CommandContext

  func show() {
    let names = (report.first.spelling, report.second.spelling)
    context.print(context.style.bold("\(SafeText.line(names.0)) and \(SafeText.line(names.1))"))
    showFacts("", report.facts)
    if !report.settings.isEmpty { showFacts("Settings", report.settings) }
    if let prompt = report.prompt {
      context.print("")
      context.print("Prompt")
      for line in DifferenceText.lines(prompt, style: context.style) { context.print("  " + line) }
    }
    showVoices()
    context.print("")
    // A voice with another label is told once, above, not at each of its rows.
    for row in report.comparison.rows where !row.changes.subtracting([.name]).isEmpty { show(row) }
    context.print(summary)
  }

  private func showFacts(_ title: String, _ facts: [ComparisonReport.Fact]) {
    var table = TextTable([
      .words(title), .numbers(SafeText.line(report.first.spelling)),
      .numbers(SafeText.line(report.second.spelling)),
    ])
    for fact in facts {
      table.add([SafeText.line(fact.name), SafeText.line(fact.first), SafeText.line(fact.second)])
    }
    context.print("")
    context.print(table)
  }

  private func showVoices() {
    guard !report.renamed.isEmpty else { return }
    context.print("")
    for voice in report.renamed {
      let before = voice.firstLabel.map { SafeText.line($0) } ?? "nobody"
      let after = voice.secondLabel.map { SafeText.line($0) } ?? "nobody"
      context.print("Speaker: \(context.style.red(before)) → \(context.style.green(after))")
    }
  }

  private func show(_ row: TranscriptComparison.Row) {
    let sides = report.sides(row)
    let time = (sides.left?.start ?? sides.right?.start)?.rendered ?? "?"
    let kinds = PairedRow.words(row.changes).joined(separator: ", ")
    context.print("\(time)  \(context.style.dim(kinds))")
    if let left = sides.left, let right = sides.right {
      if row.changes.contains(.speaker) {
        context.print("  \(mark(left.speaker, .removed)) \(mark(right.speaker, .added))")
      }
      if row.changes.contains(.time) {
        let times = [left, right].map { $0.start?.renderedExactly ?? "?" }
        context.print("  \(mark(times[0], .removed)) \(mark(times[1], .added))")
      }
      let text = WordDifference(left.text, right.text).stretches.map { mark($0.text, $0.change) }
      context.print("  " + text.joined())
    } else if let side = sides.left ?? sides.right {
      let change: WordDifference.Change = sides.left == nil ? .added : .removed
      context.print("  \(SafeText.line(side.speaker)): \(mark(side.text, change))")
    }
  }

  /// Signs mark what was removed and added, so that colour only helps.
  private func mark(_ text: String, _ change: WordDifference.Change) -> String {
    let text = SafeText.line(text)
    return switch change {
    case .same: text
    case .removed: context.style.red("[-\(text)-]")
    case .added: context.style.green("{+\(text)+}")
    }
  }

  private var summary: String {
    let counts = TranscriptComparison.Change.allCases.compactMap { change -> String? in
      let count = report.comparison.count(change)
      return count > 0 ? "\(NumberText.grouped(count)) \(PairedRow.word(change))" : nil
    }
    guard !counts.isEmpty else { return "Both say the same." }
    let changed = report.comparison.rows.count { !$0.changes.isEmpty }
    let all = NumberText.grouped(report.comparison.rows.count)
    return "\(NumberText.grouped(changed)) of \(all) rows differ: " + counts.joined(separator: ", ")
  }
}
