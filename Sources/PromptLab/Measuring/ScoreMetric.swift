package import TranscriptScoring

/// What `score` can measure against a reference.
package enum ScoreMetric: String, CaseIterable, Sendable {
  case wer
  case cer
  case cpwer
  case tcpwer
  case orcwer
  case der
  case names
  case timing

  /// Why it cannot be measured, as a sentence without a full stop; `nil` when it can.
  package func obstacle(_ reference: SpokenRecord, _ hypothesis: SpokenRecord) -> String? {
    let both = [reference, hypothesis]
    // An empty transcript lacks nothing: its results are defined.
    let filled = both.filter { !$0.utterances.isEmpty }
    switch self {
    case .wer, .cer:
      return filled.allSatisfy(\.hasText) ? nil : "\(rawValue) needs words on both sides"
    case .cpwer, .names, .orcwer:
      return filled.allSatisfy { $0.hasText && $0.hasSpeakers }
        ? nil : "\(rawValue) needs words and speakers on both sides"
    case .tcpwer:
      return filled.allSatisfy { $0.hasText && $0.hasSpeakers && $0.hasTimes }
        ? nil : "tcpwer needs words, speakers, starts and ends on both sides"
    case .der:
      return filled.allSatisfy { $0.hasSpeakers && $0.hasTimes }
        ? nil : "der needs speakers, starts and ends on both sides"
    case .timing:
      return both.allSatisfy { record in
        record.hasText && record.utterances.contains { $0.start != nil }
      } ? nil : "timing needs words and starts on both sides"
    }
  }
}
