internal import OrderedJSON

/// The body of a streamed answer, as it was stored.
public enum SavedStream {
  /// The chunks in it, whichever interface wrote it; what is no chunk is passed over.
  ///
  /// - Throws: ``GeminiError`` for an event beyond all measure.
  public static func chunks(in body: [UInt8]) throws -> [GenerateContentResponse] {
    var decoder = ServerSentEventDecoder()
    var interaction = InteractionChunks()
    let outputs = try decoder.feed(body) + decoder.finish()
    return outputs.compactMap { output in
      guard case .event(let event) = output, let json = try? JSONValue(parsing: event.data) else {
        return nil
      }
      guard json["event_type"] != nil else { return GenerateContentResponse(json: json) }
      return (try? InteractionEvent(json: json)).flatMap { interaction.chunk(of: $0) }
    }
  }
}
