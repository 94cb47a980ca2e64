public import OrderedJSON
internal import RequestPlanning
public import RunStore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A run whose requests travel by batches, as far as the store knows it.
public struct BatchRun: Sendable {
  /// The run.
  public let run: StoredRun
  /// What it is to do, as a document.
  public let work: JSONValue
  /// Its batches, the first round first; none when it was interrupted before there was one.
  public let batches: [StoredBatch]

  /// The run's id, which is the batch's own name here.
  public var id: String { run.id }

  /// The batch that was made last.
  public var last: StoredBatch? { batches.last }

  /// The run of an id.
  ///
  /// - Throws: ``TranscriptionError`` when there is none; `RunStoreError`.
  public init(_ id: String, in store: RunStore) throws {
    guard let run = try store.run(id), let work = try store.work(of: id) else {
      throw TranscriptionError(
        .storage,
        "No batch \(String(id.prefix(100)).debugDescription) is known here.",
        remedy: "See tabscribe batch status, or name a copy of its record with the setting from."
      )
    }
    (self.run, self.work) = (run, work)
    batches = try store.batches(of: id)
  }

  /// What the run is to do.
  ///
  /// - Parameter transcriber: Knows models, prices, and what runs have taught.
  /// - Throws: ``TranscriptionError`` with the code `storage`; `PromptError`.
  public func kept(for transcriber: Transcriber) throws -> KeptWork {
    let began = Int(run.summary.startedAt.timeIntervalSince1970)
    return try KeptWork(json: work, transcriber, day: CalendarDay(secondsSince1970: began))
  }

  /// The work of each item, by the item's number in the store.
  public func work(of kept: KeptWork) -> [Int64: PreparedTranscription] {
    var waiting = run.items
    var work: [Int64: PreparedTranscription] = [:]
    for named in kept.work {
      let place = waiting.firstIndex { item in
        named.prepared.identities.contains(item.item.identity)
      }
      if let place { work[waiting.remove(at: place).id] = named.prepared }
    }
    return work
  }

  /// How many of all its requests have an answer, and which have none although they were asked.
  ///
  /// A request that was asked again counts once.
  public func answers(
    in store: RunStore
  ) throws(RunStoreError) -> (all: Int, answered: Int, missing: [Missing]) {
    var (all, answered, missing) = (0, 0, [Missing]())
    for item in run.items {
      var states: [String: (isAnswered: Bool, last: StoredRequest)] = [:]
      var order: [String] = []
      for request in try store.requests(of: item.id) {
        let digest = request.request.bodyDigest
        if states[digest] == nil { order.append(digest) }
        let isAnswered = [.answered, .broken].contains(request.ending.status)
        states[digest] = (isAnswered || states[digest]?.isAnswered == true, request)
      }
      all += states.count
      answered += states.values.count(where: \.isAnswered)
      for case (false, let request)? in order.map({ states[$0] }) {
        missing.append(try Missing(item: item, request: request, in: store))
      }
    }
    return (all, answered, missing)
  }

  /// A request that has no answer.
  public struct Missing: Sendable {
    /// The item that it is for.
    public let item: StoredItem
    /// The request.
    public let request: StoredRequest
    /// What named its answer in its batch; empty for one that was sent by itself.
    public let key: String

    fileprivate init(
      item: StoredItem,
      request: StoredRequest,
      in store: RunStore
    ) throws(RunStoreError) {
      (self.item, self.request) = (item, request)
      let asked = try request.batch.map { batch throws(RunStoreError) in
        try store.requests(in: batch)
      }
      key = asked?.firstIndex { $0.id == request.id }.map(BatchedRequest.key) ?? ""
    }
  }
}
