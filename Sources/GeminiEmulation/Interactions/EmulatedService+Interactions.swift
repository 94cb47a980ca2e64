internal import LoopbackHTTP
internal import OrderedJSON

extension EmulatedService {
  /// Creates, gets, cancels and deletes interactions.
  func interactionRequest(_ call: inout Call, _ route: Route) async throws -> HTTPReply {
    switch (call.head.method, route.resource) {
    case ("POST", .interactions): return try await createInteraction(&call, route)
    case ("GET", .interaction(let id, verb: nil)): return try getInteraction(id, call, route)
    case ("POST", .interaction(let id, verb: "cancel")):
      var interaction = try interaction(id, route)
      if interaction.pollsLeft > 0 {
        interaction.isCancelled = true
        interaction.updated = clock.now
        interactions.put(interaction)
      }
      return .json(interaction.json(withInput: false))
    case ("DELETE", .interaction(let id, verb: nil)):
      _ = try interaction(id, route)
      interactions.remove(id)
      return .json([:])
    default: return Self.nothingHere(call.head.path)
    }
  }

  private func interaction(
    _ id: String,
    _ route: Route,
    polling: Bool = false
  )
    throws(ServiceError) -> StoredInteraction
  {
    let found = interactions.interaction(id, scope: route.scope, polling: polling)
    guard let found else { throw .notFound("Interaction \(id) was not found.") }
    return found
  }

  private func getInteraction(
    _ id: String,
    _ call: Call,
    _ route: Route
  ) throws(ServiceError)
    -> HTTPReply
  {
    let interaction = try interaction(id, route, polling: true)
    guard call.head.parameter("stream") == "true" else {
      let withInput = call.head.parameter("include_input") == "true"
      return .json(interaction.json(withInput: withInput))
    }
    let events = InteractionEvents(interaction: interaction, pieceBytes: 160).all
    let last = call.head.parameter("last_event_id")
    let start = last.flatMap { last in events.firstIndex { $0.id == last } }.map { $0 + 1 } ?? 0
    let body = events[start...].flatMap(\.frame) + InteractionEvents.end
    return HTTPReply(
      status: 200,
      headers: ["Content-Type": "text/event-stream"],
      body: .bytes(body)
    )
  }

  private func createInteraction(_ call: inout Call, _ route: Route) async throws -> HTTPReply {
    let order = try InteractionReader { [interactions] id in
      interactions.interaction(id, scope: route.scope)
    }.read(try call.json())
    guard let model = EmulatedModel.named(order.model, version: route.version) else {
      throw Self.unknownModel(order.model, route, "interactions")
    }
    let digest = digest(model.id, call.request.body)
    call.record.model = model.id
    call.record.digest = digest
    let request = try await reader(route, model, order.model, of: order.generation)
      .read(order.generation, digest: digest)
    let fault = faults.fault(for: .interactions, model: model.id, key: digest)
    call.record.fault = fault?.kind.rawValue
    if let fault, let reply = try await replyInstead(fault, call, model) { return reply }
    let generation = await answer(request, fault, isStreamed: order.isStreamed)
    let interaction = StoredInteraction(
      id: "v1_" + ids.next("interaction", length: 24),
      scope: route.scope,
      model: order.model,
      created: generation.created,
      updated: clock.now,
      requestContents: order.contents,
      inputSteps: order.steps,
      generation: generation,
      pollsLeft: order.isBackground ? options.processingPolls : 0
    )
    if order.isStored { interactions.put(interaction) }
    call.record.isAnswered = generation.isBillable && !FaultyStream.damages(fault)
    return order.isStreamed
      ? streamed(interaction, fault) : whole(interaction, fault)
  }

  private func whole(_ interaction: StoredInteraction, _ fault: Fault?) -> HTTPReply {
    let bytes = interaction.json(withInput: false).renderedBytes()
    if let fault, let reply = DamagedBody(fault, bytes).reply(type: "application/json") {
      return reply
    }
    return .json(interaction.json(withInput: false))
  }

  private func streamed(_ interaction: StoredInteraction, _ fault: Fault?) -> HTTPReply {
    let size = max(160, interaction.generation.text.utf8.count / 200)
    let events = InteractionEvents(interaction: interaction, pieceBytes: size).all
    let frames = FaultyStream(fault: fault, framing: .namedEvents).frames(
      framed: events.map(\.frame)
    )
    return HTTPReply(
      status: 200,
      headers: ["Content-Type": "text/event-stream"],
      body: .stream(length: nil) { writer in await Self.write(frames, to: writer) }
    )
  }

  /// Writes frames until the end, a break, or the client's leaving.
  private static func write(_ frames: [FaultyStream.Frame], to writer: ResponseWriter) async {
    for frame in frames where !Task.isCancelled {
      switch frame {
      case .bytes(let bytes):
        do { try await writer.write(bytes) } catch { return }
      case .wait(let milliseconds): try? await Task.sleep(for: .milliseconds(milliseconds))
      case .reset: return writer.abort()
      }
    }
  }
}
