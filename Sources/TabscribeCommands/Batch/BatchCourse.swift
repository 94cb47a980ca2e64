internal import GeminiAPI
internal import RunStore
internal import Transcribing
internal import TranscriptionRuns

/// Takes a batch as far as its answers are there: what they give is carried out, and what they leave
/// to ask becomes its next round.
struct BatchCourse {
  /// How far a batch is.
  struct Reached {
    let batch: BatchRun
    /// What its answers gave; `nil` while the service works on them.
    let ending: RunEnding?
    /// Whether a further round was handed in.
    let hasMoreToCome: Bool
  }

  let session: BatchSession
  let transcriber: Transcriber
  let kept: KeptWork
  let answers: BatchAnswers

  /// The batch as far as it can be taken now, or, where its answers are waited for, to its end.
  ///
  /// - Parameter results: Carries out the run by the answers that are there.
  func advanced(
    _ batch: BatchRun,
    results: (BatchRun) async throws -> RunEnding
  ) async throws -> Reached {
    var batch = batch
    while true {
      // A further round whose handing in was interrupted is gone on with.
      if let last = batch.last, last.round > 1, !last.isSubmitted {
        try transcriber.client.configuration.requireCredentials()
        batch = try await session.submit(batch, transcriber)
      }
      batch = try await answers.taken(of: batch, kept)
      guard batch.batches.allSatisfy({ $0.stage == .settled }) else {
        return Reached(batch: batch, ending: nil, hasMoreToCome: true)
      }
      let ending = try await results(batch)
      let orders = ending.report?.orders ?? []
      if !orders.isEmpty {
        try transcriber.client.configuration.requireCredentials()
        batch = try await session.submit(
          orders,
          of: batch.id,
          kept,
          cost: orders.cost,
          transcriber
        )
      }
      guard answers.waits, !orders.isEmpty else {
        return Reached(
          batch: try session.batch(batch.id),
          ending: ending,
          hasMoreToCome: !orders.isEmpty
        )
      }
    }
  }
}
