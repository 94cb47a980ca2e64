public import OrderedJSON
internal import TranscriptModel

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

extension Plan {
  /// The plan as the stable document of `plan --json`; what is not known is `null`.
  ///
  /// Members may be added; those that are there keep their names and meaning.
  public var json: JSONValue {
    [
      "requests": .array(entries.map(\.json)),
      "total": total.json,
      "explicitCache": .array(explicitCaches.map(\.json)),
      "notices": .array(notices.map { .string($0) }),
    ]
  }
}

extension Plan.Entry {
  fileprivate var json: JSONValue {
    [
      "order": JSONValue(order),
      "source": .string(request.source.name),
      "prompt": .string(request.prompt.name),
      "model": .string(model),
      "clip": clip,
      "prefix": .string(prefix),
      "group": JSONValue(group),
      "warmUp": JSONValue(isWarmUp),
      "secondPass": JSONValue(request.isSecondPass),
      "estimate": estimate,
      "why": .string(reason.words),
    ]
  }

  private var clip: JSONValue {
    guard let range = request.source.range else { return nil }
    return [
      "startMS": JSONValue(range.start.milliseconds),
      "endMS": JSONValue(range.end.milliseconds),
    ]
  }

  private var estimate: JSONValue {
    guard let tokens else { return nil }
    return [
      "videoTokens": JSONValue(tokens.video),
      "audioTokens": JSONValue(tokens.audio),
      "textTokens": JSONValue(tokens.text),
      "textIsCounted": JSONValue(tokens.textIsCounted),
      "inputTokens": JSONValue(tokens.input),
      "cachedTokens": JSONValue(cachedTokens),
      "outputTokens": tokens.output.json,
      "thinkingTokens": tokens.thinking.json,
      "costUSD": [
        "uncached": cost.json(\.uncached),
        "cached": cost.json(\.cached),
      ],
      "rate": .string(tokens.rateNote),
      "outputBasis": .string(tokens.outputNote),
      "limits": share.map { share in
        [
          "inputShare": share.input.rounded4, "outputShare": share.output.rounded4,
          "problem": share.problem.map { .string($0) } ?? nil,
        ]
      } ?? nil,
    ]
  }
}

extension Plan.Total {
  var json: JSONValue {
    [
      "requests": JSONValue(requests),
      "inputTokens": JSONValue(inputTokens),
      "cachedTokens": JSONValue(cachedTokens),
      "outputTokens": outputTokens.json,
      "cacheHits": JSONValue(expectedHits),
      "costUSD": [
        "uncached": cost.json(\.uncached),
        "cached": cost.json(\.cached),
        "batch": cost?.batch.map { .number($0.expected) } ?? nil,
        "cachedRange": cost.map { $0.cached.json } ?? nil,
        "batchRange": cost?.batch.map(\.json) ?? nil,
      ],
      "fillingGaps": fillingGaps.map(\.json) ?? nil,
      "sharpening": sharpening.map(\.json) ?? nil,
    ]
  }
}

extension Plan.Most {
  fileprivate var json: JSONValue {
    ["mostRequests": JSONValue(requests), "mostUSD": cost.map { .number($0) } ?? nil]
  }
}

extension ExplicitCacheDecision {
  fileprivate var json: JSONValue {
    [
      "group": JSONValue(group),
      "prefix": .string(prefix),
      "tokens": JSONValue(tokens),
      "requests": JSONValue(requests),
      "hours": .number(hours),
      "costUSD": [
        "explicit": costWithCache.map { .number($0) } ?? nil,
        "planned": .number(costWithout),
        "uncached": .number(costUncached),
      ],
      "breakEven": [
        "requests": breakEvenRequests.map { JSONValue($0) } ?? nil,
        "hours": breakEvenHours.map { .number($0.rounded(places: 2)) } ?? nil,
      ],
      "advised": JSONValue(isAdvised),
      "why": .string(why),
    ]
  }
}

extension CostRange {
  fileprivate var json: JSONValue { ["low": .number(low), "high": .number(high)] }
}

extension TokenRange {
  var json: JSONValue {
    ["low": JSONValue(low), "expected": JSONValue(expected), "high": JSONValue(high)]
  }
}

extension JSONValue {
  /// An amount with all its digits.
  package static func number(_ amount: Decimal) -> JSONValue {
    .number(JSONNumber(validated: amount.description))
  }
}

extension CostEstimate? {
  fileprivate func json(_ part: (CostEstimate) -> CostRange) -> JSONValue {
    map { .number(part($0).expected) } ?? nil
  }
}

extension Double {
  fileprivate var rounded4: JSONValue { JSONValue((self * 10_000).rounded() / 10_000) }
}
