public import OrderedJSON
public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What was expected against what was billed.
public struct Reconciliation: Sendable {
  /// One kind of tokens, expected and billed.
  public struct Comparison: Hashable, Sendable {
    /// `video`, `audio`, `text`, `input`, `cached`, `output` or `thinking`.
    public let kind: String
    /// Tokens expected.
    public let expected: Int
    /// Tokens billed.
    public let billed: Int
  }

  /// One finished request.
  public struct Line: Sendable {
    /// The request's place in the plan, from 1.
    public let order: Int
    /// The tokens by kind; those that the service did not list are left out.
    public let tokens: [Comparison]
    /// The cost expected; `nil` when not known.
    public let expectedCost: Decimal?
    /// The cost billed; `nil` when the price is not known.
    public let billedCost: Decimal?
    /// Whether a cache hit was expected.
    public let expectedHit: Bool
    /// Whether any of the prompt came from a cache.
    public let achievedHit: Bool
    /// Why the figures differ, in sentences; empty when they do not.
    public let reasons: [String]
  }

  /// The finished requests, in the order of the plan.
  public let lines: [Line]
  /// What a reader should know: knobs without effect, missed caches, estimates far off.
  public let findings: [Finding]

  /// The tokens of all finished requests by kind, in the order of ``Comparison/kind``.
  public var tokens: [Comparison] {
    var totals: [Comparison] = []
    for comparison in lines.flatMap(\.tokens) {
      let sum = totals.first { $0.kind == comparison.kind }
      let total = Comparison(
        kind: comparison.kind,
        expected: comparison.expected + (sum?.expected ?? 0),
        billed: comparison.billed + (sum?.billed ?? 0)
      )
      if let position = totals.firstIndex(where: { $0.kind == comparison.kind }) {
        totals[position] = total
      } else {
        totals.append(total)
      }
    }
    return Self.order.compactMap { kind in totals.first { $0.kind == kind } }
  }

  private static let order = ["video", "audio", "text", "input", "cached", "output", "thinking"]

  /// Cache hits that were expected of the finished requests.
  public var expectedHits: Int { lines.count { $0.expectedHit } }
  /// Requests of which part came from a cache.
  public var achievedHits: Int { lines.count { $0.achievedHit } }
  /// The cost expected of the finished requests; `nil` when that of one is not known.
  public var expectedCost: Decimal? { Self.sum(lines.map(\.expectedCost)) }
  /// The cost billed; `nil` when that of one is not known.
  public var billedCost: Decimal? { Self.sum(lines.map(\.billedCost)) }

  /// Compares a plan with how its requests ended; requests that never ended are left out.
  public init(plan: Plan, outcomes: [RequestOutcome]) {
    var lines: [Line] = []
    var findings: [Finding] = []
    for outcome in outcomes.sorted(by: { $0.order < $1.order })
    where plan.entries.indices.contains(outcome.order - 1) {
      let entry = plan.entries[outcome.order - 1]
      let comparison = OutcomeComparison(entry: entry, outcome: outcome)
      let own = comparison.findings
      lines.append(
        comparison.line(
          billedCost: outcome.cost ?? entry.quote.cost(of: outcome.usage)?.total,
          reasons: own.map(\.message)
        )
      )
      findings += own
    }
    self.lines = lines
    self.findings = findings
  }

  private static func sum(_ amounts: [Decimal?]) -> Decimal? {
    var sum = Decimal(0)
    for amount in amounts {
      guard let amount else { return nil }
      sum += amount
    }
    return sum
  }

  /// The comparison as a document.
  public var json: JSONValue {
    let lines = lines.map { line -> JSONValue in
      [
        "order": JSONValue(line.order),
        "tokens": Self.json(of: line.tokens),
        "costUSD": Self.costs(line.expectedCost, line.billedCost),
        "cacheHit": [
          "predicted": JSONValue(line.expectedHit), "achieved": JSONValue(line.achievedHit),
        ],
        "reasons": .array(line.reasons.map { .string($0) }),
      ]
    }
    return [
      "requests": .array(lines),
      "tokens": Self.json(of: tokens),
      "cacheHits": ["predicted": JSONValue(expectedHits), "achieved": JSONValue(achievedHits)],
      "costUSD": Self.costs(expectedCost, billedCost),
    ]
  }

  private static func json(of tokens: [Comparison]) -> JSONValue {
    .object(
      JSONObject(
        tokens.map { kind in
          (
            kind.kind,
            ["estimated": JSONValue(kind.expected), "billed": JSONValue(kind.billed)] as JSONValue
          )
        }
      )
    )
  }

  private static func costs(_ expected: Decimal?, _ billed: Decimal?) -> JSONValue {
    [
      "estimated": expected.map { .number($0) } ?? nil,
      "billed": billed.map { .number($0) } ?? nil,
    ]
  }
}
