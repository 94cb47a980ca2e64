/// How a program ends, as the shell sees it.
package struct ExitCode: RawRepresentable, Hashable, Sendable {
  /// The number handed to the shell.
  package let rawValue: Int32

  /// A code of one's own.
  package init(rawValue: Int32) { self.rawValue = rawValue }

  /// Done.
  package static let done = Self(rawValue: 0)
  /// Failed.
  package static let failed = Self(rawValue: 1)
  /// The command line cannot be understood.
  package static let usage = Self(rawValue: 2)
  /// Finished, but the result is incomplete.
  package static let incomplete = Self(rawValue: 3)
  /// Refused by a cost or token limit.
  package static let limit = Self(rawValue: 4)
  /// Credentials are missing or wrong.
  package static let credentials = Self(rawValue: 5)
  /// The provider cannot be reached, also after retries.
  package static let unavailable = Self(rawValue: 6)
  /// A quality gate failed.
  package static let gate = Self(rawValue: 100)
  /// Interrupted from the keyboard.
  package static let interrupted = Self(rawValue: 130)

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
