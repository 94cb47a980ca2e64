internal import OrderedJSON

/// What happens while an interaction is answered.
public enum InteractionEvent: Hashable, Sendable {
  /// It exists now, under the id it carries.
  case created(Interaction)
  /// More of the answer's text.
  case text(String)
  /// It has ended; its text may be missing here, since it came in pieces before.
  case completed(Interaction)
  /// Anything else, by the service's name for it.
  case other(String)

  /// Reads an event.
  ///
  /// - Throws: ``GeminiError`` for an event that tells of a failure.
  init(json: JSONValue) throws(GeminiError) {
    let type = json["event_type"]?.string ?? ""
    switch type {
    case "interaction.created": self = .created(Interaction(json: json["interaction"] ?? [:]))
    case "interaction.completed": self = .completed(Interaction(json: json["interaction"] ?? [:]))
    case "step.delta" where json["delta"]?["type"]?.string == "text":
      self = .text(json["delta"]?["text"]?.string ?? "")
    case "error": throw Self.failure(json["error"] ?? [:])
    default: self = .other(type)
    }
  }

  /// The interface names the failure in words where the other one has numbers.
  private static func failure(_ error: JSONValue) -> GeminiError {
    let name = error["code"]?.string ?? error["status"]?.string ?? ""
    var object = error.object ?? JSONObject()
    if object["status"] == nil, !name.isEmpty { object["status"] = .string(name.uppercased()) }
    if object["message"] == nil { object["message"] = "the service gave no reason" }
    var failure =
      GeminiError(inBody: ["error": .object(object)])
      ?? GeminiError(.invalidRequest, "the service gave no reason")
    failure.status = name.isEmpty ? failure.status : name
    return failure
  }
}
