internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A batch for people and for machines: how its last round stands.
struct BatchDescription {
  let batch: BatchRun
  /// Where its record is.
  let file: String
  let now: Date

  private var last: StoredBatch? { batch.last }

  /// The model that is asked.
  var model: String { last?.batch.model ?? batch.run.items.first?.item.model ?? "" }

  private var standing: BatchState { BatchState(batch, now: now) }

  /// How it stands, in a few words.
  var state: String { standing.words }

  /// Whether the service has had its day.
  var isOverdue: Bool { standing.isOverdue }

  /// Whether nothing more will come of it.
  var isFinal: Bool { last?.isFinal == true }

  /// When answers are due, in UTC.
  var deadline: String? { last?.deadline.map(MomentText.exact) }

  var requests: String {
    let count = last?.requestCount ?? 0
    return NumberText.counted(count, "request")
  }

  /// The price as a batch beside the price online.
  var money: String {
    guard let cost = last?.batch.onlineCost, let batch = last?.batch.batchCost else {
      return "the cost is not known"
    }
    return "\(Self.text(batch)) USD (\(Self.text(cost)) online)"
  }

  private static func text(_ range: MoneyRange) -> String {
    MoneyText.range(range.low, range.high)
  }

  var json: JSONValue {
    var object: JSONObject = [
      "id": .string(batch.id), "model": .string(model), "state": .string(state),
      "requests": JSONValue(last?.requestCount ?? 0),
      "answered": JSONValue(last?.answeredCount ?? 0), "file": .string(file),
      "overdue": .bool(isOverdue),
    ]
    if let round = last?.round, round > 1 { object["round"] = JSONValue(round) }
    object["batch"] = last?.name.map { .string($0) }
    object["retryOf"] = last?.batch.retryOf.map { .string($0) }
    object["failure"] = last?.failure.map { .string($0) }
    object["deadline"] = deadline.map { .string($0) }
    object["costUSD"] = last?.batch.onlineCost.map { online in
      var costs: JSONObject = ["online": .number(online.expected)]
      costs["batch"] = (last?.batch.batchCost).map { .number($0.expected) }
      return .object(costs)
    }
    return .object(object)
  }
}

extension BatchSession {
  /// A batch as it is shown.
  func description(of batch: BatchRun) -> BatchDescription {
    BatchDescription(batch: batch, file: desk.recordPath(of: batch.id), now: context.now())
  }
}
