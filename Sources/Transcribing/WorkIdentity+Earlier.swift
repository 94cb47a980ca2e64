internal import GeminiAPI
internal import OrderedJSON
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

// How stores of the first version spelled what makes work the same; only read, so that what was paid
// for then is found. Nothing here may change.

extension RequestSettings {
  /// The settings as the first version spelled them; `nil` with second passes, filled gaps,
  /// names looked for again, sound alone, channels, the speech model and repetitions, which it did not tell from work without.
  var firstIdentityJSON: JSONValue? {
    guard passes == 1, !fillsGaps, !sharpens, !audioOnly, !splitsChannels, !asksSpeechModel,
      repetition == 1
    else { return nil }
    var object: JSONObject = [
      "parameters": .object(parameters),
      "encoding": .string(encoding.rawValue),
      "timebase": .string(timebase.rawValue),
      "sharding": .string(sharding.firstSpelling),
      "overlapMS": JSONValue(overlap.milliseconds),
    ]
    for (name, time) in [("startMS", start), ("endMS", end), ("durationMS", duration)] {
      if let time { object[name] = JSONValue(time.milliseconds) }
    }
    if let fps { object["fps"] = JSONValue(fps) }
    if let mediaResolution { object["mediaResolution"] = .string(mediaResolution.name) }
    if let serviceTier { object["serviceTier"] = .string(serviceTier.rawValue) }
    if case .level(let level) = thinking { object["thinkingLevel"] = .string(level.name) }
    return .object(object)
  }
}

extension Sharding {
  fileprivate var firstSpelling: String {
    switch self {
    case .automatic: "automatic"
    case .off: "off"
    case .every(let milliseconds): "every(milliseconds: \(milliseconds))"
    }
  }
}

extension GeminiConfiguration.Backend {
  var firstSpelling: String {
    switch self {
    case .aiStudio: return "aiStudio"
    case .agentPlatform(let project, let location):
      let project = project.map { "Optional(\"\($0)\")" } ?? "nil"
      return "agentPlatform(project: \(project), location: \"\(location)\")"
    }
  }
}
