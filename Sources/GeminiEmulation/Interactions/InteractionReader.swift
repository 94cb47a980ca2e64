internal import OrderedJSON

/// Turns an interaction into the generation it stands for.
struct InteractionReader {
  /// What an interaction asks for.
  struct Order {
    let model: String
    /// The body of the generation, names in camelCase.
    let generation: JSONObject
    /// The turns of the generation, for interactions that follow.
    let contents: [JSONValue]
    /// The input as steps.
    let steps: [JSONValue]
    let isStreamed: Bool
    let isStored: Bool
    let isBackground: Bool
  }

  /// The interaction that this one goes on from.
  let previous: @Sendable (String) -> StoredInteraction?

  func read(_ value: JSONValue) throws(ServiceError) -> Order {
    let body = try Self.read(value, as: "CreateInteraction")
    guard let model = body["model"]?.string, !model.isEmpty else {
      throw .invalid(body["agent"] == nil ? "model is required." : "Agents are not emulated.")
    }
    let isStored = body["store"]?.bool ?? true
    let isBackground = body["background"]?.bool ?? false
    guard isStored || !isBackground else { throw .invalid("background requires store=true.") }
    let before = try previousInteraction(body)
    let steps = try Self.steps(body["input"])
    let isContinued = body["continuation_token"] != nil
    // What is not stored has to come again; what is stored must not.
    guard !isContinued || before == nil || body["input"] == nil else {
      throw .invalid("A continuation of a stored interaction takes no input.")
    }
    guard (isContinued && before != nil) || body["input"] != nil else {
      throw .invalid("input is required.")
    }
    var contents = isContinued ? before?.requestContents ?? [] : before?.contents ?? []
    for step in steps { contents.append(try Self.content(of: step)) }
    var generation: JSONObject = ["contents": .array(contents)]
    if let system = body["system_instruction"] {
      generation["systemInstruction"] = ["parts": [["text": system]]]
    }
    generation["generationConfig"] = try Self.config(body)
    generation["continuationToken"] = body["continuation_token"]
    generation["serviceTier"] = body["service_tier"]
    return Order(
      model: model,
      generation: generation,
      contents: contents,
      steps: steps,
      isStreamed: body["stream"]?.bool ?? false,
      isStored: isStored,
      isBackground: isBackground
    )
  }

  private static func read(
    _ value: JSONValue,
    as message: String
  ) throws(ServiceError) -> JSONObject {
    try RequestReader.read(value, as: message, backend: .aiStudio, schema: .interactions)
  }

  private func previousInteraction(_ body: JSONObject) throws(ServiceError) -> StoredInteraction? {
    guard let id = body["previous_interaction_id"]?.string else { return nil }
    guard let interaction = previous(id) else {
      throw .notFound("Interaction \(id) was not found.")
    }
    return interaction
  }

  /// A text, one content, a list of contents or a list of steps: all as steps.
  private static func steps(_ input: JSONValue?) throws(ServiceError) -> [JSONValue] {
    guard let input else { return [] }
    if input.string != nil { return [userInput([["type": "text", "text": input]])] }
    if input.object != nil { return [userInput([input])] }
    guard let list = input.array, !list.isEmpty else {
      throw .invalid("input must be a text, a content, or a list of contents or steps.")
    }
    let stepTypes = ["user_input", "model_output", "thought"]
    let areSteps = list.contains { stepTypes.contains($0["type"]?.string ?? "") }
    return areSteps ? list : [userInput(list)]
  }

  private static func userInput(_ contents: [JSONValue]) -> JSONValue {
    ["type": "user_input", "content": .array(contents)]
  }

  /// A step as a turn.
  private static func content(of step: JSONValue) throws(ServiceError) -> JSONValue {
    let type = step["type"]?.string ?? ""
    var parts: [JSONValue] = []
    let list = step["content"]?.array ?? step["content"].map { [$0] } ?? []
    for content in list { parts.append(try part(content)) }
    switch type {
    case "user_input": return ["role": "user", "parts": .array(parts)]
    case "model_output": return ["role": "model", "parts": .array(parts)]
    case "thought": return ["role": "model", "parts": [["thoughtSignature": "AA=="]]]
    default: throw .invalid("A step of type \(type) is not emulated.")
    }
  }

  private static func part(_ content: JSONValue) throws(ServiceError) -> JSONValue {
    let content = try read(content, as: "Content")
    if content["type"]?.string == "text" { return ["text": content["text"] ?? ""] }
    var part = JSONObject()
    let type = content["mime_type"] ?? ""
    if let uri = content["uri"] {
      part["fileData"] = ["fileUri": uri, "mimeType": type]
    } else if let data = content["data"] {
      part["inlineData"] = ["mimeType": type, "data": data]
    } else {
      throw .invalid("A content needs text, uri or data.")
    }
    if let resolution = content["resolution"]?.string {
      part["mediaResolution"] = [
        "level": JSONValue("MEDIA_RESOLUTION_" + resolution.uppercased())
      ]
    }
    let isSound = content["type"]?.string == "audio"
    try addProcessing(content["processing"], isSound: isSound, to: &part)
    return .object(part)
  }

  private static func addProcessing(
    _ processing: JSONValue?,
    isSound: Bool,
    to part: inout JSONObject
  )
    throws(ServiceError)
  {
    guard let processing else { return }
    if let word = processing.string {
      guard ["agentic", "static"].contains(word) else {
        throw .invalid("processing is agentic, static or an object of type static.")
      }
      guard !isSound || word == "static" else {
        throw .invalid("processing of audio is static.")
      }
      if !isSound { part["mediaProcessing"] = JSONValue(word.uppercased()) }
      return
    }
    let settings = try read(processing, as: "Processing")
    guard settings["type"]?.string == "static" else {
      throw .invalid("Only processing of type static takes settings.")
    }
    var clip = JSONObject()
    clip["startOffset"] = settings["start_offset"]
    clip["endOffset"] = settings["end_offset"]
    guard !isSound else {
      guard settings["fps"] == nil, settings["content_layers"] == nil else {
        throw .invalid("processing of audio takes start_offset and end_offset only.")
      }
      part["audioMetadata"] = .object(clip)
      return
    }
    part["mediaProcessing"] = "STATIC"
    clip["fps"] = settings["fps"]
    clip["contentLayers"] = settings["content_layers"]?.array.map { layers in
      .array(layers.map { JSONValue(($0.string ?? "").uppercased()) })
    }
    part["videoMetadata"] = .object(clip)
  }

  private static func config(_ body: JSONObject) throws(ServiceError) -> JSONValue {
    let given = body["generation_config"]
    var config = JSONObject()
    config["maxOutputTokens"] = given?["max_output_tokens"]
    config["seed"] = given?["seed"]
    config["stopSequences"] = given?["stop_sequences"]
    config["temperature"] = given?["temperature"]
    config["topP"] = given?["top_p"]
    var thinking = JSONObject()
    thinking["thinkingLevel"] = given?["thinking_level"]?.string.map { JSONValue($0.uppercased()) }
    if given?["thinking_summaries"]?.string == "auto" { thinking["includeThoughts"] = true }
    if !thinking.isEmpty { config["thinkingConfig"] = .object(thinking) }
    try addFormat(body, to: &config)
    return .object(config)
  }

  /// `{type, mime_type, schema}`, a list with one such, or the old form: a bare schema.
  private static func addFormat(
    _ body: JSONObject,
    to config: inout JSONObject
  )
    throws(ServiceError)
  {
    guard let given = body["response_format"] else { return }
    let formats = given.array ?? [given]
    guard let format = formats.first(where: { $0["type"]?.string == "text" }) else {
      config["responseMimeType"] = body["response_mime_type"] ?? "application/json"
      config["responseJsonSchema"] = formats.first
      return
    }
    config["responseMimeType"] = format["mime_type"]
    config["responseJsonSchema"] = format["schema"]
  }
}
