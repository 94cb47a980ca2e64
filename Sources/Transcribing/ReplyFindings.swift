internal import GeminiAPI
internal import TranscriptModel

/// What the way a reply ended says about what is missing.
enum ReplyFindings {
  static func findings(_ reply: ReceivedReply) -> [Finding] {
    if let reason = reply.blockReason {
      return [
        Finding(
          .blocked,
          "The service refused the request (\(reason.rawValue)): there is no transcript. Another "
            + "model or a shorter clip may be accepted."
        )
      ]
    }
    if let error = reply.interruption {
      let reason = error.message.prefix(1).uppercased() + error.message.dropFirst()
      return [Finding(.truncated, "\(reason). Rows may be missing.")]
    }
    if reply.isLooping {
      return [
        Finding(
          .looped,
          "The model repeated itself without end, so its reply was not read further: rows after the "
            + "last one are missing. A shorter clip (--start, --end) fetches the rest."
        )
      ]
    }
    guard let reason = reply.finishReason, reason != .stop else { return [] }
    if reason == .maxTokens {
      return [
        Finding(
          .truncated,
          "The model reached its output limit: rows after the last one are missing. A shorter "
            + "clip (--start, --end) fetches the rest."
        )
      ]
    }
    return [
      Finding(
        .blocked,
        "The service stopped the reply (\(reason.rawValue)): rows after the last one are missing."
      )
    ]
  }
}
