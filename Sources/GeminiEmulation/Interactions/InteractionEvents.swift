internal import OrderedJSON

/// The events of a streamed interaction.
struct InteractionEvents {
  /// One event: its name, its data, and its place.
  struct Event {
    let name: String
    let data: JSONValue
    let id: String

    /// The event as it stands in a body.
    var frame: [UInt8] {
      Array("event: \(name)\ndata: ".utf8) + data.renderedBytes() + Array("\n\n".utf8)
    }
  }

  /// What ends a stream.
  static let end = Array("event: done\ndata: [DONE]\n\n".utf8)

  let interaction: StoredInteraction
  let pieceBytes: Int

  /// Every event, in order; each has an id that a client may go on from.
  var all: [Event] {
    var builder = Builder(prefix: interaction.id)
    let started = JSONValue.object(interaction.summary(status: "in_progress"))
    builder.add("interaction.created", ["interaction": started])
    let status: JSONObject = [
      "interaction_id": JSONValue(interaction.id), "status": "in_progress",
    ]
    builder.add("interaction.status_update", status)
    addSteps(to: &builder)
    builder.add("interaction.completed", ["interaction": finished])
    return builder.events
  }

  private var finished: JSONValue {
    var object = interaction.summary(status: interaction.status)
    object["usage"] = interaction.generation.usage.interactionUsage
    object["continuation_token"] = interaction.generation.continuationToken.map { JSONValue($0) }
    return .object(object)
  }

  private func addSteps(to builder: inout Builder) {
    let generation = interaction.generation
    guard generation.isBillable else { return }
    var index = 0
    if generation.usage.thoughts > 0 {
      builder.add("step.start", ["index": 0, "step": ["type": "thought"]])
      builder.add(
        "step.delta",
        ["index": 0, "delta": ["type": "thought_signature", "signature": "AA=="]]
      )
      builder.add("step.stop", ["index": 0])
      index = 1
    }
    let place = JSONValue(index)
    builder.add("step.start", ["index": place, "step": ["type": "model_output"]])
    for piece in generation.text.pieces(ofBytes: pieceBytes) {
      let delta: JSONValue = ["type": "text", "text": JSONValue(String(piece))]
      builder.add("step.delta", ["index": place, "delta": delta])
    }
    builder.add("step.stop", ["index": place])
  }

  private struct Builder {
    let prefix: String
    var events: [Event] = []

    mutating func add(_ name: String, _ members: JSONObject) {
      let id = "\(prefix)-\(events.count + 1)"
      var data = members
      data["event_type"] = JSONValue(name)
      data["event_id"] = JSONValue(id)
      events.append(Event(name: name, data: .object(data), id: id))
    }
  }
}
