internal import Transcribing

/// How work ended.
struct WorkOutcome {
  /// The source, as the user may see it.
  let source: String
  let outcome: ItemOutcome
  /// The run that did it before, when nothing had to be sent.
  var earlierRun: String?
  /// What was written of its result now, where that was not in place.
  var written: [String] = []
}
