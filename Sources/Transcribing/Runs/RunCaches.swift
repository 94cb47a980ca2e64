internal import GeminiAPI
internal import HostSystem
internal import RequestPlanning

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The caches of our own in a run: for the groups of requests for which one pays.
struct RunCaches: Sendable {
  private let keeper: CacheKeeper
  /// What the requests of such groups share, as the plan names it.
  private let advised: Set<String>
  private let budget: RunBudget
  /// What creating and keeping a cache will cost, for those that are not charged yet.
  private let uncharged: Lock<[String: Decimal]>

  /// `nil` when no cache pays.
  init?(_ run: TranscriptionRun, _ budget: RunBudget) {
    let decisions = run.plan.explicitCaches.filter(\.isAdvised)
    guard !decisions.isEmpty else { return nil }
    advised = Set(decisions.map(\.prefix))
    self.budget = budget
    uncharged = Lock(
      Dictionary(decisions.map { ($0.prefix, $0.costOfKeeping ?? 0) }) { first, _ in first }
    )
    keeper = CacheKeeper(
      client: run.transcriber.client,
      store: run.store,
      now: run.transcriber.now
    )
  }

  /// Whether the cache of a group is within the limit; what it costs is charged once.
  private func isAffordable(_ prefix: String) -> Bool {
    uncharged.withLock { uncharged in
      guard let cost = uncharged[prefix] else { return true }
      guard budget.charge(cost) else { return false }
      uncharged[prefix] = nil
      return true
    }
  }

  /// The request with the cache of its group in place of what it shares with the group; as it is
  /// when there is none.
  func request(
    _ request: GenerateContentRequest,
    model: String,
    prefix: String
  ) async throws -> GenerateContentRequest {
    guard advised.contains(prefix),
      let group = CacheGroup(id: prefix, model: model, request: request),
      isAffordable(prefix),
      let name = try await keeper.open(group)
    else { return request }
    return request.usingCache(name)
  }

  /// Keeps the cache of a group while requests of it are still to come.
  func extend(_ prefix: String) async {
    if advised.contains(prefix) { await keeper.extend(prefix) }
  }

  /// Deletes the cache of a group whose last request has ended.
  func close(_ prefix: String) async {
    if advised.contains(prefix) { await keeper.close(prefix) }
  }

  /// Deletes what is left, also when the run was stopped.
  func closeAll() async { await keeper.closeAll() }
}
