internal import GeminiAPI
internal import HostSystem
internal import RequestPlanning
internal import RunStore
internal import TranscriptModel

/// Gets the reply to a request: from the store when it was answered before, else from the service,
/// each piece stored before it is read.
struct RequestSender: Sendable {
  let client: GeminiClient
  let store: RunStore
  let media: MediaPool
  let caches: RunCaches?
  /// The request about the clip, as planned.
  let entry: Plan.Entry
  /// The second pass over the clip, where one is planned.
  let secondPass: Plan.Entry?
  /// What the speech model is asked about the clip, where that is planned.
  let words: [Plan.Entry]
  /// Whether nothing may be sent.
  let isOffline: Bool
  let job: RunJob
  let budget: RunBudget
  /// What the worker of a shared run holds; `nil` for a run of its own.
  let share: RunShare?
  /// What is to be asked by a batch; `nil` where requests are sent by themselves.
  let orders: BatchOrders?
  let observe: ProgressObserver

  /// The reply; once it has begun, a break is not an error, since the rows so far are paid.
  ///
  /// - Throws: `GeminiError` when no reply began; `RunStoreError` when it cannot be stored;
  ///   `CancellationError`; `AwaitsAnswer` where a batch has to be asked.
  func reply(to order: RequestOrder) async throws -> ReceivedReply {
    while let request = job.earlier.next(order.digest) {
      var reply = ReceivedReply(
        stored: try store.reply(of: request.id),
        isKnownBroken: request.ending.status == .broken,
        order: order,
        hiding: client.secrets
      )
      reply?.isBatched = request.batch != nil
      reply?.isCounted = !job.earlier.isNews(request)
      if let reply { return reply }
    }
    guard !isOffline else { throw Self.notStored }
    let estimate = planned(order)?.cost ?? job.prepared.cost(of: order)
    if let orders {
      try orders.add(order, of: job, cost: estimate, budget)
      throw AwaitsAnswer()
    }
    let cost = estimate?.cached
    try await share?.enter()
    defer { share?.leave() }
    let reservation = try await budget.reserve(cost)
    var received: ReceivedReply?
    defer { settle(reservation, received) }
    let payload = try await media.payload(of: job.prepared.delivery(for: order), observe)
    let record = try await begin(order, cost)
    let attempts = Lock(1)
    do {
      let began = ContinuousClock.now
      var reply = try await receive(order, payload, record, attempts, reservation)
      reply.seconds = (ContinuousClock.now - began) / .seconds(1)
      received = reply
      let tries = attempts.withLock { $0 }
      try store.finish(
        request: record,
        RequestEnding(reply, attempts: tries, job.prepared.quote(for: order))
      )
      // Only now it is known who answers.
      if let standIn { try store.setStandIn(of: job.item, standIn) }
      return reply
    } catch let error as GeminiError {
      let tries = attempts.withLock { $0 }
      try store.finish(
        request: record,
        RequestEnding(.failed, attempts: tries, error: error.description)
      )
      throw error
    }
  }

  /// Notes that a request is about to be sent.
  private func begin(_ order: RequestOrder, _ cost: CostRange?) async throws -> Int64 {
    let request = NewRequest(order, expected: cost?.expected)
    guard let share else { return try store.begin(request, of: job.item) }
    return try await share.begin(request, of: job.item, cost: cost)
  }

  /// What has answered in the place of the service, where that was not known before.
  private var standIn: StandIn? {
    client.isEmulated && job.standIn == nil ? .emulator : nil
  }

  private func settle(_ reservation: RunBudget.Reservation, _ reply: ReceivedReply?) {
    let bill = reply.flatMap(job.prepared.quote.bill)
    budget.settle(reservation, bill: bill, isAnswered: reply != nil)
  }

  /// The request as the plan knows it; `nil` for one that nobody could foresee.
  private func planned(_ order: RequestOrder) -> Plan.Entry? {
    switch order.kind {
    case .clip: entry
    case .speakers: secondPass
    case .words: words.first { $0.request.source.range == order.range } ?? words.first
    case .continuation, .gap, .names: nil
    }
  }

  /// Waits as the service wants it after a reply that ended in a failure that may pass.
  ///
  /// - Throws: `GeminiError`, the failure itself, when it happened too often or asks for too long.
  func rest(after replies: [ReceivedReply]) async throws {
    guard let last = replies.last, !last.isStored, let error = last.interruption else { return }
    let failures = replies.reversed().prefix { $0.interruption != nil && !$0.isStored }.count
    try await client.rest(after: error, attempt: failures) { observe(.retrying($0)) }
  }

  /// The most bytes of a reply; far more than a model writes at once.
  static let replyLimit = 64 << 20

  private static let notStored = GeminiError(
    .notRecorded,
    "the store has no reply to this request",
    remedy: "run tabscribe runs resume, which sends what is missing"
  )

  private func receive(
    _ order: RequestOrder,
    _ payload: Part.Payload,
    _ record: Int64,
    _ attempts: Lock<Int>,
    _ reservation: RunBudget.Reservation
  ) async throws -> ReceivedReply {
    observe(.waiting)
    let (store, observe) = (store, observe)
    let replies = Lock(0)
    let options = CallOptions(
      onReply: { event in
        switch event {
        case .began:
          let isFirst = replies.withLock { count in
            defer { count += 1 }
            return count == 0
          }
          if !isFirst { try store.append(StoredAnswer.separator, to: record) }
        case .bytes(let bytes): try store.append(bytes, to: record)
        }
      },
      onRetry: { notice in
        attempts.withLock { $0 = notice.attempt + 1 }
        observe(.retrying(notice))
      },
      mayGoOn: { [budget, share, quote = job.prepared.quote(for: order)] usage in
        guard let cost = usage.flatMap({ quote.cost(of: Usage($0))?.total }) else { return }
        guard let share else { return try budget.checkGoingOn(reservation, running: cost) }
        try share.checkGoingOn(record, running: cost)
      }
    )
    var request = order.request.replacingPlaceholder(with: payload)
    if let caches, let planned = planned(order) {
      request = try await caches.request(request, model: order.model, prefix: planned.prefix)
    }
    let stream = try await client.streamAnswer(request, model: order.model, options: options)
    var reply = ReplyAccumulator(order: order, hiding: client.secrets)
    do {
      for try await chunk in stream {
        let goesOn = reply.add(chunk)
        observe(.receiving(rows: reply.rows.count, reached: reply.rows.reached))
        // Leaving the stream ends the transfer.
        guard goesOn else { break }
      }
    } catch let error as GeminiError {
      guard reply.isBilled else { throw error }
      return reply.finish(interruption: error)
    }
    await caches?.extend(entry.prefix)
    return reply.finish()
  }
}
