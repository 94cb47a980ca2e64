internal import GeminiAPI
internal import OrderedJSON

/// A reply as someone saved it: the model's text, a whole answer of the service, or its stream.
struct SavedReply {
  /// The model's text.
  let text: [UInt8]
  /// Whether the service said that the model stopped by itself.
  let modelStopped: Bool

  /// Finds the model's text in what was saved.
  ///
  /// - Throws: `GeminiError` for a stream with an event beyond all measure.
  init(_ bytes: [UInt8]) throws {
    let chunks = try Self.events(bytes) ?? Self.answers(bytes)
    guard let chunks else {
      text = bytes
      modelStopped = false
      return
    }
    text = chunks.flatMap { Array($0.text.utf8) }
    modelStopped = chunks.last { $0.finishReason != nil }?.finishReason == .stop
  }

  /// The chunks of a stream of server-sent events, or `nil`.
  private static func events(_ bytes: [UInt8]) throws -> [GenerateContentResponse]? {
    let start = bytes.drop { $0 <= 0x20 }
    guard start.starts(with: "data:".utf8) || start.starts(with: "event:".utf8) else { return nil }
    return try SavedStream.chunks(in: bytes)
  }

  /// The answer that the bytes are, or the chunks of one in an array; `nil` for anything else.
  private static func answers(_ bytes: [UInt8]) -> [GenerateContentResponse]? {
    guard let first = bytes.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B,
      let json = try? JSONValue(parsing: bytes)
    else { return nil }
    let answers = json.array ?? [json]
    let isAnswer = answers.contains { $0["candidates"] != nil || $0["promptFeedback"] != nil }
    return isAnswer ? answers.map(GenerateContentResponse.init(json:)) : nil
  }
}
