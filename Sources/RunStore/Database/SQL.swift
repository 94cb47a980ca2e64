/// A statement: once where both engines take the same, side by side where they do not.
///
/// Statements are `StaticString`s: none can be put together from values. Parameters are `?` or `?N`.
struct SQL: ExpressibleByStringLiteral {
  let sqlite: StaticString
  let postgresql: StaticString
  /// Whether a server makes a plan for the values each time it is run.
  private(set) var isPlannedAnew = false

  /// A statement for a server whose best plan depends on its values.
  init(plannedAnew text: StaticString) {
    self.init(stringLiteral: text)
    isPlannedAnew = true
  }

  init(stringLiteral text: StaticString) { (sqlite, postgresql) = (text, text) }

  init(sqlite: StaticString, postgresql: StaticString) {
    (self.sqlite, self.postgresql) = (sqlite, postgresql)
  }
}
