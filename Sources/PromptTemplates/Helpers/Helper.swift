/// What a name in the place of a helper means.
enum Helper: Sendable {
  case `if`
  case unless
  case each
  case with
  case lookup
  case log
  case raw
  case json
  case role
  case history
  case media
  case section
  case ifEquals
  case unlessEquals
  case custom(PromptHelper)

  /// Handlebars' own helpers and Dotprompt's.
  static let standard: [String: Helper] = [
    "if": .if, "unless": .unless, "each": .each, "with": .with, "lookup": .lookup, "log": .log,
    "raw": .raw, "json": .json, "role": .role, "history": .history, "media": .media,
    "section": .section, "ifEquals": .ifEquals, "unlessEquals": .unlessEquals,
  ]

  /// The helpers in reach: the standard ones, and the caller's, which may replace them.
  static func all(with custom: [String: PromptHelper]) -> [String: Helper] {
    standard.merging(custom.mapValues { .custom($0) }) { $1 }
  }
}
