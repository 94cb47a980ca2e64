internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// Says how one source ended.
struct OutcomeLine {
  /// Findings of the gravest kind that are said at once; the report has all.
  private static let findingLimit = 5

  let context: CommandContext

  /// Says that work was done before, and what was written of it now.
  func show(_ outcome: WorkOutcome, of name: String) {
    guard let run = outcome.earlierRun, case .finished(let item, _) = outcome.outcome else {
      return show(outcome.outcome, of: name)
    }
    var summary = ResultSummary(outline: item.outline, files: shown(outcome.written))
    summary.earlierRun = run
    context.status.message(summary.line(context.status.style))
  }

  private func shown(_ paths: [String]) -> [String] {
    paths.map { SafeText.line(FilePath.shown($0, from: context.workingFolder)) }
  }

  /// Says it above the line of progress.
  func show(_ outcome: ItemOutcome, of name: String) {
    let status = context.status
    switch outcome {
    case .finished(let item, let files):
      // What stays in the store has a name all the same.
      let summary = ResultSummary(
        outline: item.outline,
        files: files.isEmpty ? [name] : shown(files)
      )
      status.message(summary.line(status.style))
      let severe = item.outline.findings.filter { $0.severity == .error }
      for finding in severe.prefix(Self.findingLimit) {
        status.warning(SafeText.line(finding.message))
      }
    case .failed(let error):
      guard !Task.isCancelled else { return }
      status.failure(ErrorExplanation.commandError(error), about: name)
    case .left: break
    }
  }
}
