internal import OrderedJSON

/// An answer read again from the bytes that were kept of it: a stream as it came, or a whole answer.
public struct StoredAnswer: Sendable {
  /// The chunks that are whole, in order; one for an answer that was not streamed.
  public let chunks: [GenerateContentResponse]
  /// The error that the service put into the stream, when it did.
  public let error: GeminiError?
  /// The counts of all hops together; `nil` when none were told.
  public let usage: UsageMetadata?

  /// Why the model stopped; `nil` when the bytes end before it did.
  public var finishReason: FinishReason? {
    chunks.last { $0.finishReason != nil }?.finishReason
  }

  /// Reads the bytes; `nil` when they are no answer of the service.
  public init?(_ bytes: [UInt8]) {
    let start = bytes.drop { $0 <= 0x20 }
    if start.starts(with: "data:".utf8) || start.starts(with: "event:".utf8) {
      (chunks, error) = Self.stream(bytes)
    } else if let answers = Self.answers(bytes) {
      (chunks, error) = (answers.map(GenerateContentResponse.init), nil)
    } else {
      return nil
    }
    usage = Self.usage(of: chunks)
  }

  /// The chunks of a stream, whichever interface wrote it; what is cut or no chunk is left out.
  private static func stream(_ bytes: [UInt8]) -> ([GenerateContentResponse], GeminiError?) {
    var decoder = ServerSentEventDecoder()
    var interaction = InteractionChunks()
    var chunks: [GenerateContentResponse] = []
    var error: GeminiError?
    let outputs = ((try? decoder.feed(bytes)) ?? []) + decoder.finish()
    for output in outputs {
      let data =
        switch output {
        case .event(let event): event.data
        case .stray(let text): text
        }
      guard let json = try? JSONValue(parsing: data) else { continue }
      if let found = GeminiError(inBody: json) {
        error = error ?? found
      } else if json["event_type"] == nil {
        chunks.append(GenerateContentResponse(json: json))
      } else if let event = try? InteractionEvent(json: json),
        let chunk = interaction.chunk(of: event)
      {
        chunks.append(chunk)
      }
    }
    return (chunks, error)
  }

  /// The answer that the bytes are, or the chunks of one in an array; `nil` for anything else.
  private static func answers(_ bytes: [UInt8]) -> [JSONValue]? {
    guard let first = bytes.first(where: { $0 > 0x20 }), first == 0x7B || first == 0x5B,
      let json = try? JSONValue(parsing: bytes)
    else { return nil }
    let answers = json.array ?? [json]
    let isAnswer = answers.contains { $0["candidates"] != nil || $0["promptFeedback"] != nil }
    return isAnswer ? answers : nil
  }

  /// Counts run through a hop and begin anew with the next one.
  private static func usage(of chunks: [GenerateContentResponse]) -> UsageMetadata? {
    var earlier: UsageMetadata?
    var current: UsageMetadata?
    for chunk in chunks {
      current = chunk.usageMetadata ?? current
      guard chunk.finishReason == .continuation, let hop = current else { continue }
      earlier = earlier.map { $0 + hop } ?? hop
      current = nil
    }
    guard let current else { return earlier }
    return earlier.map { $0 + current } ?? current
  }
}
