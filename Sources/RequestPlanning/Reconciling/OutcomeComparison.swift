internal import PlainText
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// One planned request beside how it ended.
struct OutcomeComparison {
  /// The part by which a prompt may miss its estimate without a finding; published rates of
  /// generation 3 are upper bounds, 6 % above what is billed.
  static let tolerance = 0.15

  let entry: Plan.Entry
  let outcome: RequestOutcome

  private var usage: Usage { outcome.usage }

  /// The figures side by side.
  func line(billedCost: Decimal?, reasons: [String]) -> Reconciliation.Line {
    Reconciliation.Line(
      order: entry.order,
      tokens: comparisons,
      expectedCost: entry.cost?.cached.expected,
      billedCost: billedCost,
      expectedHit: entry.expectsHit,
      achievedHit: usage.cachedTokens > 0,
      reasons: reasons
    )
  }

  private var comparisons: [Reconciliation.Comparison] {
    guard let tokens = entry.tokens else { return [] }
    let byModality = [
      ("video", tokens.video, usage.promptTokens(of: "VIDEO")),
      ("audio", tokens.audio, usage.promptTokens(of: "AUDIO")),
      ("text", tokens.text, usage.promptTokens(of: "TEXT")),
    ].compactMap { kind, expected, billed in
      billed.map { Reconciliation.Comparison(kind: kind, expected: expected, billed: $0) }
    }
    return byModality + [
      .init(kind: "input", expected: tokens.input, billed: usage.promptTokens),
      .init(kind: "cached", expected: entry.cachedTokens, billed: usage.cachedTokens),
      .init(kind: "output", expected: tokens.output.expected, billed: usage.outputTokens),
      .init(kind: "thinking", expected: tokens.thinking.expected, billed: usage.thoughtsTokens),
    ]
  }

  /// What a reader should know about the difference.
  var findings: [Finding] {
    let knobs = KnobCheck(entry: entry, usage: usage)?.problems ?? []
    let ignored = knobs.map { finding("knob-ignored", $0) }
    return ignored + missedCache + (ignored.isEmpty ? wrongInput : []) + wrongOutput
  }

  private var missedCache: [Finding] {
    guard entry.expectsHit, usage.cachedTokens == 0 else { return [] }
    let expected = entry.cachedTokens
    return [
      finding(
        "cache-miss-unexpected",
        "\(expected) tokens were expected from a cache and none came; they were billed in full. "
          + "Caches that fill by themselves are no promise, and empty after some minutes."
      )
    ]
  }

  private var wrongInput: [Finding] {
    guard let tokens = entry.tokens, tokens.input > 0, usage.promptTokens > 0 else { return [] }
    let ratio = Double(usage.promptTokens) / Double(tokens.input)
    guard abs(ratio - 1) > Self.tolerance else { return [] }
    let worst = comparisons.prefix { $0.kind != "input" }
      .max { abs($0.billed - $0.expected) < abs($1.billed - $1.expected) }
    let place =
      worst.map { ", most of it \($0.kind): \($0.expected) estimated, \($0.billed) billed" } ?? ""
    return [
      finding(
        "estimate-off",
        "the prompt was billed at \(usage.promptTokens) tokens, \(NumberText.percent(ratio)) of the estimate"
          + place + "."
      )
    ]
  }

  private var wrongOutput: [Finding] {
    guard outcome.isComplete, let range = entry.tokens?.billedOutput else { return [] }
    let billed = usage.outputTokens + usage.thoughtsTokens
    guard billed > range.high || billed < range.low else { return [] }
    return [
      finding(
        "estimate-off",
        "reply and thinking were billed at \(billed) tokens, outside the estimate of \(range.low) to "
          + "\(range.high)."
      )
    ]
  }

  private func finding(_ code: Finding.Code, _ sentence: String) -> Finding {
    let request = entry.request
    let place = "Request \(entry.order) (\(request.source.name), \(request.prompt.name))"
    return Finding(code, "\(place): \(sentence)")
  }
}
