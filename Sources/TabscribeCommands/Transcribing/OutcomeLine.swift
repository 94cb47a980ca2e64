internal import CommandLineInterface
internal import Transcribing
internal import TranscriptModel

/// Says how one source ended.
struct OutcomeLine {
  /// Findings of the gravest kind that are said at once; the report has all.
  private static let findingLimit = 5

  let context: CommandContext

  /// Says it above the line of progress.
  func show(_ outcome: ItemOutcome, of name: String, earlierRun: String? = nil) {
    let status = context.status
    switch outcome {
    case .finished(let document, let files):
      let shown = files.map { SafeText.line(FilePath.shown($0, from: context.workingFolder)) }
      let summary = ResultSummary(document: document, files: shown, earlierRun: earlierRun)
      status.message(summary.line(status.style))
      guard earlierRun == nil else { return }
      let severe = document.findings.filter { $0.severity == .error }
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
