internal import OrderedJSON

extension GenerationReader {
  private static let dataFields = [
    "text", "inlineData", "fileData", "functionCall", "functionResponse", "executableCode",
    "codeExecutionResult", "toolCall", "toolResponse", "audioTranscription",
  ]

  /// Reads one part: exactly one kind of data, with the settings beside it.
  func readPart(_ part: JSONValue, at path: String) throws(ServiceError) -> GenerationRequest.Part {
    let data = Self.dataFields.filter { part[$0] != nil }
    guard data.count <= 1 else {
      throw .invalid(
        "Invalid value at '\(path)' (oneof), oneof field 'data' is already set. "
          + "Cannot set '\(data[1].snakeCased)'"
      )
    }
    guard let kind = data.first, let value = part[kind] else {
      if part["thoughtSignature"] != nil { return .other("") }
      throw .invalid(
        "* GenerateContentRequest.\(path).data: required oneof field 'data' must have one "
          + "initialized field\n"
      )
    }
    switch kind {
    case "text": return .text(value.string ?? "")
    case "inlineData": return try media(try resolver.inline(value), part)
    case "fileData": return try media(try resolver.named(value), part)
    default: return .other(value.rendered())
    }
  }

  private func media(
    _ source: MediaSource,
    _ part: JSONValue
  ) throws(ServiceError)
    -> GenerationRequest.Part
  {
    let isSound = source.mimeType.hasPrefix("audio/")
    if part["audioMetadata"] != nil, !isSound {
      throw .invalid("audio_metadata can only be set for a part that holds audio.")
    }
    // The settings of a video hold only where there is one.
    let settings = isSound ? part["audioMetadata"] : part["videoMetadata"]
    let fps = settings?["fps"]?.double ?? 1
    guard fps > 0, fps <= 24 else {
      throw .invalid(
        "Invalid video_metadata.fps: \(JSONValue(fps).rendered()). "
          + "The sampling rate must be in the range (0.0, 24.0]."
      )
    }
    let level = part["mediaResolution"]?["level"]?.string
    if level != nil, !model.takesPartResolution {
      throw .invalid("Media resolution of a part is not supported for models/\(modelName).")
    }
    let isAgentic = part["mediaProcessing"]?.string == "AGENTIC"
    if isAgentic, !model.takesAgenticVideo {
      throw .invalid("Agentic media processing is not supported for models/\(modelName).")
    }
    return .media(
      MediaUse(
        source: source,
        clip: try clip(settings, of: source),
        fps: fps,
        layers: Set(settings?["contentLayers"]?.array?.compactMap(\.string) ?? [])
          .subtracting(["CONTENT_LAYER_UNSPECIFIED"]),
        resolution: level == "MEDIA_RESOLUTION_UNSPECIFIED" ? nil : level,
        isAgentic: isAgentic && !isSound
      )
    )
  }

  private func clip(
    _ settings: JSONValue?,
    of source: MediaSource
  ) throws(ServiceError)
    -> Range<Int>
  {
    let length = source.facts.durationMS
    let start = Milliseconds.parse(duration: settings?["startOffset"]?.string) ?? 0
    let end = Milliseconds.parse(duration: settings?["endOffset"]?.string) ?? max(length, start)
    guard start >= 0, end >= start else {
      throw .invalid(
        "Invalid metadata of the media: start_offset must not be negative or after end_offset."
      )
    }
    return min(start, length)..<min(end, length)
  }
}
