#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension RunStore {
  /// What a run has cost so far, in US dollars.
  ///
  /// A request that was sent and has no price, since nobody saw its end or nothing was counted, counts
  /// by what it was expected to cost; one that failed before it was answered is free.
  public func spending(of run: String) throws(RunStoreError) -> Decimal {
    try access { connection throws(RunStoreError) in try connection.spending(of: run).sum }
  }

  /// Sets the most that a run may cost, in US dollars.
  public func setCostLimit(of run: String, _ limit: Decimal) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        "UPDATE runs SET cost_limit = ? WHERE id = ?",
        .money(limit),
        .text(run)
      )
    }
  }

  /// Notes that a request of a shared run is about to be sent, if its part is still held and the limit of
  /// the run allows it, over all workers.
  ///
  /// - Parameter judge: Says whether it may be sent, by the limit and by what the run has cost and those under
  ///   way will; asked only where the run has a limit, and more than once where a server went away meanwhile.
  /// - Returns: What came of it; `nil` when another worker has the part.
  public func begin(
    _ request: NewRequest,
    of item: Int64,
    in part: HeldPart,
    judge: (_ limit: Decimal, _ spending: RunSpending) -> CostJudgement
  ) throws(RunStoreError) -> RequestAdmission? {
    let now = now()
    return try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        guard try connection.isHeld(part) else { return nil }
        switch try connection.judgement(on: part.run, judge) {
        case .proceed: return .begun(try connection.begin(request, of: item, at: now))
        case .wait: return .later
        case .refuse(let why): return .refused(why)
        }
      }
    }
  }

  /// Notes that a request under way counts for more than was expected, if the limit of its run allows that,
  /// over all workers.
  ///
  /// - Returns: Why not, in a sentence; `nil` when it is allowed.
  public func raise(
    _ request: Int64,
    to expected: Decimal,
    in part: HeldPart,
    judge: (_ limit: Decimal, _ spending: RunSpending) -> CostJudgement
  ) throws(RunStoreError) -> String? {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        try connection.run(
          "UPDATE requests SET expected_cost = ? WHERE id = ?",
          .money(expected),
          .int(request)
        )
        guard case .refuse(let why) = try connection.judgement(on: part.run, judge) else {
          return nil
        }
        return why
      }
    }
  }

  /// Counts what has a price and no bill, such as a cache that is kept, if the limit of the run allows it.
  ///
  /// - Returns: Whether it is allowed and counted.
  public func charge(
    _ cost: Decimal,
    to part: HeldPart,
    judge: (_ limit: Decimal, _ spending: RunSpending) -> CostJudgement
  ) throws(RunStoreError) -> Bool {
    try access { connection throws(RunStoreError) in
      try connection.transaction { () throws(RunStoreError) in
        guard case .proceed = try connection.judgement(on: part.run, judge) else { return false }
        let before = try connection.first(
          "SELECT charged FROM parts WHERE id = ?",
          .int(part.id)
        ) { $0.money(0) }
        try connection.run(
          "UPDATE parts SET charged = ? WHERE id = ?",
          .money(((before ?? nil) ?? 0) + cost),
          .int(part.id)
        )
        return true
      }
    }
  }
}

/// Whether money may be spent.
public enum CostJudgement: Hashable, Sendable {
  /// It may.
  case proceed
  /// Not while others are under way.
  case wait
  /// It may not; why, in a sentence.
  case refuse(String)
}

extension Connection {
  fileprivate func judgement(
    on run: String,
    _ judge: (Decimal, RunSpending) -> CostJudgement
  ) throws(RunStoreError) -> CostJudgement {
    let limit = try first("SELECT cost_limit FROM runs WHERE id = ?", .text(run)) { $0.money(0) }
    guard let limit = limit ?? nil else { return .proceed }
    return judge(limit, try spending(of: run))
  }

  /// What a run has cost, and what its requests under way will.
  func spending(of run: String) throws(RunStoreError) -> RunSpending {
    let clock = try clock()
    var spending = RunSpending()
    try each(
      """
      SELECT r.cost, r.expected_cost, r.status = 'sent' AND p.ended_ms IS NULL AND r.id > p.since
        AND (p.leased_until_ms > ?2 OR ?3 + p.lease_ms > ?2)
      FROM requests r JOIN items i ON i.id = r.item
        LEFT JOIN part_items o ON o.item = i.id LEFT JOIN parts p ON p.id = o.part
      WHERE i.run = ?1 AND r.status != 'failed'
      """,
      [.text(run), .int(clock.now), .int(clock.upSince)]
    ) { row in
      spending.add(cost: row.money(0), expected: row.money(1), isUnderWay: row.flag(2))
      return true
    }
    try each(
      "SELECT charged FROM parts WHERE run = ? AND charged IS NOT NULL",
      [.text(run)]
    ) { row in
      spending.assumed += row.money(0) ?? 0
      return true
    }
    return spending
  }
}

extension RunSpending {
  fileprivate mutating func add(cost: Decimal?, expected: Decimal?, isUnderWay: Bool) {
    if let cost {
      billed += cost
      dearest = max(dearest, cost)
      guard let expected else { return }
      compared.expected += expected
      compared.billed += cost
    } else if isUnderWay {
      underWay.append(expected)
    } else {
      assumed += expected ?? 0
    }
  }
}
