internal import GeminiAPI
internal import RequestPlanning

/// The caches of our own in a run: for the groups of requests for which one pays.
struct RunCaches: Sendable {
  private let keeper: CacheKeeper
  /// What the requests of such groups share, as the plan names it.
  private let advised: Set<String>

  /// `nil` when no cache pays.
  init?(_ run: TranscriptionRun) {
    advised = Set(run.plan.explicitCaches.filter(\.isAdvised).map(\.prefix))
    guard !advised.isEmpty else { return nil }
    keeper = CacheKeeper(client: run.transcriber.client, store: run.store)
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
