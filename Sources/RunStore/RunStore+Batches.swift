public import OrderedJSON
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

// MARK: Batches

extension RunStore {
  /// What a run is to do, for one that is taken up without its command line.
  public func work(of run: String) throws(RunStoreError) -> JSONValue? {
    try access { connection throws(RunStoreError) in
      let work = try connection.first("SELECT work FROM runs WHERE id = ?", .text(run)) {
        row throws(RunStoreError) in try row.optionalJSON(0)
      }
      return work ?? .none
    }
  }

  /// Notes what a run is to do.
  public func keep(work: JSONValue, of run: String) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        "UPDATE runs SET work = ? WHERE id = ?",
        .json(work),
        .text(run)
      )
    }
  }

  /// The ids of the runs that are carried by batches, the oldest first.
  public func batchRuns() throws(RunStoreError) -> [String] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        "SELECT id FROM runs WHERE work IS NOT NULL ORDER BY started_ms, id"
      ) { $0.text(0) }
    }
  }

  /// The run that has one of some identities in a batch whose answers are still to come, or `nil`.
  public func batchRun(at identities: [String]) throws(RunStoreError) -> String? {
    try access { connection throws(RunStoreError) in
      for identity in identities {
        let run = try connection.first(
          """
          SELECT b.run FROM batches b JOIN requests r ON r.batch = b.id
            JOIN items i ON i.id = r.item
          WHERE b.stage IN ('creating', 'submitted', 'fetched') AND r.status = 'sent'
            AND i.identity = ?
          LIMIT 1
          """,
          .text(identity)
        ) { $0.text(0) }
        if let run { return run }
      }
      return nil
    }
  }

  /// Notes the next batch of a run with its requests, all or nothing, and returns it.
  public func begin(
    _ batch: NewBatch,
    of run: String,
    asking requests: [(item: Int64, request: NewRequest, body: JSONValue)]
  ) throws(RunStoreError) -> StoredBatch {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        let id = try connection.insert(batch, run: run)
        for (item, request, body) in requests {
          try connection.insert(request, of: item, batch: id, body: body, at: now())
        }
        guard let stored = try connection.batch(id) else {
          throw .unexpectedValue("nothing where a batch was just put")
        }
        return stored
      }
    }
  }

  /// Notes that the replies a run has were brought by one of its batches.
  public func note(repliesOf run: String, broughtBy batch: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        """
        UPDATE requests SET batch = ?
        WHERE batch IS NULL AND item IN (SELECT id FROM items WHERE run = ?)
        """,
        .int(batch),
        .text(run)
      )
    }
  }

  /// The batches of a run, the first round first.
  public func batches(of run: String) throws(RunStoreError) -> [StoredBatch] {
    try access { connection throws(RunStoreError) in
      let ids = try connection.rows(
        "SELECT id FROM batches WHERE run = ? ORDER BY round",
        .text(run)
      ) { $0.int64(0) }
      var batches: [StoredBatch] = []
      for id in ids { if let batch = try connection.batch(id) { batches.append(batch) } }
      return batches
    }
  }

  /// Notes how far a batch is; survives a loss of power.
  public func note(_ batch: StoredBatch) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        _ = try connection.run(
          """
          UPDATE batches SET stage = ?, name = ?, state = ?, failure = ?, submitted_ms = ?
          WHERE id = ?
          """,
          .text(batch.stage.rawValue),
          .text(batch.name),
          .text(batch.state),
          .text(batch.failure),
          .time(batch.submittedAt),
          .int(batch.id)
        )
      }
    }
  }

  /// The requests of a batch in the order in which they are asked.
  public func requests(in batch: Int64) throws(RunStoreError) -> [BatchedRequest] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        """
        SELECT id, item, kind, clip_start_ms, clip_end_ms, body_digest, expected_cost, status, error,
          body, sent_digest
        FROM requests WHERE batch = ? ORDER BY id
        """,
        .int(batch)
      ) { row throws(RunStoreError) in
        BatchedRequest(
          id: row.int64(0),
          item: row.int64(1),
          request: NewRequest(
            kind: RequestKind(rawValue: row.text(2)),
            clip: Self.range(row.optionalInt(3), row.optionalInt(4)),
            bodyDigest: row.text(5),
            expectedCost: row.money(6)
          ),
          status: try row.word(7),
          error: row.optionalText(8),
          body: try row.optionalJSON(9),
          sentDigest: row.optionalText(10)
        )
      }
    }
  }

  /// Notes the digests of requests as they are sent, by which answers may be told apart.
  public func note(sent digests: [Int64: String]) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        for (request, digest) in digests {
          try connection.run(
            "UPDATE requests SET sent_digest = ? WHERE id = ?",
            .text(digest),
            .int(request)
          )
        }
      }
    }
  }
}

// MARK: Answers

extension RunStore {
  /// Adds lines of answers of a batch, as they came.
  public func keep(answers lines: [[UInt8]], of batch: Int64) throws(RunStoreError) {
    guard !lines.isEmpty else { return }
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        for line in lines {
          try connection.run(
            "INSERT INTO batch_answers (batch, line) VALUES (?, ?)",
            .int(batch),
            .blob(line)
          )
        }
      }
    }
  }

  /// Forgets the answers of a batch of which only a part came.
  public func dropAnswers(of batch: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run("DELETE FROM batch_answers WHERE batch = ?", .int(batch))
    }
  }

  /// The next answer of a batch that was not taken for a reply; `nil` when there is none.
  ///
  /// - Parameter last: The number of the answer before; 0 for the first.
  public func answer(
    of batch: Int64,
    after last: Int64
  ) throws(RunStoreError) -> (id: Int64, line: [UInt8])? {
    try access { connection throws(RunStoreError) in
      try connection.first(
        "SELECT id, line FROM batch_answers WHERE batch = ? AND id > ? ORDER BY id LIMIT 1",
        .int(batch),
        .int(last)
      ) { row in
        var line: [UInt8] = []
        row.append(1, to: &line)
        return (id: row.int64(0), line: line)
      }
    }
  }

  /// Takes an answer for the reply of a request, which has ended by it; all or nothing.
  ///
  /// - Parameters:
  ///   - answer: The answer's number; `nil` when there was none.
  ///   - reply: What is kept as the bytes of the reply.
  public func settle(
    request: Int64,
    by answer: Int64?,
    reply: [UInt8],
    _ ending: RequestEnding
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        if !reply.isEmpty {
          try connection.run(
            "INSERT INTO reply_chunks (request, bytes) VALUES (?, ?)",
            .int(request),
            .blob(reply)
          )
        }
        try connection.end(request, ending, at: now())
        try connection.run("UPDATE requests SET body = NULL WHERE id = ?", .int(request))
        try connection.run("DELETE FROM batch_answers WHERE id = ?", .int(answer))
      }
    }
  }
}

extension Connection {
  fileprivate func insert(_ batch: NewBatch, run: String) throws(RunStoreError) -> Int64 {
    try one(
      """
      INSERT INTO batches (run, round, stage, model, storage, retry_of, online_cost, batch_cost)
      VALUES (?1, (SELECT count(*) + 1 FROM batches WHERE run = ?1), 'noted', ?, ?, ?, ?, ?)
      RETURNING id
      """,
      .text(run),
      .text(batch.model),
      .text(batch.storage),
      .text(batch.retryOf),
      .json(batch.onlineCost?.json),
      .json(batch.batchCost?.json)
    )
  }

  fileprivate func insert(
    _ request: NewRequest,
    of item: Int64,
    batch: Int64,
    body: JSONValue,
    at now: Date
  ) throws(RunStoreError) {
    try run(
      """
      INSERT INTO requests (item, kind, clip_start_ms, clip_end_ms, body_digest, expected_cost,
        status, started_ms, batch, body)
      VALUES (?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?)
      """,
      .int(item),
      .text(request.kind.rawValue),
      .int(request.clip?.start.milliseconds),
      .int(request.clip?.end.milliseconds),
      .text(request.bodyDigest),
      .money(request.expectedCost),
      .time(now),
      .int(batch),
      .json(body)
    )
  }

  fileprivate func batch(_ id: Int64) throws(RunStoreError) -> StoredBatch? {
    try first(
      """
      SELECT id, run, round, model, storage, retry_of, online_cost, batch_cost, stage, name, state,
        failure, submitted_ms,
        (SELECT count(*) FROM requests WHERE batch = batches.id),
        (SELECT count(*) FROM requests WHERE batch = batches.id AND status = 'answered')
      FROM batches WHERE id = ?
      """,
      .int(id)
    ) { row throws(RunStoreError) in
      StoredBatch(
        id: row.int64(0),
        run: row.text(1),
        round: row.int(2),
        batch: NewBatch(
          model: row.text(3),
          storage: row.optionalText(4),
          retryOf: row.optionalText(5),
          onlineCost: try row.optionalJSON(6).flatMap(MoneyRange.init),
          batchCost: try row.optionalJSON(7).flatMap(MoneyRange.init)
        ),
        stage: try row.word(8),
        name: row.optionalText(9),
        state: row.optionalText(10),
        failure: row.optionalText(11),
        submittedAt: row.optionalDate(12),
        requestCount: row.int(13),
        answeredCount: row.int(14)
      )
    }
  }
}
