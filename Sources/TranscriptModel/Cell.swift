/// A typed value of a table.
public enum Cell: Hashable, Sendable {
  /// Not found: `?`, `null` or an empty cell in the reply.
  case missing
  /// Text, exactly as the reply has it.
  case text(String)
  /// A whole number.
  case integer(Int)
  /// Another number, as it was written.
  case number(String)
  /// True or false.
  case boolean(Bool)
  /// A moment of the video, in source time.
  case time(Timecode)
  /// A value that does not have its column's type, as it was written.
  case invalid(String)

  /// The cell as text: `?` for a missing value.
  public var rendered: String {
    switch self {
    case .missing: "?"
    case .text(let text), .number(let text), .invalid(let text): text
    case .integer(let value): String(value)
    case .boolean(let flag): flag ? "true" : "false"
    case .time(let time): time.renderedExactly
    }
  }
}
