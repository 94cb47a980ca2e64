internal import GeminiAPI
internal import RunStore
package import Transcribing

/// Brings the answers of a batch into the store, as the replies of its requests.
package struct BatchAnswers {
  private let desk: BatchDesk
  private let transcriber: Transcriber
  /// Whether to wait until the service has answered.
  package var waits = false
  /// Whether a batch that is late is stopped.
  package var stopsLate = false

  /// The answers that a transcriber's service has for the batches of a desk.
  package init(_ desk: BatchDesk, _ transcriber: Transcriber) {
    (self.desk, self.transcriber) = (desk, transcriber)
  }

  /// The batch with the answers of all its rounds taken in, or as far as it is.
  ///
  /// - Throws: ``Refusal`` when it was not submitted; `GeminiError`; `RunStoreError`, also when
  ///   another process is at it.
  package func taken(of batch: BatchRun, _ kept: KeptWork) async throws -> BatchRun {
    guard batch.last?.isSubmitted == true else {
      throw Refusal(
        "The batch \(batch.id) is not submitted yet.",
        remedy: "Go on with tabscribe batch submit \(BatchDesk.resuming(batch.id))."
      )
    }
    let collection = BatchCollection(transcriber, store: desk.store)
    for round in batch.batches where round.stage != .settled {
      var round = round
      if round.stage == .submitted {
        try transcriber.client.configuration.requireCredentials()
        guard let ended = try await ended(round, of: batch, collection) else {
          return try desk.batch(batch.id)
        }
        round = ended
      }
      try desk.store.reopen(batch.id)
      _ = try collection.settle(round, of: batch.work(of: kept))
      try desk.store.finishRun(batch.id, .interrupted)
    }
    return try desk.batch(batch.id)
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
      let state = BatchState(try desk.batch(batch.id), now: desk.place.now())
      guard !state.isOverdue else { break }
      desk.place.notices.stage("\(batch.id)  \(state.words)")
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(60))
      (round, said) = try await collection.refresh(round)
    }
    desk.place.notices.clear()
    // Nothing is to be paid twice: what is late is stopped before the rest is sent online.
    if stopsLate, BatchState(try desk.batch(batch.id), now: desk.place.now()).isOverdue {
      round = try await collection.cancel(round)
      (round, said) = try await collection.refresh(round)
    }
    guard round.isFinal, let said else { return nil }
    return try await collection.fetch(round, said)
  }
}
