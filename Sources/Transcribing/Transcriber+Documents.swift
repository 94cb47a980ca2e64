internal import GeminiAPI
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Transcriber {
  /// Makes a document of an answer that came in one piece, as those of batches do.
  func document(
    of response: GenerateContentResponse,
    at position: Int,
    in record: BatchRecord
  ) throws -> TranscriptDocument {
    let item = record.items[position]
    let prepared = item.prepared
    var response = response
    response.hopUsage = response.usageMetadata
    let order = prepared.order(.clip, about: prepared.stretch)
    var accumulator = ReplyAccumulator(order: order, hiding: client.secrets)
    _ = accumulator.add(response)
    let reply = accumulator.finish()
    let began = record.submitted.map { Date(timeIntervalSince1970: Double($0)) } ?? now()
    var result = ClipResult(clip: prepared.stretch)
    result.add(reply, to: order, prepared)
    let maker = DocumentMaker(
      prepared: prepared,
      run: record.items.count == 1 ? record.id : "\(record.id).\(position + 1)",
      startedAt: began,
      tool: tool,
      estimate: nil
    )
    var document = try maker.document(of: [.success(result)]).document
    document.cost = batchCost(of: document.usage, item, began)
    return document
  }

  /// Batches are billed by prices of their own.
  private func batchCost(
    of usage: Usage?,
    _ item: BatchRecord.Item,
    _ date: Date
  ) -> TranscriptDocument.Cost {
    let day = CalendarDay(secondsSince1970: Int(date.timeIntervalSince1970))
    let quote = batchQuote(of: item.prepared, on: day)
    return TranscriptDocument.Cost(
      estimatedLow: item.estimate?.low,
      estimatedHigh: item.estimate?.high,
      billed: usage.flatMap { quote.cost(of: $0)?.total }
    )
  }

  /// What requests of a batch take and cost.
  func batchQuote(of prepared: PreparedTranscription, on day: CalendarDay) -> Quote {
    Quote(prepared.effective, tier: .batch, catalog: catalog, learned: learned, day: day)
  }
}
