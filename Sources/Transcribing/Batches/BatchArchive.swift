internal import GeminiAPI
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Keeps the results of a batch in the store of runs, where they can be searched; the run has the
/// batch's own id.
struct BatchArchive {
  private let store: RunStore
  private let run: String
  /// The store's numbers of the transcriptions, in their order.
  private let items: [Int64]

  /// Notes the batch as a run, unless an earlier fetch has.
  init(_ record: BatchRecord, in store: RunStore, now: Date) throws {
    self.store = store
    run = record.id
    if let known = try store.run(record.id) {
      try store.reopen(record.id)
      items = known.items.map(\.id)
      return
    }
    try store.begin(
      NewRun(
        id: record.id,
        startedAt: record.submitted.map { Date(timeIntervalSince1970: Double($0)) } ?? now,
        tool: record.tool,
        arguments: ["batch", "fetch", record.id],
        workingFolder: "/"
      )
    )
    items = try store.add(
      record.items.enumerated().map {
        NewItem($1.prepared, position: $0 + 1, estimate: $1.estimate)
      },
      to: record.id
    )
  }

  /// Keeps an answer as a stream would have brought it, and the document made of it.
  func keep(
    _ answer: BatchAnswer,
    _ document: TranscriptDocument,
    of prepared: PreparedTranscription,
    at position: Int,
    files: [String]
  ) throws {
    guard items.indices.contains(position) else { return }
    let order = prepared.order(.clip, about: prepared.stretch)
    let request = try store.begin(NewRequest(order, expected: nil), of: items[position])
    let frame = "data: " + (answer.json["response"] ?? .null).rendered() + "\n\n"
    try store.append(Array(frame.utf8), to: request)
    try store.finish(
      request: request,
      RequestEnding(
        .answered,
        finishReason: document.run.finishReason,
        usage: document.usage,
        cost: document.cost.billed
      )
    )
    try store.save(
      document,
      files: files,
      status: document.isComplete ? .complete : .partial,
      for: items[position]
    )
  }

  /// Notes what stayed without an answer, and that nothing more is to come for now.
  func finish(_ record: BatchRecord) throws {
    for (position, item) in record.items.enumerated() where items.indices.contains(position) {
      guard case .failed(let reason) = item.outcome else { continue }
      try store.setStatus(of: items[position], .failed, failure: reason)
    }
    try store.finishRun(run, record.missing.isEmpty ? .finished : .interrupted)
  }
}
