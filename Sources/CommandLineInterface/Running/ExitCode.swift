/// How a program ends, as the shell sees it.
public struct ExitCode: RawRepresentable, Hashable, Sendable {
  /// The number handed to the shell.
  public let rawValue: Int32

  /// A code of one's own.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Done.
  public static let done = Self(rawValue: 0)
  /// Failed.
  public static let failed = Self(rawValue: 1)
  /// The command line cannot be understood.
  public static let usage = Self(rawValue: 2)
  /// Finished, but the result is incomplete.
  public static let incomplete = Self(rawValue: 3)
  /// Refused by a cost or token limit.
  public static let limit = Self(rawValue: 4)
  /// Credentials are missing or wrong.
  public static let credentials = Self(rawValue: 5)
  /// The provider cannot be reached, also after retries.
  public static let unavailable = Self(rawValue: 6)
  /// A quality gate failed.
  public static let gate = Self(rawValue: 100)
  /// Interrupted from the keyboard.
  public static let interrupted = Self(rawValue: 130)

  /// A word for the code in machine-readable errors.
  var word: String {
    switch self {
    case .done: "done"
    case .usage: "usage"
    case .incomplete: "incomplete"
    case .limit: "limit"
    case .credentials: "credentials"
    case .unavailable: "unavailable"
    case .gate: "gate"
    case .interrupted: "interrupted"
    default: "failed"
    }
  }
}
