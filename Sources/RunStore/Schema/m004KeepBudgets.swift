extension Migration {
  /// The budget of a run, which goes on when the run is taken up.
  ///
  /// The most that it may cost, what each item was expected to cost when it began, and what each
  /// request was before it was sent; a request of which nobody saw the end counts by that.
  static let m004KeepBudgets = Migration(
    name: "m004KeepBudgets",
    sql: """
      ALTER TABLE runs ADD COLUMN cost_limit TEXT;
      ALTER TABLE items ADD COLUMN estimate TEXT;
      ALTER TABLE requests ADD COLUMN expected_cost TEXT;
      """
  )
}
