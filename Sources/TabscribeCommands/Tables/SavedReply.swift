internal import CommandLineInterface
internal import GeminiAPI

/// A reply as someone saved it: the model's text, a whole answer of the service, or its stream.
struct SavedReply {
  /// The model's text.
  let text: [UInt8]
  /// Whether the service said that the model stopped by itself.
  let modelStopped: Bool

  /// Finds the model's text in what was saved.
  ///
  /// - Throws: `CommandError` for the results of several requests, and for a saved failure.
  init(_ bytes: [UInt8]) throws(CommandError) {
    guard let answer = StoredAnswer(bytes) else {
      text = bytes.starts(with: Self.byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
      modelStopped = false
      return
    }
    guard answer.batchAnswers < 2 else {
      throw .usage(
        "This holds the answers to \(answer.batchAnswers) requests of a batch.",
        remedy: "Give one line of it at a time, as with sed -n 1p FILE | tabscribe tables."
      )
    }
    if answer.chunks.isEmpty, let error = answer.error {
      throw ErrorExplanation.commandError(error)
    }
    text = answer.chunks.flatMap { Array($0.text.utf8) }
    modelStopped = answer.finishReason == .stop
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
