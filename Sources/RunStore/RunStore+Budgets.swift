#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension RunStore {
  /// What the requests of a run have cost so far, in US dollars.
  ///
  /// A request that was sent and has no price, since nobody saw its end or nothing was counted, counts
  /// by what it was expected to cost; one that failed before it was answered is free.
  public func spending(of run: String) throws(RunStoreError) -> Decimal {
    try access { connection throws(RunStoreError) in
      var sum = Decimal(0)
      try connection.each(
        """
        SELECT coalesce(r.cost, r.expected_cost)
        FROM requests r JOIN items i ON i.id = r.item
        WHERE i.run = ? AND r.status != 'failed'
        """,
        [.text(run)]
      ) { row in
        sum += row.money(0) ?? 0
        return true
      }
      return sum
    }
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
}
