internal import GeminiAPI
internal import TranscriptModel

/// What the way a reply ended says about what is missing.
enum ReplyFindings {
  /// What a reply that is all there is says.
  static func findings(_ reply: ReceivedReply) -> [Finding] {
    finding(reply).map { code, event in
      let rest = reply.blockReason == nil ? ": rows after the last one are missing." : "."
      return [Finding(code, event + rest)]
    } ?? []
  }

  /// What a reply says when the rest was asked for again: worth knowing, and nothing is missing.
  static func findingsOfRecovered(_ reply: ReceivedReply) -> [Finding] {
    finding(reply).map { code, event in
      [Finding(code, .note, "\(event). The rest was asked for again and is here.")]
    } ?? []
  }

  /// The code, and what happened, without a full stop; `nil` when nothing did.
  private static func finding(_ reply: ReceivedReply) -> (Finding.Code, String)? {
    if let reason = reply.blockReason {
      return (
        .blocked,
        "The service refused the request (\(reason.rawValue)), so there is no transcript; another "
          + "model or a shorter clip may be accepted"
      )
    }
    if let error = reply.interruption {
      return (.truncated, error.message.prefix(1).uppercased() + error.message.dropFirst())
    }
    if reply.isLooping {
      return (.looped, "The model repeated itself without end, so its reply was not read further")
    }
    guard let reason = reply.finishReason, reason != .stop else { return nil }
    if reason == .maxTokens { return (.truncated, "The model reached its output limit") }
    return (.blocked, "The service stopped the reply (\(reason.rawValue))")
  }
}
