internal import GeminiAPI
internal import HostSystem
internal import RequestPlanning
public import RunStore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a worker holds of a run that several carry out.
///
/// Before a request is sent the store is asked whether the part is still held, and whether the limit of the run
/// allows it, over all workers.
public struct RunShare: Sendable {
  /// How often one asks again whether others have left room below the limit: requests take seconds.
  private static let pause = Duration.milliseconds(200)

  /// The part.
  public let part: HeldPart
  private let store: RunStore
  private let gate: RequestGate
  /// Whether the place that the part was taken for waits for its first request.
  private let hasPlace = Lock(true)

  /// A part that was taken when there was a place for a request of it, which is its own until then.
  public init(_ part: HeldPart, in store: RunStore, placeIn gate: RequestGate) {
    (self.part, self.store, self.gate) = (part, store, gate)
  }

  /// Gives the place back if no request has used it.
  public func close() { if takePlace() { gate.leave() } }

  /// Waits until one more request may be under way in this worker.
  func enter() async throws { if !takePlace() { try await gate.enter() } }

  func leave() { gate.leave() }

  private func takePlace() -> Bool {
    hasPlace.withLock { place in
      defer { place = false }
      return place
    }
  }

  /// Notes that a request is about to be sent and returns its number, when it may be.
  ///
  /// - Throws: ``LostPart``; `GeminiError` with the code `costLimit`; `RunStoreError`; `CancellationError`.
  func begin(_ request: NewRequest, of item: Int64, cost: CostRange?) async throws -> Int64 {
    while true {
      let admission = try store.begin(request, of: item, in: part) { limit, spending in
        RunBudget.judgement(on: cost, spending, limit: limit)
      }
      switch admission {
      case .begun(let number): return number
      case .later: try await Task.sleep(for: Self.pause)
      case .refused(let why): throw RunBudget.error(why)
      case nil: throw LostPart()
      }
    }
  }

  /// Makes sure that an answer which the service has interrupted may be taken up, as
  /// `RunBudget.checkGoingOn` does.
  func checkGoingOn(_ request: Int64, running: Decimal) throws {
    let refusal = try store.raise(request, to: running * 2, in: part) { limit, spending in
      let cost = CostLimit(dollars: limit)
      guard case .refuse(let why) = cost.verdict(spent: spending.sum, next: 0) else {
        return .proceed
      }
      return .refuse(why)
    }
    if let refusal { throw RunBudget.error(refusal) }
  }

  /// Counts what has a price and no bill, unless the limit forbids it.
  func charge(_ cost: Decimal) -> Bool {
    let isCounted = try? store.charge(cost, to: part) { limit, spending in
      switch CostLimit(dollars: limit).verdict(spent: spending.sum, next: cost) {
      case .proceed: .proceed
      case .refuse(let why): .refuse(why)
      }
    }
    return isCounted ?? false
  }

  /// Makes sure that no other worker has the part.
  ///
  /// - Throws: ``LostPart``; `RunStoreError`.
  func checkHeld() throws { guard try store.isHeld(part) else { throw LostPart() } }
}

/// Another worker has the part, since this one gave no sign of life for a lease.
struct LostPart: Error {}

extension Error {
  /// Whether it is a trouble of this worker, and another, with another key, network or disk, may fare better.
  var isOfWorker: Bool {
    guard let error = self as? GeminiError else { return self is RunStoreError }
    return [
      .missingCredentials, .invalidCredentials, .invalidConfiguration, .quotaExceeded, .connection,
      .transport, .unreadableFile,
    ].contains(error.code)
  }
}
