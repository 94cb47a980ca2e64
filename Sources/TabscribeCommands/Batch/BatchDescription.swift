internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import Transcribing

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A batch for people and for machines.
struct BatchDescription {
  let record: BatchRecord
  /// Where its record is.
  let file: String
  /// The moment, in seconds since 1970.
  let now: Int

  /// How it stands, in a few words.
  var state: String {
    switch record.stage {
    case .noted, .sending, .creating: return "not submitted"
    case .fetched:
      let missing = record.missing.count
      return missing == 0 ? "fetched" : "fetched, \(missing) without an answer"
    case .submitted:
      let prefix = "BATCH_STATE_"
      let name = record.state?.rawValue ?? "submitted"
      let word = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
      return word.lowercased().map { $0 == "_" ? " " : String($0) }.joined()
        + (isOverdue ? ", overdue" : "")
    }
  }

  /// Whether the service has had its day.
  var isOverdue: Bool { !record.isFinal && record.deadline.map { $0 < now } ?? false }

  /// When answers are due, in UTC.
  var deadline: String? { record.deadline.map(Self.moment) }

  var requests: String {
    record.items.count == 1 ? "1 request" : "\(NumberText.grouped(record.items.count)) requests"
  }

  /// The price as a batch beside the price online.
  var money: String {
    guard let cost = record.cost, let batch = cost.batch else { return "the cost is not known" }
    return "\(PlanListing.money(batch)) USD (\(PlanListing.money(cost.cached)) online)"
  }

  var json: JSONValue {
    var object: JSONObject = [
      "id": .string(record.id), "model": .string(record.model), "state": .string(state),
      "requests": JSONValue(record.items.count),
      "answered": JSONValue(record.items.count { $0.outcome == .answered }),
      "file": .string(file), "overdue": .bool(isOverdue),
    ]
    object["batch"] = record.name.map { .string($0) }
    object["retryOf"] = record.retryOf.map { .string($0) }
    object["failure"] = record.failure.map { .string($0) }
    object["deadline"] = deadline.map { .string($0) }
    object["costUSD"] = record.cost.map { cost in
      var costs: JSONObject = ["online": .number(cost.cached.expected)]
      costs["batch"] = cost.batch.map { .number($0.expected) }
      return .object(costs)
    }
    return .object(object)
  }

  /// A moment as RFC 3339 in UTC.
  private static func moment(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}

extension BatchSession {
  /// A record as it is shown.
  func description(of record: BatchRecord) -> BatchDescription {
    BatchDescription(record: record, file: store.path(of: record.id), now: now)
  }
}
