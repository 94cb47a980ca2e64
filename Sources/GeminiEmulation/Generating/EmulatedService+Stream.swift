internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Answers as a stream: server-sent events with `alt=sse`, else one JSON array.
  func stream(
    _ call: inout Call,
    _ route: Route,
    _ model: EmulatedModel,
    _ id: String
  ) async throws -> HTTPReply {
    let digest = digest(model.id, call.request.body)
    call.record.digest = digest
    let body = try call.message("GenerateContentRequest", route.backend)
    let request = try await reader(route, model, id, of: body).read(body, digest: digest)
    let fault = faults.fault(for: .stream, model: model.id, key: digest)
    call.record.fault = fault?.kind.rawValue
    if let fault, let reply = try await replyInstead(fault, call, model) { return reply }
    call.isRecordedLater = true
    let framing: StreamFraming = call.head.parameter("alt") == "sse" ? .events : .array
    let record = call.record
    return HTTPReply(
      status: 200,
      headers: ["Content-Type": framing.contentType],
      body: .stream(length: nil) { [self] writer in
        var record = record
        record.isAnswered = await produce(request, fault, framing, writer)
        log.record(record, status: 200)
      }
    )
  }

  /// Writes the stream; whether it went out whole.
  private func produce(
    _ request: GenerationRequest,
    _ fault: Fault?,
    _ framing: StreamFraming,
    _ writer: ResponseWriter
  ) async -> Bool {
    var timeline = Timeline(on: clock)
    let generation = generator.generation(for: request, fault: fault, at: timeline.position)
    await timeline.pass(seconds: generation.prefillSeconds)
    implicitCache.remember(request, from: timeline.position)
    // Small events for short answers, and at most about 200 of them for long ones.
    let size = max(160, generation.text.utf8.count / 200)
    let chunks = generation.chunks(pieceBytes: size)
    let pause = generation.outputSeconds(tokens: generation.usage.candidates) / Double(chunks.count)
    let frames = FaultyStream(fault: fault, framing: framing).frames(of: chunks)
    do {
      for frame in frames {
        await timeline.pass(seconds: pause)
        switch frame {
        case .bytes(let bytes): try await writer.write(bytes)
        case .wait(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
        case .reset:
          writer.abort()
          return false
        }
        if Task.isCancelled { return false }
      }
    } catch {
      return false
    }
    return generation.isBillable && !FaultyStream.damages(fault)
  }
}

/// How the responses of a stream stand in its body.
enum StreamFraming: Sendable {
  case events
  case array
  /// Events with names, closed by an event of their own.
  case namedEvents

  var contentType: String {
    switch self {
    case .events, .namedEvents: "text/event-stream"
    case .array: "application/json; charset=UTF-8"
    }
  }

  /// One response in its frame.
  func framed(_ body: [UInt8], isFirst: Bool) -> [UInt8] {
    switch self {
    case .events, .namedEvents: Array("data: ".utf8) + body + Array("\r\n\r\n".utf8)
    case .array: Array((isFirst ? "[" : ",\r\n").utf8) + body
    }
  }

  /// What closes the body.
  var end: [UInt8] {
    switch self {
    case .events: []
    case .array: Array("]".utf8)
    case .namedEvents: InteractionEvents.end
    }
  }
}
