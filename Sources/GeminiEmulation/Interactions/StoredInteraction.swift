internal import HostSystem
internal import OrderedJSON

/// An interaction and its outcome.
struct StoredInteraction: Sendable {
  let id: String
  let scope: String?
  let model: String
  let created: Double
  var updated: Double
  /// The turns that were sent.
  let requestContents: [JSONValue]
  let inputSteps: [JSONValue]
  let generation: Generation
  /// Set when the interaction was cancelled.
  var isCancelled = false
  /// How many more times a background interaction is reported as running.
  var pollsLeft: Int

  /// The turns sent and the answer, for an interaction that follows.
  var contents: [JSONValue] {
    requestContents + [["role": "model", "parts": [["text": JSONValue(generation.text)]]]]
  }

  /// The status on the wire.
  var status: String {
    if isCancelled { return "cancelled" }
    if pollsLeft > 0 { return "in_progress" }
    switch generation.finishReason {
    case "STOP": return "completed"
    case "CONTINUATION": return "requires_continuation"
    case nil: return "failed"
    default: return "incomplete"
    }
  }

  /// The interaction as an object.
  func json(withInput: Bool) -> JSONValue {
    var object = summary(status: status)
    let isOver = pollsLeft == 0 && !isCancelled
    object["steps"] = .array((withInput ? inputSteps : []) + (isOver ? outputSteps : []))
    if isOver { object["usage"] = generation.usage.interactionUsage }
    object["continuation_token"] = isOver ? generation.continuationToken.map { JSONValue($0) } : nil
    if let reason = generation.blockReason {
      object["errors"] = [
        ["code": JSONValue(reason.lowercased()), "message": "The prompt was blocked."]
      ]
    }
    return .object(object)
  }

  /// The interaction without its steps.
  func summary(status: String) -> JSONObject {
    [
      "id": JSONValue(id), "object": "interaction", "model": JSONValue(model),
      "status": JSONValue(status), "created": JSONValue(Timestamp.rendered(created)),
      "updated": JSONValue(Timestamp.rendered(updated)),
    ]
  }

  private var outputSteps: [JSONValue] {
    guard generation.isBillable else { return [] }
    var steps: [JSONValue] = []
    if generation.usage.thoughts > 0 { steps.append(["type": "thought", "signature": "AA=="]) }
    steps.append([
      "type": "model_output",
      "content": [["type": "text", "text": JSONValue(generation.text)]],
    ])
    return steps
  }
}

extension UsageCounts {
  /// The counts as the Interactions API spells them.
  var interactionUsage: JSONValue {
    [
      "total_input_tokens": JSONValue(prompt.total),
      "input_tokens_by_modality": prompt.interactionDetails,
      "total_cached_tokens": JSONValue(cached.total),
      "total_output_tokens": JSONValue(candidates),
      "output_tokens_by_modality": ModalityTokens(text: candidates).interactionDetails,
      "total_thought_tokens": JSONValue(thoughts),
      "total_tool_use_tokens": JSONValue(toolUse.total),
      "total_tokens": JSONValue(total),
    ]
  }
}

extension ModalityTokens {
  /// The list in the spelling of the Interactions API.
  fileprivate var interactionDetails: JSONValue {
    .array(
      (details.array ?? []).map { entry in
        [
          "modality": JSONValue(entry["modality"]?.string?.lowercased() ?? ""),
          "tokens": entry["tokenCount"] ?? 0,
        ]
      }
    )
  }
}

/// The interactions an emulator keeps.
final class InteractionStore: Sendable {
  private let interactions = Lock<[String: StoredInteraction]>([:])

  func put(_ interaction: StoredInteraction) {
    interactions.withLock { $0[interaction.id] = interaction }
  }

  func remove(_ id: String) { interactions.withLock { $0[id] = nil } }

  /// The interaction of an id, in its project and place; `polling` counts as a question about it.
  func interaction(_ id: String, scope: String?, polling: Bool = false) -> StoredInteraction? {
    interactions.withLock { interactions in
      guard let interaction = interactions[id], interaction.scope == scope else { return nil }
      if polling { interactions[id]?.pollsLeft = max(0, interaction.pollsLeft - 1) }
      return interactions[id]
    }
  }
}
