internal import GeminiAPI

/// A reply as someone saved it: the model's text, a whole answer of the service, or its stream.
package struct SavedReply {
  /// The model's text.
  package let text: [UInt8]
  /// Whether the service said that the model stopped by itself.
  package let modelStopped: Bool

  /// Finds the model's text in what was saved.
  ///
  /// - Throws: `Refusal` for the results of several requests, and a failure that was saved.
  package init(_ saved: [UInt8]) throws {
    let bytes = Self.utf8(saved)
    guard let answer = StoredAnswer(bytes) else {
      text = bytes.starts(with: Self.byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
      modelStopped = false
      return
    }
    guard answer.batchAnswers < 2 else {
      throw Refusal.usage(
        "This holds the answers to \(answer.batchAnswers) requests of a batch.",
        remedy: "Give one line of it at a time, as with sed -n 1p FILE | tabscribe tables."
      )
    }
    if answer.chunks.isEmpty, let error = answer.error {
      throw error
    }
    text = answer.chunks.flatMap { Array($0.text.utf8) }
    modelStopped = answer.finishReason == .stop
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Bytes in UTF-16 with a byte order mark, as PowerShell redirects output, in UTF-8; others as they
  /// are.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
      let pair = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
