internal import CommandLineInterface
internal import GeminiAPI
internal import RunStore
internal import Transcribing

/// Brings the answers of a batch into the store, as the replies of its requests.
struct BatchAnswers {
  private let session: BatchSession
  private let transcriber: Transcriber
  /// Whether to wait until the service has answered.
  var waits = false
  /// Whether a batch that is late is stopped.
  var stopsLate = false

  init(_ session: BatchSession, _ transcriber: Transcriber) {
    (self.session, self.transcriber) = (session, transcriber)
  }

  /// The batch with the answers of all its rounds taken in, or as far as it is.
  ///
  /// - Throws: `CommandError` when it was not submitted; `GeminiError`; `RunStoreError`, also when
  ///   another process is at it.
  func taken(of batch: BatchRun, _ kept: KeptWork) async throws -> BatchRun {
    guard batch.last?.isSubmitted == true else {
      throw CommandError(
        "The batch \(batch.id) is not submitted yet.",
        remedy: "Go on with tabscribe batch submit --resume \(batch.id)."
      )
    }
    let collection = BatchCollection(transcriber, store: session.store)
    for round in batch.batches where round.stage != .settled {
      var round = round
      if round.stage == .submitted {
        try transcriber.client.configuration.requireCredentials()
        guard let ended = try await ended(round, of: batch, collection) else {
          return try session.batch(batch.id)
        }
        round = ended
      }
      try session.store.reopen(batch.id)
      _ = try collection.settle(round, of: batch.work(of: kept))
      try session.store.finishRun(batch.id, .interrupted)
    }
    return try session.batch(batch.id)
  }

  /// A round with its answers in the store as they came; `nil` while the service works on it.
  private func ended(
    _ round: StoredBatch,
    of batch: BatchRun,
    _ collection: BatchCollection
  ) async throws -> StoredBatch? {
    var (round, said) = try await collection.refresh(round)
    var pause = Duration.seconds(2)
    while waits, !round.isFinal {
      let state = session.description(of: try session.batch(batch.id))
      guard !state.isOverdue else { break }
      session.context.status.stage("\(batch.id)  \(state.state)")
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(60))
      (round, said) = try await collection.refresh(round)
    }
    session.context.status.clear()
    // Nothing is to be paid twice: what is late is stopped before the rest is sent online.
    if stopsLate, session.description(of: try session.batch(batch.id)).isOverdue {
      round = try await collection.cancel(round)
      (round, said) = try await collection.refresh(round)
    }
    guard round.isFinal, let said else { return nil }
    return try await collection.fetch(round, said)
  }
}
