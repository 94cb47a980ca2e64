internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Writes the results of a batch and tells what is there and what is missing.
final class BatchResultWriter {
  private let session: BatchSession
  private let writer: ResultWriter
  private var summaries: [ResultSummary] = []
  private var observations: [RunObservation] = []

  init(_ session: BatchSession) throws {
    self.session = session
    writer = try ResultWriter(session.settings, session.context)
  }

  /// Writes what was answered; what an earlier call has written stays as it is unless replacing is
  /// asked for.
  func writeAnswers(
    of record: BatchRecord,
    with collection: BatchCollection
  ) throws -> BatchRecord {
    let earlier = Set(record.items.filter { $0.outcome == .answered && isWritten($0) }.map(\.key))
    try writer.folder.checkFree(
      record.items.filter { !earlier.contains($0.key) }.flatMap(names)
    )
    let runs = try UserStore(session.settings.folders).opened()
    return try collection.documents(of: record, keptIn: runs) { item, document in
      guard writer.folder.isForced || !earlier.contains(item.key) else { return nil }
      if item.outcome != .answered { observe(document, of: item, in: record) }
      return try write(document, of: item).map { FilePath.joined(writer.folder.path, $0) }
    }
  }

  /// Notes what a reply teaches about the next ones.
  private func observe(
    _ document: TranscriptDocument,
    of item: BatchRecord.Item,
    in record: BatchRecord
  ) {
    guard let shape = item.prepared.planRequest.shape, let usage = document.usage else { return }
    observations.append(
      RunObservation(
        model: item.prepared.model,
        platform: record.backend.platform,
        shape: shape,
        usage: usage,
        isComplete: document.isComplete
      )
    )
  }

  /// Writes one result and says so; returns the names it got.
  @discardableResult
  func write(_ document: TranscriptDocument, of item: BatchRecord.Item) throws -> [String] {
    let names = try writer.write(document, media: session.context.mediaPath(of: document))
    let summary = ResultSummary(document: document, files: names.map(writer.folder.display))
    summaries.append(summary)
    session.context.status.message(summary.line(session.context.status.style))
    return names
  }

  private func names(_ item: BatchRecord.Item) -> [String] {
    writer.names(stem: item.prepared.source.stem)
  }

  private func isWritten(_ item: BatchRecord.Item) -> Bool {
    names(item).allSatisfy { name in
      HostFiles.kind(of: FilePath.joined(writer.folder.path, name)) == .file
    }
  }

  /// Says what is there and what is missing, and remembers what the replies teach.
  func report(_ record: BatchRecord) throws -> ExitCode {
    let catalog = try ModelsFile.catalog(session.settings.folders)
    try UserStore(session.settings.folders).opened()
      .learn(observations, of: session.transcriber(for: record).service, catalog: catalog)
    if session.context.isJSON {
      session.context.print(json: json(of: record))
    } else {
      for line in lines(of: record) { session.context.print(line) }
    }
    if record.missing.count == record.items.count, record.hasFailed { return .failed }
    let isComplete = record.missing.isEmpty && summaries.allSatisfy(\.document.isComplete)
    return isComplete ? .done : .incomplete
  }

  private func lines(of record: BatchRecord) -> [String] {
    let batch = session.description(of: record)
    let answered = record.items.count - record.missing.count
    var lines = ["\(record.id)  \(answered) of \(batch.requests) answered" + billed]
    for item in record.missing.prefix(20) {
      lines.append("  no answer: \(SafeText.line(label(item))): \(SafeText.line(reason(item)))")
    }
    let more = record.missing.count - 20
    if more > 0 { lines.append("  … and \(more) more (--json has them all)") }
    if !record.missing.isEmpty {
      lines.append("  ask again: tabscribe batch submit --retry \(record.id)")
    }
    return lines
  }

  private var billed: String {
    let costs = summaries.map(\.document.cost.billed)
    guard !costs.isEmpty, !costs.contains(nil) else { return "" }
    return ", \(MoneyText.rendered("\(costs.compactMap(\.self).reduce(0, +))")) USD billed"
  }

  private func label(_ item: BatchRecord.Item) -> String {
    "\(item.prepared.source.uri), \(item.prepared.prompt.name)"
  }

  private func reason(_ item: BatchRecord.Item) -> String {
    if case .failed(let reason) = item.outcome { reason } else { "The service gave no answer." }
  }

  private func json(of record: BatchRecord) -> JSONValue {
    [
      "batch": session.description(of: record).json,
      "results": .array(summaries.map(\.json)),
      "missing": .array(
        record.missing.map { item in
          [
            "key": .string(item.key), "source": .string(item.prepared.source.uri),
            "prompt": .string(item.prepared.prompt.name), "error": .string(reason(item)),
          ]
        }
      ),
    ]
  }
}
