/// Why a text is not a time.
public struct TimecodeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the text.
  public enum Reason: Hashable, Sendable {
    /// Nothing but blanks.
    case empty
    /// A minus sign: a video has no time before its start.
    case negative
    /// A start and an end where one moment is due.
    case range
    /// No known spelling of a time.
    case malformed
  }

  /// The text, cut after 64 characters.
  public let text: String
  /// What is wrong with it.
  public let reason: Reason

  /// An error about a text.
  public init(text: String, reason: Reason) {
    self.text = text.count > 64 ? text.prefix(64) + "…" : text
    self.reason = reason
  }

  /// The text, what is wrong, and what to write instead.
  public var description: String {
    let forms = "write M:SS, H:MM:SS, seconds or 1h2m3s"
    return switch reason {
    case .empty: "a time is missing; \(forms)"
    case .negative: "“\(text)” is before the start; \(forms)"
    case .range: "“\(text)” is a range where one moment is due; \(forms)"
    case .malformed: "“\(text)” is not a time; \(forms)"
    }
  }
}
