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
    let isStream = start.starts(with: "data:".utf8) || start.starts(with: "event:".utf8)
    guard let values = isStream ? Self.events(bytes) : Self.answers(bytes) else { return nil }
    error = values.lazy.compactMap(GeminiError.init(inBody:)).first
    chunks = values.filter { GeminiError(inBody: $0) == nil }.map(GenerateContentResponse.init)
    usage = Self.usage(of: chunks)
  }

  /// The documents of a stream; what is cut or no JSON is left out.
  private static func events(_ bytes: [UInt8]) -> [JSONValue] {
    var decoder = ServerSentEventDecoder()
    let outputs = ((try? decoder.feed(bytes)) ?? []) + ((try? decoder.finish()) ?? [])
    return outputs.compactMap { output in
      switch output {
      case .event(let event): try? JSONValue(parsing: event.data)
      case .stray(let text): try? JSONValue(parsing: text)
      }
    }
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
