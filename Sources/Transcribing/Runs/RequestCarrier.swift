internal import GeminiAPI
internal import HostSystem
public import RequestPlanning
internal import TranscriptModel

/// How the requests of a run travel.
public enum RequestCarrier: Hashable, Sendable {
  /// Each by itself, answered while one waits.
  case online
  /// Together in a batch, answered within a day at half the price: a run gets as far as its answers
  /// allow and says what it has to ask next.
  ///
  /// Requests that a batch has failed to answer are asked again only when that is wanted.
  case batch(retriesFailures: Bool)

  /// Whether it is a batch.
  public var isBatch: Bool { self != .online }
}

extension CostEstimate {
  /// The money to expect by a carrier; `nil` when that is not offered.
  func money(by carrier: RequestCarrier) -> CostRange? { carrier.isBatch ? batch : cached }
}

/// A request that a run has to ask by a batch.
public struct BatchOrder: Sendable {
  /// The store's number of the item that it is for.
  let item: Int64
  let prepared: PreparedTranscription
  let order: RequestOrder
  /// What it is expected to cost; `nil` when that is not known.
  let cost: CostEstimate?
}

/// Takes down what a run has to ask by a batch.
final class BatchOrders: Sendable {
  private let orders = Lock<[BatchOrder]>([])
  let retriesFailures: Bool

  /// `nil` where requests are sent by themselves.
  init?(_ carrier: RequestCarrier) {
    guard case .batch(let retriesFailures) = carrier else { return nil }
    self.retriesFailures = retriesFailures
  }

  /// Takes a request down, unless the budget or an earlier failure forbids it.
  ///
  /// - Throws: `GeminiError`.
  func add(_ order: RequestOrder, of job: RunJob, cost: CostEstimate?, _ budget: RunBudget) throws {
    if !retriesFailures, let failure = job.earlier.failure(to: order) {
      throw GeminiError(.unavailable, failure, remedy: "ask again what the batch left unanswered")
    }
    try budget.commit(cost?.batch?.expected)
    let taken = BatchOrder(item: job.item, prepared: job.prepared, order: order, cost: cost)
    orders.withLock { $0.append(taken) }
  }

  /// What was taken down, in the order of items and of the stretches they are about.
  var all: [BatchOrder] {
    orders.withLock { $0 }.sorted { ($0.item, $0.start) < ($1.item, $1.start) }
  }
}

extension [BatchOrder] {
  /// The work of the items that they are for, by the number of the item.
  public var work: [Int64: PreparedTranscription] {
    Dictionary(map { ($0.item, $0.prepared) }) { first, _ in first }
  }

  /// What all of them are expected to cost; `nil` when that is not known of one.
  public var cost: CostEstimate? {
    reduce(CostEstimate.zero) { sum, order in
      sum.flatMap { sum in order.cost.map { sum + $0 } }
    }
  }
}

extension BatchOrder {
  fileprivate var start: Int { order.range?.start.milliseconds ?? 0 }
}

/// A clip waits for an answer that a batch will bring.
struct AwaitsAnswer: Error {}
