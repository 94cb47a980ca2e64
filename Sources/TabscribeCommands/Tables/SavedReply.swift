internal import GeminiAPI

/// A reply as someone saved it: the model's text, a whole answer of the service, or its stream.
struct SavedReply {
  /// The model's text.
  let text: [UInt8]
  /// Whether the service said that the model stopped by itself.
  let modelStopped: Bool

  /// Finds the model's text in what was saved.
  init(_ bytes: [UInt8]) {
    guard let answer = StoredAnswer(bytes) else {
      text = bytes
      modelStopped = false
      return
    }
    text = answer.chunks.flatMap { Array($0.text.utf8) }
    modelStopped = answer.finishReason == .stop
  }
}
