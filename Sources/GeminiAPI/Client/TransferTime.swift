/// How long an exchange with the service may take, by what it carries.
///
/// The bounds are far beyond what works; they are there so that nothing is waited for without end.
package enum TransferTime {
  /// Without a byte of an answer: thinking, long prompts and the cheap tier take minutes.
  static let silence = Duration.seconds(600)
  /// Without a byte of anything else.
  package static let quiet = Duration.seconds(120)

  /// Bytes a second of the slowest line that is worth waiting for.
  private static let slowest = 16_384
  /// Tokens a second of the slowest model, and the most tokens of one answer (2026-11).
  private static let (tokensPerSecond, mostTokens) = (15, 65_536)

  /// The longest that an answer may take to come in whole, once it has begun.
  static func ofAnswer(sending bytes: Int) -> Duration {
    .seconds(mostTokens / tokensPerSecond) + ofBytes(bytes)
  }

  /// The longest for anything else.
  package static func ofReply(sending bytes: Int) -> Duration { .seconds(300) + ofBytes(bytes) }

  /// The longest for a file of unknown length: the largest that is read at four times the slowest
  /// line's pace.
  static let ofDownload = Duration.seconds((2 << 30) / (slowest * 4))

  private static func ofBytes(_ count: Int) -> Duration { .seconds(count / slowest) }
}
