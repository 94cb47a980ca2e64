internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// How many corrections of another run fared how.
struct CarriedCounts {
  private let counts: [(outcome: CarriedCorrection.Outcome, count: Int)]

  /// `nil` when none came from another run.
  init?(_ corrections: [JSONValue]) {
    let outcomes = corrections.compactMap { CarriedCorrection($0)?.outcome }
    guard !outcomes.isEmpty else { return nil }
    counts = CarriedCorrection.Outcome.allCases.map { one in (one, outcomes.count { $0 == one }) }
  }

  /// `3 corrections carried over: 2 kept, 1 conflict`.
  var text: String {
    let all = counts.reduce(0) { $0 + $1.count }
    let parts = counts.filter { $0.count > 0 }.map { outcome, count in
      let name = outcome == .conflict && count > 1 ? "conflicts" : outcome.rawValue
      return "\(NumberText.grouped(count)) \(name)"
    }
    let words = NumberText.counted(all, "correction")
    return "\(words) carried over: " + parts.joined(separator: ", ")
  }

  var json: JSONValue {
    .object(JSONObject(counts.map { ($0.outcome.rawValue, .init($0.count)) }))
  }

  /// Whether a person has to look.
  var hasConflicts: Bool { counts.contains { $0.outcome == .conflict && $0.count > 0 } }
}
