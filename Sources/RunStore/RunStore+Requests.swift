internal import OrderedJSON
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension RunStore {
  /// Notes that a request is about to be sent and returns its number.
  public func begin(_ request: NewRequest, of item: Int64) throws(RunStoreError) -> Int64 {
    try access { connection throws(RunStoreError) in
      try connection.begin(request, of: item, at: now())
    }
  }

  /// Adds bytes to the reply of a request, as they arrived.
  public func append(_ bytes: [UInt8], to request: Int64) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        "INSERT INTO reply_chunks (request, bytes) VALUES (?, ?)",
        .int(request),
        .blob(bytes)
      )
    }
  }

  /// Notes how a request ended, which seals its reply against a loss of power.
  public func finish(request: Int64, _ ending: RequestEnding) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        try connection.end(request, ending, at: now())
      }
    }
  }

  /// The requests of an item, in the order in which they were begun.
  public func requests(of item: Int64) throws(RunStoreError) -> [StoredRequest] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        """
        SELECT id, kind, clip_start_ms, clip_end_ms, body_digest, status, finish_reason, usage, cost,
          attempts, error, started_ms, ended_ms,
          (SELECT coalesce(sum(length(bytes)), 0) FROM reply_chunks WHERE request = requests.id),
          expected_cost, batch
        FROM requests WHERE item = ? ORDER BY id
        """,
        .int(item),
        read: Self.request
      )
    }
  }

  /// The bytes of a reply so far, in the order in which they arrived; empty when there are none.
  ///
  /// - Parameter limit: No more than this many bytes from the beginning.
  public func reply(
    of request: Int64,
    upTo limit: Int = .max
  ) throws(RunStoreError) -> [UInt8] {
    try access { connection throws(RunStoreError) in
      var bytes: [UInt8] = []
      try connection.each(
        "SELECT bytes FROM reply_chunks WHERE request = ? ORDER BY id",
        [.int(request)]
      ) { row in
        row.append(0, to: &bytes)
        return bytes.count < limit
      }
      return bytes.count <= limit ? bytes : Array(bytes.prefix(limit))
    }
  }

  private static func request(_ row: Row) throws(RunStoreError) -> StoredRequest {
    StoredRequest(
      id: row.int64(0),
      request: NewRequest(
        kind: RequestKind(rawValue: row.text(1)),
        clip: range(row.optionalInt(2), row.optionalInt(3)),
        bodyDigest: row.text(4),
        expectedCost: row.money(14)
      ),
      ending: RequestEnding(
        try row.word(5),
        finishReason: row.optionalText(6),
        usage: try row.usage(7),
        cost: row.money(8),
        attempts: row.int(9),
        error: row.optionalText(10)
      ),
      startedAt: row.date(11),
      endedAt: row.optionalDate(12),
      replySize: row.int(13),
      batch: row.isNull(15) ? nil : row.int64(15)
    )
  }

  static func range(_ start: Int?, _ end: Int?) -> TimeRange? {
    guard let start, let end, start <= end else { return nil }
    return TimeRange(start: Timecode(milliseconds: start), end: Timecode(milliseconds: end))
  }
}

extension Connection {
  /// Notes that a request is about to be sent and returns its number.
  func begin(
    _ request: NewRequest,
    of item: Int64,
    at now: Date
  ) throws(RunStoreError) -> Int64 {
    try one(
      """
      INSERT INTO requests (item, kind, clip_start_ms, clip_end_ms, body_digest, expected_cost,
        status, started_ms)
      VALUES (?, ?, ?, ?, ?, ?, 'sent', ?)
      RETURNING id
      """,
      .int(item),
      .text(request.kind.rawValue),
      .int(request.clip?.start.milliseconds),
      .int(request.clip?.end.milliseconds),
      .text(request.bodyDigest),
      .money(request.expectedCost),
      .time(now)
    )
  }

  /// Notes how a request ended.
  func end(_ request: Int64, _ ending: RequestEnding, at now: Date) throws(RunStoreError) {
    let changed = try run(
      """
      UPDATE requests SET status = ?, finish_reason = ?, usage = ?, cost = ?, attempts = ?,
        error = ?, ended_ms = ?
      WHERE id = ?
      """,
      .text(ending.status.rawValue),
      .text(ending.finishReason),
      .json(ending.usage?.json),
      .money(ending.cost),
      .int(ending.attempts),
      .text(ending.error),
      .time(now),
      .int(request)
    )
    guard changed == 1 else { throw .unknownRequest(request) }
  }
}

extension Row {
  fileprivate func usage(_ column: Int) throws(RunStoreError) -> Usage? {
    guard let json = try optionalJSON(column) else { return nil }
    do throws(TranscriptDocumentError) {
      return try Usage(json: json)
    } catch {
      throw .unexpectedValue("token counts that cannot be read")
    }
  }
}

extension RunStoreError {
  fileprivate static func unknownRequest(_ request: Int64) -> RunStoreError {
    RunStoreError(
      .inconsistent,
      "There is no request with the number \(request).",
      remedy: "Its run was probably deleted; run the command again."
    )
  }
}
