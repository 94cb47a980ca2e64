internal import GeminiAPI
internal import HostSystem
internal import OrderedJSON
package import RequestPlanning
package import RunStore
package import Transcribing

/// Where batches are handed in and taken up: what all work with them needs.
package struct BatchDesk: Sendable {
  /// Where it is done, and who hears of it.
  package let place: Workplace
  /// Where the runs are that travel by batches.
  package let store: RunStore
  /// Where requests are written while they are sent, and the records for other machines: an absolute path.
  package let folder: String
  /// Whether what earlier runs have done counts.
  package let reuse: EarlierWork.Reuse
  private let observe: @Sendable (TranscriptionProgress) -> Void

  /// A desk.
  ///
  /// - Parameters:
  ///   - place: Where it is done, and who hears of it.
  ///   - store: Where the runs are.
  ///   - folder: For requests and records, an absolute path.
  ///   - reuse: Whether what earlier runs have done counts.
  ///   - observe: Told how a submission goes, from any thread.
  package init(
    _ place: Workplace,
    _ store: RunStore,
    folder: String,
    reuse: EarlierWork.Reuse,
    observe: @escaping @Sendable (TranscriptionProgress) -> Void
  ) {
    (self.place, self.store, self.folder) = (place, store, folder)
    (self.reuse, self.observe) = (reuse, observe)
  }

  /// The batch of an id.
  package func batch(_ id: String) throws -> BatchRun { try BatchRun(id, in: store) }

  /// Where the record of a batch is, which other machines can fetch it with.
  package func recordPath(of id: String) -> String {
    FilePath.joined(folder, "\(id).batch.json")
  }
}

// MARK: Handing in

extension BatchDesk {
  /// Hands what a run has to ask to the service, as its next batch.
  ///
  /// - Parameters:
  ///   - kept: The work of the run.
  ///   - cost: What it costs by itself and as a batch; `nil` when that is not known.
  ///   - retryOf: The batch whose failures are asked again.
  package func submit(
    _ orders: [BatchOrder],
    of run: String,
    _ kept: KeptWork,
    cost: CostEstimate?,
    retryOf: String? = nil,
    _ transcriber: Transcriber
  ) async throws -> BatchRun {
    let batch = try submission(transcriber)
      .note(orders, of: run, storage: kept.storage, cost: cost, retryOf: retryOf)
    return try await submit(batch, of: orders.work, transcriber)
  }

  /// Goes on with handing in a batch.
  package func submit(_ batch: BatchRun, _ transcriber: Transcriber) async throws -> BatchRun {
    let kept = try batch.kept(for: transcriber)
    if let last = batch.last {
      return try await submit(last, of: batch.work(of: kept), transcriber)
    }
    let orders = try await orders(of: batch, kept, retriesFailures: false, transcriber)
    return try await submit(orders, of: batch.id, kept, cost: orders.cost, transcriber)
  }

  /// Hands in a batch, writes its record, and says how to go on where that fails.
  private func submit(
    _ batch: StoredBatch,
    of work: [Int64: PreparedTranscription],
    _ transcriber: Transcriber
  ) async throws -> BatchRun {
    do {
      _ = try await submission(transcriber).submit(batch, of: work)
      place.notices.clear()
    } catch {
      place.notices.clear()
      place.notices.message(
        "The batch \(batch.run) is not submitted yet; go on with: "
          + "tabscribe batch submit \(Self.resuming(batch.run))"
      )
      throw error
    }
    let submitted = try self.batch(batch.run)
    try HostFiles.write(
      PortableBatch(submitted, in: store).json.renderedBytes(),
      to: recordPath(of: batch.run),
      replacing: true
    )
    return submitted
  }

  /// What has to be asked after the answers that are there.
  package func orders(
    of batch: BatchRun,
    _ kept: KeptWork,
    retriesFailures: Bool,
    _ transcriber: Transcriber
  ) async throws -> [BatchOrder] {
    let earlier = EarlierRun(batch, kept)
    var options = RunOptions()
    options.speakers = kept.speakers
    options.carrier = .batch(retriesFailures: retriesFailures)
    options.costLimit = earlier.costLimit
    options.listens = true
    let open = try EarlierWork(reuse, in: store, takingUp: earlier).split(kept.work).open
    let run = try transcriber.resume(
      batch.id,
      open.map(\.prepared),
      in: store,
      options: options
    )
    let report = await run.execute()
    try store.finishRun(batch.id, .interrupted)
    if case .costLimit(let why) = report.stop {
      throw Refusal(why, remedy: "Raise the setting costLimit; nothing was sent.", kind: .limit)
    }
    return report.orders
  }

  private func submission(_ transcriber: Transcriber) -> BatchSubmission {
    BatchSubmission(transcriber, store: store, folder: folder, observe: observe)
  }

  /// What takes a submission up, as a command line has it.
  static func resuming(_ id: String) -> String { "the setting resume \(id)" }
}
