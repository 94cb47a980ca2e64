internal import GeminiAPI
internal import RunStore
package import Transcribing

/// Takes a batch as far as its answers are there: what they give is carried out, and what they leave
/// to ask becomes its next round.
package struct BatchCourse {
  /// How far a batch is.
  package struct Reached {
    /// The batch.
    package let batch: BatchRun
    /// What its answers gave; `nil` while the service works on them.
    package let ending: RunEnding?
    /// Whether a further round was handed in.
    package let hasMoreToCome: Bool
  }

  private let desk: BatchDesk
  private let transcriber: Transcriber
  private let kept: KeptWork
  private let answers: BatchAnswers

  /// The course of a batch.
  ///
  /// - Parameters:
  ///   - desk: Where it was handed in.
  ///   - transcriber: For its service.
  ///   - kept: What it does.
  ///   - answers: Where its answers come from.
  package init(
    _ desk: BatchDesk,
    _ transcriber: Transcriber,
    _ kept: KeptWork,
    _ answers: BatchAnswers
  ) {
    (self.desk, self.transcriber, self.kept, self.answers) = (desk, transcriber, kept, answers)
  }

  /// The batch as far as it can be taken now, or, where its answers are waited for, to its end.
  ///
  /// - Parameter results: Carries out the run by the answers that are there.
  package func advanced(
    _ batch: BatchRun,
    results: (BatchRun) async throws -> RunEnding
  ) async throws -> Reached {
    var batch = batch
    while true {
      // A further round whose handing in was interrupted is gone on with.
      if let last = batch.last, last.round > 1, !last.isSubmitted {
        try transcriber.client.configuration.requireCredentials()
        batch = try await desk.submit(batch, transcriber)
      }
      batch = try await answers.taken(of: batch, kept)
      guard batch.batches.allSatisfy({ $0.stage == .settled }) else {
        return Reached(batch: batch, ending: nil, hasMoreToCome: true)
      }
      let ending = try await results(batch)
      let orders = ending.report?.orders ?? []
      if !orders.isEmpty {
        try transcriber.client.configuration.requireCredentials()
        batch = try await desk.submit(
          orders,
          of: batch.id,
          kept,
          cost: orders.cost,
          transcriber
        )
      }
      guard answers.waits, !orders.isEmpty else {
        return Reached(
          batch: try desk.batch(batch.id),
          ending: ending,
          hasMoreToCome: !orders.isEmpty
        )
      }
    }
  }
}
