internal import CommandLineInterface
internal import GeminiAPI
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Finishes a batch with ordinary requests, at the ordinary price.
struct BatchOnline {
  private let session: BatchSession
  private let writer: BatchResultWriter

  init(_ session: BatchSession, _ writer: BatchResultWriter) {
    self.session = session
    self.writer = writer
  }

  /// Sends what has no answer, one after the other; each is noted as soon as it is written.
  func finish(
    _ record: BatchRecord,
    with collection: BatchCollection
  ) async throws -> BatchRecord {
    let transcriber = try session.transcriber(for: record)
    try transcriber.client.configuration.requireCredentials()
    try announce(record, transcriber)
    let runs = try UserStore(session.context).opened()
    var record = record
    for item in record.missing {
      do {
        let document = try await transcriber.transcribe(
          item.prepared.quoted(by: transcriber),
          in: runs
        )
        try writer.write(document, of: item)
        record = try collection.noteAnswered(item.key, in: record)
      } catch let error where !Task.isCancelled {
        session.context.status.failure(
          error as? CommandError ?? ErrorExplanation.commandError(error),
          about: item.prepared.source.uri
        )
      }
    }
    return record
  }

  /// Says what it will cost, and refuses what is not allowed.
  private func announce(_ record: BatchRecord, _ transcriber: Transcriber) throws {
    let cost = try BatchJobs.cost(
      of: record.missing.map(\.prepared),
      transcriber,
      allowsUnknowns: true
    )
    let money = cost.map { "about \(PlanListing.money($0.cached)) USD" } ?? "an unknown amount"
    let count = record.missing.count
    session.context.status.message(
      "Sending \(count == 1 ? "1 request" : "\(count) requests") online for \(money)."
    )
    guard let limit = try session.settings.value(of: TranscriptionOptions.costLimit) else { return }
    guard cost.map({ $0.cached.expected > limit }) ?? true else { return }
    throw CommandError(
      "The rest would cost \(money) online, and the limit is \(limit) USD.",
      remedy: "Raise --cost-limit, or ask as a batch again with batch submit --retry.",
      exitCode: .limit
    )
  }
}
