/// A statement: once where both engines take the same, side by side where they do not.
///
/// Statements are `StaticString`s: none can be put together from values. Parameters are `?` or `?N`.
struct SQL: ExpressibleByStringLiteral {
  let sqlite: StaticString
  let postgresql: StaticString

  init(stringLiteral text: StaticString) { (sqlite, postgresql) = (text, text) }

  init(sqlite: StaticString, postgresql: StaticString) {
    (self.sqlite, self.postgresql) = (sqlite, postgresql)
  }
}
