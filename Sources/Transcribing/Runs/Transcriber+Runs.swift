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
  ///   - kept: The work as it is kept with a run that is taken up without its command line.
  /// - Throws: `RunStoreError`, with the code `inUse` when another process is at the same work;
  ///   `PlanError`.
  public func begin(
    _ work: [PreparedTranscription],
    in store: RunStore,
    arguments: [String] = [],
    workingFolder: String = "/",
    options: RunOptions = RunOptions(),
    keeping kept: KeptWork? = nil
  ) throws -> TranscriptionRun {
    let forecast = try forecast(of: work.map { (prepared: $0, earlier: nil) }, options)
    let new = try newRun(work, arguments, workingFolder, options, keeping: kept)
    let id = new.id
    let items = try store.begin(new, newItems(work, forecast), isAlone: !options.isRepeated)
    let jobs = work.indices.map { index in
      RunJob(
        prepared: work[index],
        item: items[index],
        estimate: forecast.estimates[index],
        resultID: work.count == 1 ? id : "\(id).\(index + 1)",
        earlier: EarlierReplies([]),
        merges: nil,
        standIn: standIn
      )
    }
    return run(id, jobs, forecast, in: store, options, spent: 0)
  }

  /// The run that some work makes.
  func newRun(
    _ work: [PreparedTranscription],
    _ arguments: [String],
    _ workingFolder: String,
    _ options: RunOptions,
    keeping kept: KeptWork? = nil
  ) throws -> NewRun {
    let began = now()
    return NewRun(
      id: RunIdentifier.make(began),
      startedAt: began,
      tool: tool,
      arguments: arguments,
      workingFolder: workingFolder,
      knownSpeakers: work.first?.settings.knownSpeakers,
      costLimit: options.costLimit,
      work: try kept?.json()
    )
  }

  /// The items that some work makes.
  func newItems(_ work: [PreparedTranscription], _ forecast: JobForecast) -> [NewItem] {
    zip(work, forecast.estimates).enumerated().map { position, pair in
      NewItem(pair.0, position: position + 1, estimate: pair.1, standIn: standIn)
    }
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
      if let item = waiting.take(prepared) {
        guard item.status != .complete || options.isOffline else { continue }
        jobs.append(try job(prepared, item, resultID: isSingle ? id : item.reference, in: store))
      } else if !options.isOffline {
        let estimate = try forecast(of: [(prepared: prepared, earlier: nil)], options).estimates[0]
        let item = try store.add(
          NewItem(prepared, position: next, estimate: estimate, standIn: standIn),
          to: id
        )
        jobs.append(
          RunJob(
            prepared: prepared,
            item: item,
            estimate: estimate,
            resultID: "\(id).\(next)",
            earlier: EarlierReplies([]),
            merges: nil,
            standIn: standIn
          )
        )
        next += 1
      }
    }
    if let limit = options.costLimit { try store.setCostLimit(of: id, limit) }
    let forecast = try forecast(of: jobs.map { ($0.prepared, $0.earlier) }, options)
    return run(id, jobs, forecast, in: store, options, spent: try store.spending(of: id))
  }

  /// An item as a job that takes up what it sent before.
  func job(
    _ prepared: PreparedTranscription,
    _ item: StoredItem,
    resultID: String,
    in store: RunStore
  ) throws -> RunJob {
    RunJob(
      prepared: prepared,
      item: item.id,
      estimate: item.item.estimate.map(CostRange.init),
      resultID: resultID,
      earlier: EarlierReplies(
        try store.requests(of: item.id),
        concluded: [.partial, .failed].contains(item.status) ? item.endedAt : nil
      ),
      merges: try store.merges(of: item.id).flatMap(VoiceMergeTable.init(madeByHand:)),
      // Whoever takes it up: what was answered before counts.
      standIn: item.item.standIn
    )
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
      deliver: { _, result in try deliver(result.document, item) }
    )
    try store.finishRun(run.id, report.stop == nil ? .finished : .interrupted)
    switch report.outcomes[0] {
    case .finished(let item, _): return try item.document()
    case .failed(let error): throw error
    case .left: throw CancellationError()
    }
  }

  /// What jobs will send, and what each of them costs.
  struct JobForecast {
    let plan: Plan
    let places: [RequestPlace]
    /// The money of each job; `nil` where it is not known.
    let estimates: [CostRange?]
  }

  func forecast(
    of work: [(prepared: PreparedTranscription, earlier: EarlierReplies?)],
    _ options: RunOptions
  ) throws -> JobForecast {
    let requests = try planned(work, options)
    let plan = try planner(for: work.map(\.prepared)).plan(requests.map(\.request))
    var estimates: [CostRange?] = work.map { _ in .zero }
    for entry in plan.entries {
      let job = requests[entry.position].place.job
      estimates[job] = estimates[job].flatMap { sum in
        entry.cost?.money(by: options.carrier).map { sum + $0 }
      }
    }
    return JobForecast(plan: plan, places: requests.map(\.place), estimates: estimates)
  }

  func run(
    _ id: String,
    _ jobs: [RunJob],
    _ forecast: JobForecast,
    in store: RunStore,
    _ options: RunOptions,
    spent: Decimal
  ) -> TranscriptionRun {
    TranscriptionRun(
      id: id,
      jobs: jobs,
      plan: forecast.plan,
      options: options,
      transcriber: self,
      store: store,
      places: forecast.places,
      spentBefore: spent
    )
  }
}

extension NewItem {
  init(
    _ prepared: PreparedTranscription,
    position: Int,
    estimate: CostRange?,
    standIn: StandIn?
  ) {
    let source = prepared.source
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
        title: source.title,
        recordedAt: source.recordedAt
      ),
      identity: prepared.identity,
      model: prepared.model,
      prompt: NamedText(name: prepared.prompt.name, text: prepared.promptText),
      schema: NamedText(
        name: prepared.prompt.schema.name,
        // With its roles, without which replies cannot be read as a transcript.
        text: prepared.prompt.schema.source.rendered(.pretty)
      ),
      config: prepared.request.generationConfig?.json ?? [:],
      settings: prepared.settings.json,
      estimate: estimate.map(MoneyRange.init),
      standIn: standIn
    )
  }
}

/// The items of a run that have not been taken up yet.
struct WaitingItems {
  private var items: [StoredItem]
  private let isOffline: Bool

  init(_ items: [StoredItem], isOffline: Bool) {
    (self.items, self.isOffline) = (items, isOffline)
  }

  /// The item that is the same work.
  ///
  /// Where nothing is sent, whoever would be asked makes no difference: the same source, model and
  /// prompt are enough, and items of those stand in the order of the command line.
  mutating func take(_ work: PreparedTranscription) -> StoredItem? {
    let known = work.identities.compactMap { identity in
      items.firstIndex { $0.item.identity == identity }
    }
    let place = known.first ?? (isOffline ? firstLike(work) : nil)
    return place.map { items.remove(at: $0) }
  }

  private func firstLike(_ work: PreparedTranscription) -> Int? {
    let item = NewItem(work, position: 1, estimate: nil, standIn: nil)
    return items.firstIndex { $0.item.isLike(item) }
  }
}

extension NewItem {
  fileprivate func isLike(_ other: NewItem) -> Bool {
    let names = [self, other].map { $0.source.contentHash ?? $0.source.uri }
    return names[0] == names[1] && model == other.model && prompt.text == other.prompt.text
  }
}

extension MoneyRange {
  init(_ range: CostRange) {
    self.init(low: range.low, expected: range.expected, high: range.high)
  }
}

extension CostRange {
  init(_ kept: MoneyRange) {
    self.init(low: kept.low, expected: kept.expected, high: kept.high)
  }
}

extension NewRequest {
  /// - Parameter expected: What it is expected to cost, in US dollars.
  init(_ order: RequestOrder, expected: Decimal?) {
    self.init(
      kind: RequestKind(rawValue: order.kind.rawValue),
      clip: order.range.flatMap { $0.isOpenEnded ? nil : $0 },
      bodyDigest: order.digest,
      expectedCost: expected
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
