package import Transcribing
package import TranscriptModel

/// How work ended.
package struct WorkOutcome {
  /// The source, as the user may see it.
  package let source: String
  package let outcome: ItemOutcome
  /// The run that did it before, when nothing had to be sent.
  package var earlierRun: String?
  /// What was written of its result now, where that was not in place.
  package var written: [String] = []

  /// An outcome.
  package init(
    source: String,
    outcome: ItemOutcome,
    earlierRun: String? = nil,
    written: [String] = []
  ) {
    (self.source, self.outcome, self.earlierRun) = (source, outcome, earlierRun)
    self.written = written
  }

  /// How a source ended about which nothing could be asked.
  package init(_ refused: RefusedSource) {
    self.init(source: refused.source, outcome: .failed(refused))
  }

  /// The result, read from the store; `nil` when there is none.
  package var document: TranscriptDocument? {
    get throws {
      if case .finished(let item, _) = outcome { try item.document() } else { nil }
    }
  }

  /// Whether there is a result, complete or not.
  package var hasResult: Bool {
    if case .finished = outcome { true } else { false }
  }

  /// Whether there is a result of which something is missing.
  package var isPartial: Bool {
    if case .finished(let item, _) = outcome { !item.outline.isComplete } else { false }
  }

  /// Whether there is a result of which nothing is missing.
  package var isDone: Bool {
    if case .finished(let item, _) = outcome { item.outline.isComplete } else { false }
  }
}

/// How a run ended: what succeeded, what is partial, what failed and why.
package struct RunEnding {
  /// How what was sent went; `nil` when nothing had to be.
  package var report: RunReport?
  /// How each source ended.
  package var outcomes: [WorkOutcome]

  /// An ending.
  package init(report: RunReport? = nil, outcomes: [WorkOutcome]) {
    (self.report, self.outcomes) = (report, outcomes)
  }
}

/// Hears how the work of a run goes, for whoever waits for it.
package protocol RunListener: Sendable {
  /// Work was done before.
  func hear(_ outcome: WorkOutcome, of name: String)
  /// Work came to its end.
  func hear(_ outcome: ItemOutcome, of name: String)
  /// Work is about to be sent.
  ///
  /// - Parameters:
  ///   - work: What is sent.
  ///   - run: The run that has begun, with what is expected of it.
  /// - Returns: Gets each event.
  func watch(_ work: [NamedWork], _ run: TranscriptionRun) -> RunObserver
}
