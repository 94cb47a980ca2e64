internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
public import RunStore
internal import TabularExtraction
public import TranscriptModel
internal import TranscriptStitching

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Transcriber {
  /// Begins a run: notes in the store what is to be done, and plans it; nothing is sent yet.
  ///
  /// - Parameters:
  ///   - work: What is to be done.
  ///   - store: Keeps replies as they come, and everything made of them.
  ///   - arguments: The command line that asks for it, for taking the run up later.
  ///   - workingFolder: The folder that relative paths of the command line start from.
  ///   - options: How.
  /// - Throws: `RunStoreError`, `PlanError`.
  public func begin(
    _ work: [PreparedTranscription],
    in store: RunStore,
    arguments: [String] = [],
    workingFolder: String = "/",
    options: RunOptions = RunOptions()
  ) throws -> TranscriptionRun {
    let began = now()
    let id = RunIdentifier.make(began)
    try store.begin(
      NewRun(
        id: id,
        startedAt: began,
        tool: tool,
        arguments: arguments,
        workingFolder: workingFolder,
        knownSpeakers: work.first?.settings.knownSpeakers
      )
    )
    let items = try store.add(
      work.enumerated().map { NewItem($1, position: $0 + 1) },
      to: id
    )
    let jobs = zip(work, items).enumerated().map { position, pair in
      RunJob(
        prepared: pair.0,
        item: pair.1,
        resultID: work.count == 1 ? id : "\(id).\(position + 1)",
        earlier: EarlierReplies([]),
        merges: nil
      )
    }
    return try run(id, jobs, in: store, options)
  }

  /// Takes up a run: what is complete in the store is left out, what was answered is not sent again.
  ///
  /// - Throws: `RunStoreError`, `PlanError`.
  public func resume(
    _ id: String,
    _ work: [PreparedTranscription],
    in store: RunStore,
    options: RunOptions = RunOptions()
  ) throws -> TranscriptionRun {
    try store.reopen(id)
    let known = try store.run(id)?.items ?? []
    var waiting = WaitingItems(known, isOffline: options.isOffline)
    var jobs: [RunJob] = []
    var next = (known.map(\.item.position).max() ?? 0) + 1
    let isSingle = max(known.count, work.count) == 1
    for prepared in work {
      if let item = waiting.take(NewItem(prepared, position: next), prepared.identities) {
        guard item.status != .complete || options.isOffline else { continue }
        jobs.append(
          RunJob(
            prepared: prepared,
            item: item.id,
            resultID: isSingle ? id : item.reference,
            earlier: EarlierReplies(try store.requests(of: item.id)),
            merges: try store.merges(of: item.id).flatMap(VoiceMergeTable.init(madeByHand:))
          )
        )
      } else if !options.isOffline {
        let item = try store.add(NewItem(prepared, position: next), to: id)
        jobs.append(
          RunJob(
            prepared: prepared,
            item: item,
            resultID: "\(id).\(next)",
            earlier: EarlierReplies([]),
            merges: nil
          )
        )
        next += 1
      }
    }
    return try run(id, jobs, in: store, options)
  }

  /// Sends one prepared transcription and makes a document of the reply.
  ///
  /// The reply is stored before it is read. One that is cut, blocked or malformed still gives a
  /// document, which says whether it is complete and what is missing.
  ///
  /// - Parameters:
  ///   - prepared: What is to be asked.
  ///   - store: Where the reply and the document are kept.
  ///   - arguments: The command line that asks for it.
  ///   - workingFolder: The folder that a relative path of the source starts from.
  ///   - options: How the run is carried out.
  ///   - observe: Gets how far the reply has come.
  ///   - deliver: Gets the document and the number of its item, and returns the files written.
  /// - Throws: `GeminiError` when no reply began; `RunStoreError` when it cannot be stored;
  ///   `CancellationError`.
  public func transcribe(
    _ prepared: PreparedTranscription,
    in store: RunStore,
    arguments: [String] = [],
    workingFolder: String = "/",
    options: RunOptions = RunOptions(),
    observe: @escaping ProgressObserver = { _ in },
    deliver: @escaping @Sendable (TranscriptDocument, Int64) throws -> [String] = { _, _ in [] }
  ) async throws -> TranscriptDocument {
    let run = try begin(
      [prepared],
      in: store,
      arguments: arguments,
      workingFolder: workingFolder,
      options: options
    )
    let item = run.jobs[0].item
    let report = await run.execute(
      observe: { event in
        if case .progress(_, _, let progress) = event { observe(progress) }
      },
      deliver: { _, document in try deliver(document, item) }
    )
    try store.finishRun(run.id, report.stop == nil ? .finished : .interrupted)
    switch report.outcomes[0] {
    case .finished(let document, _): return document
    case .failed(let error): throw error
    case .left: throw CancellationError()
    }
  }

  private func run(
    _ id: String,
    _ jobs: [RunJob],
    in store: RunStore,
    _ options: RunOptions
  ) throws -> TranscriptionRun {
    let requests = try planned(jobs.map { ($0.prepared, $0.earlier) }, options)
    let planner = planner(for: jobs.map(\.prepared))
    return TranscriptionRun(
      id: id,
      jobs: jobs,
      plan: try planner.plan(requests.map(\.request)),
      options: options,
      transcriber: self,
      store: store,
      places: requests.map(\.place)
    )
  }
}

extension NewItem {
  init(_ prepared: PreparedTranscription, position: Int) {
    let source = prepared.source
    let texts = prepared.request.contents.flatMap(\.parts).compactMap(\.text)
    self.init(
      position: position,
      source: StoredSource(
        uri: source.uri,
        kind: source.kind,
        stem: source.stem,
        contentHash: prepared.content?.fingerprint,
        size: prepared.content?.size,
        mimeType: source.mimeType,
        durationMS: source.durationMS,
        title: source.title
      ),
      identity: prepared.identity,
      model: prepared.model,
      prompt: NamedText(name: prepared.prompt.name, text: texts.joined(separator: "\n\n")),
      schema: NamedText(
        name: prepared.prompt.schema.name,
        // With its roles, without which replies cannot be read as a transcript.
        text: prepared.prompt.schema.source.rendered(.pretty)
      ),
      config: prepared.request.generationConfig?.json ?? [:],
      settings: prepared.settings.json
    )
  }
}

/// The items of a run that have not been taken up yet.
private struct WaitingItems {
  private var items: [StoredItem]
  private let isOffline: Bool

  init(_ items: [StoredItem], isOffline: Bool) {
    (self.items, self.isOffline) = (items, isOffline)
  }

  /// The item that is the same work.
  ///
  /// Where nothing is sent, whoever would be asked makes no difference: the same source, model and
  /// prompt are enough, and items of those stand in the order of the command line.
  mutating func take(_ work: NewItem, _ identities: [String]) -> StoredItem? {
    let known = identities.compactMap { identity in
      items.firstIndex { $0.item.identity == identity }
    }
    let place =
      known.first
      ?? (isOffline ? items.firstIndex { $0.item.isLike(work) } : nil)
    return place.map { items.remove(at: $0) }
  }
}

extension NewItem {
  fileprivate func isLike(_ other: NewItem) -> Bool {
    let names = [self, other].map { $0.source.contentHash ?? $0.source.uri }
    return names[0] == names[1] && model == other.model && prompt.text == other.prompt.text
  }
}

extension NewRequest {
  init(_ order: RequestOrder) {
    self.init(
      kind: RequestKind(rawValue: order.kind.rawValue),
      clip: order.range.flatMap { $0.isOpenEnded ? nil : $0 },
      bodyDigest: order.digest
    )
  }
}

extension RequestEnding {
  init(_ reply: ReceivedReply, attempts: Int, _ quote: Quote) {
    let usage = reply.usage.map(Usage.init)
    let isEnded = reply.finishReason != nil || reply.blockReason != nil || reply.isWithoutEnd
    self.init(
      isEnded ? .answered : .broken,
      finishReason: (reply.finishReason?.rawValue ?? reply.blockReason?.rawValue),
      usage: usage,
      cost: quote.bill(of: reply),
      attempts: attempts,
      error: reply.interruption?.message
    )
  }
}

extension VoiceMergeTable {
  /// A stored table in which a person has moved voices; `nil` for one that was worked out.
  fileprivate init?(madeByHand json: JSONValue) {
    guard let table = try? VoiceMergeTable(json: json),
      table.voices.contains(where: { $0.from.contains { $0.why == VoiceMergeTable.byHand } })
    else { return nil }
    self = table
  }
}
