internal import Transcribing

/// How work ended.
struct WorkOutcome {
  let work: NamedWork
  let outcome: ItemOutcome
  /// The run that did it before, when nothing had to be sent.
  var earlierRun: String?
  /// What was written of its result now, where that was not in place.
  var written: [String] = []
}
